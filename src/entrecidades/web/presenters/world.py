"""The world of the home page: its picture, the ties in it, and how many places it is drawn by."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import mark_safe
from django.utils.translation import get_language, override

from entrecidades.cooperation.selectors import relations_told
from entrecidades.engines import dotmap
from entrecidades.network.countries import country_name
from entrecidades.network.selectors import countries_told, middles, partnership_ends, positions
from entrecidades.web.presenters.drawings import kept
from entrecidades.web.presenters.land import as_places
from entrecidades.web.presenters.pictures import CountryTie, country_ties, world_picture


@dataclass(frozen=True, slots=True)
class World:
    """The picture, the same facts as rows, and what the counters say."""

    picture: str
    ties: list[CountryTie]
    places: int
    countries: int
    partnerships: int


def world() -> World:
    """The world as the data has it today; drawn once for each version of the data."""
    return kept("world", _drawn)


def draw_in(languages: Sequence[str]) -> None:
    """Draw the world in these languages, so that no first reader has to wait for it."""
    for language in languages:
        with override(language):
            world()


def _drawn() -> World:
    """Read every place and every partnership, and draw them."""
    land, ends = positions(), partnership_ends()
    known = _known(ends)
    ties = [*known, *_relations_beside(known)]
    return World(
        # The cache gives back what was put in, so the mark of trust is kept with the letters.
        picture=mark_safe(world_picture(as_places(land), ties)),  # noqa: S308 (drawn by us)
        ties=ties,
        places=len(land),
        countries=countries_told().filter(places__isnull=False).distinct().count(),
        partnerships=len(ends),
    )


def _known(ends: Sequence[tuple[str, str, float, float, float, float]]) -> list[CountryTie]:
    """One tie for each pair of countries whose cities are partners abroad."""
    abroad = [end for end in ends if end[0] != end[1]]
    if not abroad:
        return []
    one, other, *degrees = zip(*abroad, strict=True)
    lat_a, lon_a, lat_b, lon_b = degrees
    return country_ties(one, other, (lat_a, lon_a, lat_b, lon_b))


def _relations_beside(known: Sequence[CountryTie]) -> list[CountryTie]:
    """The relations between whose cities no list names a partnership, from city to city."""
    drawn = {frozenset(tie.codes) for tie in known}
    pairs = [sorted([one.one_id, one.other_id]) for one in relations_told()]
    missing = [(a, b) for a, b in pairs if frozenset((a, b)) not in drawn]
    codes = {code for pair in missing for code in pair}
    where = middles(codes)
    language = get_language()
    ties = []
    for a, b in missing:
        if a in where and b in where:
            names = (country_name(a, language), country_name(b, language))
            label = f"{names[0]} – {names[1]}"
            line = dotmap.Arc(*where[a], *where[b], 0, "mission", label)
            ties.append(CountryTie((a, b), names, 0, line))
    return ties
