"""The maps of the pages: what the engine draws, with the words that say the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from numpy.typing import ArrayLike, NDArray

from entrecidades.engines import arcs, dotmap
from entrecidades.engines.marks import Mark
from entrecidades.kernel.text import with_colon
from entrecidades.network.countries import country_name

#: The relations the platform was made for; their arcs stand out.
MISSION = frozenset({("BR", "FR"), ("BR", "IT"), ("BR", "MZ"), ("BR", "US")})
#: Beyond these many country pairs, arcs hide each other and the land.
ARCS_SHOWN = 180


@dataclass(frozen=True, slots=True)
class Places:
    """Positions and people of places, as arrays of one length."""

    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    population: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Suggested:
    """A place in a list of suggestions; its number is its place in that list."""

    name: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class CountryTie:
    """Two countries and the number of partnerships between their local governments."""

    codes: tuple[str, str]
    names: tuple[str, str]
    count: int
    line: dotmap.Arc

    @property
    def is_mission(self) -> bool:
        """Whether the platform was made for this relation."""
        return self.codes in MISSION


def country_ties(
    country_a: Sequence[str],
    country_b: Sequence[str],
    ends: tuple[ArrayLike, ArrayLike, ArrayLike, ArrayLike],
    shown: int = ARCS_SHOWN,
) -> list[CountryTie]:
    """Gather known partnerships into one tie for each pair of countries, strongest first.

    ``ends`` are lat_a, lon_a, lat_b, lon_b. Beyond ``shown``, only the relations
    of the mission are kept.
    """
    codes, groups = np.unique([*country_a, *country_b], return_inverse=True)
    half = len(country_a)
    lat_a, lon_a, lat_b, lon_b = (np.asarray(end, np.float64) for end in ends)
    told = arcs.bundled(groups[:half], groups[half:], (lat_a, lon_a, lat_b, lon_b), np.ones(half))
    ties = []
    for rank, (a, b) in enumerate(zip(told.a.tolist(), told.b.tolist(), strict=True)):
        pair = (str(codes[a]), str(codes[b]))
        if pair in MISSION or rank < shown:
            here = (float(told.lat_a[rank]), float(told.lon_a[rank]))
            there = (float(told.lat_b[rank]), float(told.lon_b[rank]))
            ties.append(_tie(pair, here, there, int(told.weight[rank])))
    return ties


def ties_table(ties: Sequence[CountryTie]) -> dict[str, Any]:
    """The facts of the world picture as the ``columns`` and ``rows`` of table.html."""
    partner, number = _("Partner country"), _("Known partnerships")
    rows = [
        [
            {"text": tie.names[0]},
            {"text": tie.names[1], "label": partner},
            {"text": tie.count, "label": number, "end": True},
        ]
        for tie in ties
    ]
    columns = [{"words": _("Country")}, {"words": partner}, {"words": number, "end": True}]
    return {"columns": columns, "rows": rows}


def world_picture(places: Places, ties: Sequence[CountryTie] = ()) -> SafeString:
    """The world drawn by its own cities, with the arcs of the known relations."""
    drawing = dotmap.world_map(
        places.lat,
        places.lon,
        places.population,
        [tie.line for tie in sorted(ties, key=lambda tie: tie.is_mission)],
        highlights=_ends(ties),
        columns=300,
        title=_("The world drawn by its own cities"),
        description=_(
            "Each dot stands for the places around it; "
            "arcs join countries whose cities are partners."
        ),
    )
    return _trusted(drawing)


def country_picture(places: Places, highlights: Sequence[Mark], title: str) -> SafeString:
    """A country or region drawn by its places, with some of them named."""
    return _trusted(
        dotmap.country_map(places.lat, places.lon, places.population, highlights, title=title)
    )


def locator_picture(world: Places, lat: float, lon: float, title: str) -> SafeString:
    """A small world in which one place is shown."""
    here = Mark(lat, lon, kind="here")
    return _trusted(dotmap.locator_map(world.lat, world.lon, world.population, here, title=title))


def suggestions_picture(
    world: Places, here: Suggested, suggested: Sequence[Suggested], title: str
) -> SafeString:
    """One city and the counterparts suggested to it, numbered as in the list beside it."""
    marks = [
        Mark(place.lat, place.lon, place.name, number)
        for number, place in enumerate(suggested, start=1)
    ]
    return _fan(world, here, suggested, marks, title=title, name="suggestions")


def partners_picture(
    world: Places, here: Suggested, partners: Sequence[Suggested], title: str
) -> SafeString:
    """One city and all its known partners, unnumbered, each named where one points at it."""
    ends = [Mark(place.lat, place.lon, kind="end") for place in partners]
    return _fan(world, here, partners, ends, title=title, name="partners")


def _fan(
    world: Places,
    here: Suggested,
    others: Sequence[Suggested],
    marks: list[Mark],
    *,
    title: str,
    name: str,
) -> SafeString:
    """One city and the arcs from it to others."""
    ties = [
        dotmap.Arc(here.lat, here.lon, place.lat, place.lon, kind="suggestion", label=place.name)
        for place in others
    ]
    drawing = dotmap.world_map(
        world.lat,
        world.lon,
        world.population,
        ties,
        highlights=[*marks, Mark(here.lat, here.lon, here.name, kind="here")],
        columns=200,
        close=True,
        title=title,
        name=name,
    )
    return _trusted(drawing)


def _tie(
    pair: tuple[str, str], here: tuple[float, float], there: tuple[float, float], count: int
) -> CountryTie:
    """Name a pair of countries in the reader's language and choose its arc."""
    names = (country_name(pair[0], get_language()), country_name(pair[1], get_language()))
    kind = "mission" if pair in MISSION else "known"
    label = with_colon(f"{names[0]} – {names[1]}", count)
    return CountryTie(pair, names, count, dotmap.Arc(*here, *there, count, kind, label))


def _ends(ties: Sequence[CountryTie]) -> list[Mark]:
    """Mark both ends of the relations that stand out, each place once."""
    lines = [tie.line for tie in ties if tie.is_mission]
    places = {
        place for line in lines for place in ((line.lat1, line.lon1), (line.lat2, line.lon2))
    }
    return [Mark(lat, lon, kind="end") for lat, lon in sorted(places)]


def _trusted(drawing: str) -> SafeString:
    """The engine escapes every name it is given, so its drawing is markup we wrote."""
    return mark_safe(drawing)  # noqa: S308 (see above; tests/engines/test_dotmap.py proves it)
