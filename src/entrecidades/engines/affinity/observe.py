"""What can be observed between one place and all others, before anything is judged.

Each feature is observed where it varies: over stamps, regions or cells rather than over the
places in them, and only where there is something to see.
"""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from entrecidades.engines.affinity.atlas import Atlas
from entrecidades.engines.affinity.cells import EARTH_KM
from entrecidades.engines.affinity.history import OCTAVES, History, smoothed
from entrecidades.engines.affinity.places import CAPITAL, LARGEST, METROPOLIS, SIZES, size_class
from entrecidades.engines.affinity.settings import RANKS, WEIGHTS

STANDINGS = 8
"""Combinations of the roles capital, largest of its region and metropolis."""

STANDING_BITS = CAPITAL | LARGEST | METROPOLIS
LEVELS = 1024
LEVEL_SHIFT = 21
GREATEST = 4.0
"""A distance level is the upper 11 bits of the squared chord (at most 4): steps of 9 %, and
those of NaN."""

SMOOTH_COUNTRY, SMOOTH_PAIR, SMOOTH_SIZE = 10.0, 5.0, 10.0
SMOOTH_KERNEL, SMOOTH_LANDS, SMOOTH_AROUND, SMOOTH_HERE = 0.15, 2.0, 0.5, 0.5
"""Counts are drawn to what chance would give as if it were so many links more."""


COUNT_EDGES, LIFT_EDGES = (1.5, 2.5, 4.5), (-0.7, -0.35, 0.0, 0.35, 0.7, 1.05, 1.6)
COUNTS, LIFTS = len(COUNT_EDGES) + 2, len(LIFT_EDGES) + 1
"""Classes of partners in our country: how many (none is the first class), and by how much more
than is usual."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One feature as seen from one place.

    Attributes
    ----------
    feature : its name in the weights
    over : ``stamp``, ``setting``, ``region``, ``cell`` or ``place``: what ``ids`` number
    value : float32 or float64, one for each id
    ids : None when there is a value for every one; else those that have one, ascending
    """

    feature: str
    over: str
    value: NDArray[Any]
    ids: NDArray[np.int64] | None = None


def standing(atlas: Atlas) -> Iterator[Seen]:
    """What is seen of every place, whoever looks."""
    degrees = atlas.history.degrees
    yield Seen("degree", "place", degrees.astype(np.float64))
    yield Seen("names", "place", atlas.places.names.astype(np.float64))
    around = atlas.currents.density[atlas.cells.of_place] - degrees
    yield Seen("crowding", "place", around.astype(np.float64))


def between(atlas: Atlas, place: int) -> Iterator[Seen]:
    """What one place sees of the others."""
    yield from stamps_seen(atlas, place)
    yield from settings_seen(atlas, place)
    yield from regions_seen(atlas, place)
    yield neighbours_seen(atlas, place)
    yield from links_seen(atlas, place)
    yield name_seen(atlas, place)


def stamps_seen(atlas: Atlas, place: int) -> Iterator[Seen]:
    """Size, role, language, programme and the ties of the two countries."""
    for feature, value in STAMP_FEATURES.items():
        yield Seen(feature, "stamp", value(atlas, place))


def size_seen(atlas: Atlas, place: int) -> NDArray[np.float64]:
    """The two size classes as one number."""
    mine = int(size_class(atlas.places.population[place]))
    return (mine * SIZES + atlas.stamps.size).astype(np.float64)


