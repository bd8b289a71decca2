"""What the pages about counterparts say: suggestions and their map."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from entrecidades.kernel import clock
from entrecidades.matching.selectors import Subject, Suggestion, Wish, suggestions_for
from entrecidades.matching.snapshot import NoSnapshot
from entrecidades.network.models import Place
from entrecidades.network.naming import whom_do_you_mean
from entrecidades.web.presenters import pictures
from entrecidades.web.presenters.land import world_land

CHIPS, FIRST = 3, 5
TELLING = 0.5


def told(suggestions: Iterable[Suggestion]) -> list[dict[str, Any]]:
    """Suggestions as ``components/suggestion.html`` shows them."""
    return [
        {
            "name": suggestion.subject.name,
            "place": where(suggestion.subject),
            "url": suggestion.subject.get_absolute_url(),
            "public_id": public_id(suggestion.subject),
            "score": suggestion.score,
            "reasons": suggestion.reasons,
            "chips": [reason.short for reason in telling(suggestion)],
        }
        for suggestion in suggestions
    ]


def first_counterparts(subject: Subject) -> list[dict[str, Any]]:
    """The first few counterparts of a place; none before the instance is prepared."""
    try:
        return told(suggestions_for(subject, Wish(limit=FIRST), on=clock.today()))
    except NoSnapshot:
        return []


def telling(suggestion: Suggestion) -> list[Any]:
    """The reasons that say most: high in their part, and of a part that weighs much."""
    ranked = sorted(suggestion.reasons, key=lambda reason: -reason.score * reason.weight)
    return [reason for reason in ranked if reason.score >= TELLING and reason.short][:CHIPS]


def where(subject: Subject) -> str:
    """Country and region of a place or body."""
    parts = [str(subject.country), str(subject.region) if subject.region else ""]
    return " · ".join(part for part in parts if part)


def public_id(subject: Subject) -> str:
    """The language-free identifier that addresses and the API use."""
    return f"{subject.country_id.lower()}/{subject.slug}"


def called(subject: Subject) -> str:
    """Its name with its country, if these words alone mean it; else its identifier.

    What stands in the field of a search must find the same again.
    """
    words = f"{subject.name}, {subject.country_id}"
    meant = whom_do_you_mean(words)
    return words if subject in (meant.place, meant.entity) else public_id(subject)


def position(subject: Subject) -> tuple[float, float] | None:
    """Where a place or a body's seat lies."""
    place = subject if isinstance(subject, Place) else subject.seat
    return (place.latitude, place.longitude) if place else None


def map_of(subject: Subject, suggestions: Sequence[Suggestion]) -> Any:
    """The world with the one who asks and the counterparts, numbered as in the list."""
    here = position(subject)
    others = [(s.subject.name, position(s.subject)) for s in suggestions]
    if here is None or not any(at for _name, at in others):
        return None
    found = [pictures.Suggested(name, *at) for name, at in others if at]
    title = _("Counterparts suggested to %(name)s") % {"name": subject.name}
    return pictures.suggestions_picture(
        world_land(), pictures.Suggested(subject.name, *here), found, title
    )
