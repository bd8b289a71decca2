"""What is already known to be linked with what, counted once for the whole world."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from entrecidades.engines.affinity.areas import near_regions
from entrecidades.engines.affinity.cells import Cells
from entrecidades.engines.affinity.places import SIZES, Places, size_class
from entrecidades.engines.affinity.sparse import Sparse

OCTAVES = SIZES // 2 + 1
"""Partners' sizes are counted by whole doublings."""

CROWD = 0.7
"""A region is expected to hold links like the sum of its populations to this power."""

SMOOTH_REGION, SMOOTH_SIZES = 20.0, 5.0
"""Counts are drawn to what size lets expect as if it were so many links more."""


@dataclass(frozen=True, slots=True)
class Currents:
    """Links between neighbourhoods.

    Attributes
    ----------
    reached : Sparse[cells, cells], links from places in the first cell to around the second
    links_from : Sparse[cells, countries], links from places in the cell
    density : float32[cells], ends of links around the cell
    """

    reached: Sparse
    links_from: Sparse
    density: NDArray[np.float32]

    @classmethod
    def of(cls, places: Places, cells: Cells, pairs: ArrayLike) -> Self:
        """Count the partnerships, see :meth:`History.of`."""
        here, there = both_ways(pairs)
        count = len(cells.near)
        owner, around, weight = cells.near.rows(cells.of_place[there])
        start = cells.of_place[here]
        return cls(
            reached=Sparse.of(start[owner], around, weight, rows=count),
            links_from=Sparse.of(start, places.country[there], 1.0, rows=count),
            density=np.bincount(around, weight, minlength=count).astype(np.float32),
        )


@dataclass(frozen=True, slots=True)
class History:
    """Counts over the known partnerships; each counts once from either end.

    Attributes
    ----------
    partners : Sparse[n, n], the known partners of each place
    by_country : Sparse[countries, n], how many partners a place has in that country
    regions : Sparse[regions, regions], links between two regions
    country_region : float32[countries, regions], links of a country with a region
    countries : float32[countries, countries]
    sizes : float32[countries, countries, OCTAVES], sizes of the second's ends
    lands : int64[regions], the country of each region
    openness : float32[regions], smoothed share of the country's links
    openness_lift : float32[regions], its logarithm against what population lets expect
    near_regions : Sparse[regions, regions], see :func:`areas.near_regions`
    openness_around : float32[regions], the openness of a region and of those near it
    usual_sizes : float32[countries, OCTAVES], smoothed shares of the ends in that country
    usual_lift : float32[countries, OCTAVES], their logarithm against the country's places
    linked : Sparse[cells, n], the places in each near cell that have partners
    degrees : int64[n], how many partners each place has
    """

    partners: Sparse
    by_country: Sparse
    regions: Sparse
    country_region: NDArray[np.float32]
    countries: NDArray[np.float32]
    sizes: NDArray[np.float32]
    lands: NDArray[np.int64]
    openness: NDArray[np.float32]
    openness_lift: NDArray[np.float32]
    near_regions: Sparse
    openness_around: NDArray[np.float32]
    usual_sizes: NDArray[np.float32]
    usual_lift: NDArray[np.float32]
    linked: Sparse
    degrees: NDArray[np.int64]

    @classmethod
    def of(cls, places: Places, cells: Cells, pairs: ArrayLike) -> Self:
        """Count the partnerships.

        Parameters
        ----------
        pairs : int[links, 2], rows of the two partners; order and repetition do not matter
        """
        here, there = both_ways(pairs)
        country, region = places.country, places.region
        octave = size_class(places.population) // 2
        lands, areas = int(country.max(initial=0)) + 1, int(region.max(initial=0)) + 1
        degrees = np.bincount(here, minlength=len(places))
        ends = np.flatnonzero(degrees)
        country_region = counted((country[here], region[there]), (lands, areas))
        sizes = counted((country[here], country[there], octave[there]), (lands, lands, OCTAVES))
        home = country_of_regions(places, areas)
        openness, openness_lift = open_regions(places, home, country_region.sum(axis=0))
        near = near_regions(places, home)
        around = np.bincount(near.columns, near.values * openness[near.owners()], minlength=areas)
        usual, usual_lift = usual_sizes(
            counted((country, octave), (lands, OCTAVES)), sizes.sum(axis=0)
        )
        return cls(
            partners=Sparse.of(here, there, 1.0, rows=len(places)),
            by_country=Sparse.of(country[there], here, 1.0, rows=lands),
            regions=Sparse.of(region[here], region[there], 1.0, rows=areas),
            country_region=country_region,
            countries=counted((country[here], country[there]), (lands, lands)),
            sizes=sizes,
            lands=home,
            openness=openness,
            openness_lift=openness_lift,
            near_regions=near,
            openness_around=around.astype(np.float32),
            usual_sizes=usual,
            usual_lift=usual_lift,
            linked=Sparse.of(cells.of_place[ends], ends, 1.0, rows=len(cells.near)),
            degrees=degrees,
        )


