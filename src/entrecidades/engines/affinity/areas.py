"""Which regions of a country lie near each other."""

import numpy as np
from numpy.typing import NDArray

from entrecidades.engines.affinity.cells import chord_km, unit_vectors
from entrecidades.engines.affinity.places import Places
from entrecidades.engines.affinity.sparse import Sparse

SCALE, REACH = 150.0, 450.0
"""A region at the first distance counts 1/e of one's own; beyond the second, nothing; km."""


def near_regions(places: Places, lands: NDArray[np.int64]) -> Sparse:
    """The weight of each region of the same country near each other, itself included with 1.

    Parameters
    ----------
    lands : int64[regions], the country of each region

    Examples
    --------
    Piemonte and Lombardia are near, Maputo is in another country:

    >>> places = Places.of(latitude=[45.07, 45.46, -25.97], longitude=[7.69, 9.19, 32.58],
    ...     population=[850_000, 1_400_000, 1_200_000], country=[0, 0, 1], region=[0, 1, 2])
    >>> np.diff(near_regions(places, np.array([0, 0, 1])).starts).tolist()
    [2, 2, 1]
    """
    middle = centres(places, lands.size)
    here, there, weight = [], [], []
    for land in np.unique(lands):
        rows = np.flatnonzero(lands == land)
        apart = chord_km(middle[rows, None], middle[None, rows])
        np.fill_diagonal(apart, 0)
        one, other = np.nonzero(apart <= REACH)
        here.append(rows[one])
        there.append(rows[other])
        weight.append(np.exp(-apart[one, other] / SCALE))
    return Sparse.of(
        np.concatenate(here), np.concatenate(there), np.concatenate(weight), rows=lands.size
    )


def centres(places: Places, regions: int) -> NDArray[np.float64]:
    """Where most of each region's people live, unit vectors; NaN where nothing is known."""
    points = unit_vectors(places.latitude, places.longitude)
    known = np.isfinite(points[:, 0])
    people = np.maximum(places.population[known], 1)
    region, points = places.region[known], points[known]
    sums = np.stack(
        [np.bincount(region, people * points[:, axis], minlength=regions) for axis in range(3)], 1
    )
    length = np.linalg.norm(sums, axis=1, keepdims=True)
    found: NDArray[np.float64] = np.where(length > 0, sums / np.maximum(length, 1e-9), np.nan)
    return found