def size_in_country_seen(atlas: Atlas, place: int) -> NDArray[np.float32]:  # noqa: ARG001 - like the others
    """Which sizes of places are linked in their country, whoever looks."""
    usual = atlas.history.usual_lift.ravel()
    lift: NDArray[np.float32] = usual[atlas.stamps.country * OCTAVES + atlas.stamps.size // 2]
    return lift


def size_between_seen(atlas: Atlas, place: int) -> NDArray[np.float64]:
    """Which sizes our country's partners have in each other country, against what is usual."""
    lifts = sizes_between(atlas.history, atlas.places.country[place]).ravel()
    lift: NDArray[np.float64] = lifts[atlas.stamps.country * OCTAVES + atlas.stamps.size // 2]
    return lift


def role_seen(atlas: Atlas, place: int) -> NDArray[np.float64]:
    """The two combinations of capital, largest of its region and metropolis as one number."""
    mine = int(atlas.places.roles[place]) & STANDING_BITS
    roles: NDArray[np.int64] = mine * STANDINGS + (atlas.stamps.roles & STANDING_BITS)
    return roles.astype(np.float64)


def shared_roles_seen(atlas: Atlas, place: int) -> NDArray[np.float64]:
    """How many of the other roles are common."""
    return shared_bits(atlas.stamps.roles & ~STANDING_BITS, int(atlas.places.roles[place]))


def kind_seen(atlas: Atlas, place: int) -> NDArray[np.float64]:
    """1 for those of another kind."""
    unlike: NDArray[np.float64] = (atlas.stamps.kind != atlas.places.kind[place]).astype(
        np.float64
    )
    return unlike


def language_seen(atlas: Atlas, place: int) -> NDArray[np.float64]:
    """How many languages are common."""
    return shared_bits(atlas.stamps.languages, int(atlas.places.languages[place]))


def programme_seen(atlas: Atlas, place: int) -> NDArray[np.float64]:
    """How many programmes are common."""
    return shared_bits(atlas.stamps.programmes, int(atlas.places.programmes[place]))


def countries_seen(atlas: Atlas, place: int) -> NDArray[np.float64]:
    """How close the two countries are."""
    home = atlas.places.country[place]
    return country_lift(atlas.history.countries, home)[atlas.stamps.country]


STAMP_FEATURES: dict[str, Callable[[Atlas, int], NDArray[Any]]] = {
    "size": size_seen,
    "size_in_country": size_in_country_seen,
    "size_between": size_between_seen,
    "role": role_seen,
    "shared_roles": shared_roles_seen,
    "kind": kind_seen,
    "language": language_seen,
    "programme": programme_seen,
    "countries": countries_seen,
}
"""What the stamp of a candidate tells a place, in the order in which it is added."""


def shared_bits(masks: NDArray[np.int64], mask: int) -> NDArray[np.float64]:
    """How many bits each mask has in common with one.

    Examples
    --------
    >>> shared_bits(np.array([0b011, 0b100, 0b111]), 0b110).tolist()
    [1.0, 1.0, 2.0]
    """
    count: NDArray[np.float64] = np.bitwise_count(masks & mask).astype(np.float64)
    return count


def country_lift(countries: NDArray[np.float32], home: int) -> NDArray[np.float64]:
    """Logarithm of links with each country, against what chance would give."""
    totals = countries.sum(axis=1, dtype=np.float64)
    expected = totals[home] * totals / max(totals.sum(), 1.0)
    lift: NDArray[np.float64] = np.log(
        (countries[home] + SMOOTH_LANDS) / (expected + SMOOTH_LANDS)
    )
    return lift


def sizes_between(history: History, home: int) -> NDArray[np.float64]:
    """How the sizes of a country's partners differ from what is usual in each other country.

    Returns
    -------
    float64[countries, OCTAVES], logarithms.
    """
    ours, usual = history.sizes[home], history.usual_sizes
    special = (ours + SMOOTH_SIZE * usual) / (ours.sum(axis=1, keepdims=True) + SMOOTH_SIZE)
    lift: NDArray[np.float64] = np.log(special / usual)
    return lift


def settings_seen(atlas: Atlas, place: int) -> Iterator[Seen]:
    """Weights among the surroundings, and ranks in the region, of both."""
    weight, rank = divmod(int(atlas.settings.of_place[place]), RANKS)
    weights, ranks = np.divmod(np.arange(WEIGHTS * RANKS), RANKS)
    yield Seen("centre", "setting", (weight * WEIGHTS + weights).astype(np.float64))
    yield Seen("rank", "setting", (rank * RANKS + ranks).astype(np.float64))


def regions_seen(atlas: Atlas, place: int) -> Iterator[Seen]:
    """How open each region is, and how close to our country and to our region."""
    yield from regions_of_country(atlas, int(atlas.places.country[place]))
    yield from regions_of_region(atlas, int(atlas.places.region[place]))


def regions_of_country(atlas: Atlas, country: int) -> Iterator[Seen]:
    """What all places of a country see of the regions."""
    history = atlas.history
    links = history.country_region[country]
    share = smoothed(links, history.openness, history.lands, SMOOTH_COUNTRY)
    yield Seen("region_open", "region", history.openness_lift)
    yield Seen("region_country", "region", np.log(share / history.openness))


def regions_of_region(atlas: Atlas, region: int) -> Iterator[Seen]:
    """What all places of a region see of the regions beyond that."""
    yield Seen("region_pair", "region", linked_regions(atlas.history, region))
    yield regions_around(atlas.history, region)


def linked_regions(history: History, region: int) -> NDArray[np.float64]:
    """Logarithm of links with each region, against those of our country; zero without any."""
    lift = np.zeros(history.lands.size)
    ids, counts = history.regions.row(region)
    linked = np.zeros(len(history.country_region), bool)
    linked[history.lands[ids]] = True
    some = np.flatnonzero(linked[history.lands])
    home = history.lands[some]
    ours = history.country_region[history.lands[region]][some]
    usual = smoothed(ours, history.openness[some], home, SMOOTH_COUNTRY)
    links = np.zeros(lift.size)
    links[ids] = counts
    lift[some] = np.log(smoothed(links[some], usual, home, SMOOTH_PAIR) / usual)
    return lift


def regions_around(history: History, region: int) -> Seen:
    """Logarithm of links of the regions near ours with those near each, against chance."""
    near, weights = history.near_regions.row(region)
    owner, reached, count = history.regions.rows(near)
    links = np.bincount(reached, count * weights[owner], minlength=history.lands.size)
    linked = np.flatnonzero(links)
    owner, around, weights = history.near_regions.rows(linked)
    total = np.bincount(around, weights * links[linked][owner], minlength=links.size)
    expected = np.bincount(history.lands, links)[history.lands] * history.openness_around
    some = np.flatnonzero((total > 0) | (expected > 0))
    lift = np.zeros(links.size)
    lift[some] = np.log((total[some] + SMOOTH_AROUND) / (expected[some] + SMOOTH_AROUND))
    return Seen("region_around", "region", lift)


def neighbours_seen(atlas: Atlas, place: int) -> Seen:
    """Logarithm of links of what is around us with what is around each cell, against chance."""
    cells, currents = atlas.cells, atlas.currents
    near, weights = cells.near.row(cells.of_place[place])
    owner, reached, count = currents.reached.rows(near)
    total = np.bincount(reached, count * weights[owner], minlength=len(cells.near))
    ids = np.flatnonzero(total != 0)
    owner, land, links = currents.links_from.rows(near)
    everyone = atlas.history.countries.sum(axis=1)
    ours = np.bincount(land, links * weights[owner], minlength=everyone.size)
    expected = (ours / np.maximum(everyone, 1))[cells.country[ids]] * currents.density[ids]
    lift = np.log((total[ids] + SMOOTH_KERNEL) / (expected + SMOOTH_KERNEL))
    return Seen("neighbours", "cell", lift, ids)


def links_seen(atlas: Atlas, place: int) -> Iterator[Seen]:
    """Partners in our country, in common with us, and at one more remove."""
    yield partners_seen(atlas, int(atlas.places.country[place]))
    yield from chains_seen(atlas, place)


def chains_seen(atlas: Atlas, place: int) -> Iterator[Seen]:
    """Partners in common with us, and at one more remove."""
    history = atlas.history
    partners, _ = history.partners.row(place)
    if not partners.size:
        return
    degrees = history.degrees
    yield walked(
        atlas, "shared_partners", partners, 1 / np.log1p(np.maximum(degrees[partners], 2))
    )
    alike, weight = walk(atlas, partners, 1 / np.sqrt(degrees[partners]))
    away = alike != place
    onward = weight[away] / np.sqrt(degrees[alike[away]])
    ends, chained = walk(atlas, alike[away], onward)
    yield Seen("chain", "place", chained / np.sqrt(degrees[ends]), ends)


def partners_seen(atlas: Atlas, home: int) -> Seen:
    """How many partners a place has in our country, and how that compares with its country.

    A town with one partner in the country of most of its neighbours' partners has what it
    wanted; one with the only partner in a country that others do not look at is drawn to it.
    """
    history = atlas.history
    ids, counts = history.by_country.row(home)
    everyone = np.maximum(history.countries.sum(axis=1), 1)
    share = (history.countries[home] / everyone)[atlas.places.country[ids]]
    expected = history.degrees[ids] * share
    lift = np.log((counts + SMOOTH_HERE) / (expected + SMOOTH_HERE))
    few = 1 + np.searchsorted(COUNT_EDGES, counts, side="right")
    kinds = few * LIFTS + np.searchsorted(LIFT_EDGES, lift, side="right")
    return Seen("partners_here", "place", kinds.astype(np.float64), ids.astype(np.int64))


def walked(atlas: Atlas, feature: str, towns: ArrayLike, weights: ArrayLike) -> Seen:
    """One step along the known links, as a feature."""
    ids, total = walk(atlas, towns, weights)
    return Seen(feature, "place", total, ids)


def walk(
    atlas: Atlas, towns: ArrayLike, weights: ArrayLike
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """One step along the known links, from towns with a weight each: places and sums."""
    owner, reached, _ = atlas.history.partners.rows(towns)
    ids, where = np.unique(reached.astype(np.int64), return_inverse=True)
    total = np.bincount(where, np.asarray(weights, np.float64)[owner], minlength=ids.size)
    return ids, total.astype(np.float64)


def name_seen(atlas: Atlas, place: int) -> Seen:
    """Who shares a name with us, and how rare it is (doublings below 128 bearers)."""
    keys, _ = atlas.places.keys.row(place)
    owner, bearers, _ = atlas.bearers.rows(keys)
    uses = atlas.bearers.starts[keys + 1] - atlas.bearers.starts[keys]
    ids, where = np.unique(bearers.astype(np.int64), return_inverse=True)
    rarity = np.zeros(ids.size)
    np.maximum.at(rarity, where, np.log2(128 / np.maximum(uses, 1))[owner])
    return Seen("name", "place", rarity, ids)


class Scratch(threading.local):
    """Room for results over all places, one for each thread, so that pages are not begged anew."""

    def __init__(self, count: int) -> None:
        self.few = np.zeros(count, np.float32)
        self.touched: list[NDArray[np.int64]] = []
        self.part = np.empty(count, np.float32)
        self.squared = np.empty(count, np.float32)
        self.levels = np.empty(count, np.int64)


def distance_levels(
    atlas: Atlas,
    place: int,
    candidates: NDArray[np.int64] | slice = slice(None),
    scratch: Scratch | None = None,
) -> NDArray[np.int64]:
    """The level of the distance to each candidate, see ``LEVEL_SHIFT``."""
    if scratch is None:
        # Taken row by row: NumPy is slow to pick columns of a table.
        offsets = np.stack([row[candidates] for row in atlas.points])
        offsets -= atlas.points[:, place, None]
        offsets *= offsets
        squared = offsets[0] + offsets[1] + offsets[2]
        levels: NDArray[np.int64] = squared.view(np.int32).astype(np.int64) >> LEVEL_SHIFT
        return levels
    scratch.squared[:] = 0
    for axis in range(3):
        offset = np.subtract(
            atlas.points[axis, candidates], atlas.points[axis, place], out=scratch.part
        )
        offset *= offset
        scratch.squared += offset
    return np.right_shift(scratch.squared.view(np.int32), LEVEL_SHIFT, out=scratch.levels)


def level_km() -> NDArray[np.float64]:
    """The least distance of each level, kilometres; NaN for an unknown one.

    Examples
    --------
    >>> int(np.nanmax(level_km()) <= 20_016), bool(np.isnan(level_km()[-1]))
    (1, True)
    """
    squared = (np.arange(LEVELS, dtype=np.int32) << LEVEL_SHIFT).view(np.float32)
    chord = np.sqrt(np.where(squared <= GREATEST, squared, np.nan).astype(np.float64))
    kilometres: NDArray[np.float64] = 2 * EARTH_KM * np.arcsin(chord / 2)
    return kilometres