def both_ways(pairs: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Each pair once from either end, without repetitions and loops.

    Examples
    --------
    >>> [ends.tolist() for ends in both_ways([(5, 2), (2, 5), (3, 3)])]
    [[2, 5], [5, 2]]
    """
    ends = np.asarray(pairs, np.int64).reshape(-1, 2)
    ends = np.unique(np.sort(ends[ends[:, 0] != ends[:, 1]], axis=1), axis=0)
    return np.concatenate([ends[:, 0], ends[:, 1]]), np.concatenate([ends[:, 1], ends[:, 0]])


def counted(keys: tuple[NDArray[np.int64], ...], shape: tuple[int, ...]) -> NDArray[np.float32]:
    """How often each combination of keys occurs, as an array of that shape."""
    flat = np.ravel_multi_index(keys, shape)
    return np.bincount(flat, minlength=int(np.prod(shape))).reshape(shape).astype(np.float32)


def country_of_regions(places: Places, areas: int) -> NDArray[np.int64]:
    """The country of each region."""
    home = np.zeros(areas, np.int64)
    home[places.region] = places.country
    return home


def smoothed(
    counts: NDArray[Any], prior: NDArray[Any], home: NDArray[np.int64], weight: float
) -> NDArray[np.float64]:
    """Shares of each country's links, drawn to a prior as if it were ``weight`` links more.

    Examples
    --------
    Two regions of one country, three links with the first; the prior is even:

    >>> smoothed(np.array([3, 0]), np.array([0.5, 0.5]), np.array([0, 0]), 3.0).tolist()
    [0.75, 0.25]
    """
    totals = np.bincount(home, counts)
    shares: NDArray[np.float64] = (counts + weight * prior) / (totals[home] + weight)
    return shares


def open_regions(
    places: Places, home: NDArray[np.int64], links: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Each region's smoothed share of its country's links, and how far that passes its size."""
    weight = np.maximum(places.population, 1.0) ** CROWD
    of_region = np.bincount(places.region, weight, minlength=home.size)
    of_country = np.bincount(home, of_region)
    expected = np.maximum(of_region / np.maximum(of_country[home], 1e-9), 1e-6)
    share = smoothed(links, expected, home, SMOOTH_REGION)
    return share.astype(np.float32), np.log(share / expected).astype(np.float32)


def usual_sizes(
    places: NDArray[np.float32], ends: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The sizes of a country's linked places, and how far they differ from all its places."""
    share = np.maximum(places / np.maximum(places.sum(axis=1, keepdims=True), 1), 1e-4)
    usual = (ends + SMOOTH_SIZES * share) / (ends.sum(axis=1, keepdims=True) + SMOOTH_SIZES)
    return usual.astype(np.float32), np.log(usual / share).astype(np.float32)
