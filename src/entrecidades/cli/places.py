"""How a command finds the place or body that was named, and what it says when it cannot."""

from entrecidades.cli.errors import Stop
from entrecidades.cli.output import say
from entrecidades.network.models import Entity, Place
from entrecidades.network.naming import Meant, whom_do_you_mean
from entrecidades.network.services import register_local_government


def found(words: str) -> Place | Entity:
    """The place or body that was named.

    Raises
    ------
    Stop
        When nothing bears the name, or several do; the hints list candidates.
    """
    meant = whom_do_you_mean(words)
    subject = meant.place or meant.entity
    if subject is None:
        raise _cannot_tell(words, meant)
    if len(meant.candidates) > 1 and meant.place:
        others = len(meant.candidates) - 1
        say(f"Taking {_line(meant.place)}; {others} smaller places share the name.")
    return subject


def found_entity(words: str) -> Entity:
    """The body that was named; a city's local government is registered if it was not yet."""
    subject = found(words)
    return (
        register_local_government(place=subject, by=None)
        if isinstance(subject, Place)
        else subject
    )


def _cannot_tell(words: str, meant: Meant) -> Stop:
    """Why the words do not name one place, with what they may have meant."""
    if meant.candidates:
        hints = [_line(place) for place in meant.candidates]
        return Stop(
            f"{words!r} names several places; say which, for instance by its id:", hints=hints
        )
    hints = [_line(place) for place in meant.nearest]
    if hints:
        return Stop(f"No place is called {words!r}. The nearest names are:", hints=hints)
    return Stop(
        f"No place is called {words!r}.",
        hints=["Write a city's name, “Maputo, MZ”, or its id such as mz/maputo."],
    )


def _line(place: Place) -> str:
    """A place in one line: id, name, region, country, inhabitants."""
    where = ", ".join(filter(None, [place.name, str(place.region or ""), place.country_id]))
    return f"{place.public_id:<32} {where} ({place.population:,} inhabitants)"
