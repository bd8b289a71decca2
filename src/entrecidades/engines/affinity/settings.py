"""Where a place stands among the places around it and in its region."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from entrecidades.engines.affinity.cells import Cells
from entrecidades.engines.affinity.places import Places

WEIGHTS, RANKS = 8, 8
"""Classes of a place's weight among its surroundings, and of its rank in its region."""

SHARE_EDGES = (-7.0, -5.5, -4.2, -3.2, -2.2, -1.3, -0.5)
"""Bounds of the weight, doublings of the share in the inhabitants around."""

RANK_EDGES = (0.5, 1.5, 2.5, 3.5, 4.5, 6.0, 8.0)
"""Bounds of the rank, doublings: 1st, 2nd, 3rd to 5th, to 11th, to 22nd, to 63rd, to 255th."""

SMALL = 100.0
"""Added to inhabitants, so that the unknown are small."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The setting of every place: a suburb, a town on its own, a centre; first or last in rank.

    Attributes
    ----------
    of_place : int64[n], weight class times ``RANKS`` plus rank class
    """

    of_place: NDArray[np.int64]

    @classmethod
    def of(cls, places: Places, cells: Cells) -> Self:
        """Weigh each place against what lies within 75 km, close neighbours counting more.

        Examples
        --------
        A metropolis is its surroundings; the village beside it is not, and the second in rank:

        >>> from entrecidades.engines.affinity.cells import NEAR
        >>> places = Places.of(latitude=[45.07, 45.05], longitude=[7.69, 7.67],
        ...     population=[870_456, 1_200], country=[0, 0], region=[0, 0])
        >>> Settings.of(places, Cells.of(places, NEAR)).of_place.tolist()
        [56, 1]
        """
        people = np.maximum(places.population, 0)
        here = np.bincount(cells.of_place, people, minlength=len(cells.near))
        owner, near, weight = cells.near.rows(np.arange(len(cells.near)))
        around = np.bincount(owner, weight * here[near], minlength=len(cells.near))
        whole = np.maximum(around[cells.of_place], people)
        share = np.digitize(np.log2((people + SMALL) / (whole + SMALL)), SHARE_EDGES)
        rank = np.digitize(np.log2(ranks(people, places.region)), RANK_EDGES)
        return cls((share * RANKS + rank).astype(np.int64))


def ranks(people: NDArray[np.float64], region: NDArray[np.int64]) -> NDArray[np.int64]:
    """The rank of each place in its region by population, from 1.

    Examples
    --------
    >>> ranks(np.array([5.0, 9.0, 7.0]), np.array([0, 0, 1])).tolist()
    [2, 1, 1]
    """
    order = np.lexsort((-people, region))
    ordered = region[order]
    first = np.searchsorted(ordered, ordered)
    found = np.empty(people.size, np.int64)
    found[order] = np.arange(people.size) - first + 1
    return found
