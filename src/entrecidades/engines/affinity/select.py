"""The best few of many, without sorting the many."""

import numpy as np
from numpy.typing import NDArray

BLOCK, FINE = 256, 4
"""Values are taken together by so many at most, and in so many times more blocks than wanted."""


def best(total: NDArray[np.float32], limit: int) -> NDArray[np.int64]:
    """Indices of the greatest values, greatest first, equal ones by index; -inf never.

    Examples
    --------
    >>> best(np.array([1.0, 3.0, -np.inf, 3.0, 2.0], np.float32), 3).tolist()
    [1, 3, 4]
    """
    if limit <= 0 or not total.size:
        return np.zeros(0, np.int64)
    ids = np.flatnonzero(total >= floor_of(total, limit))
    ids = ids[total[ids] > -np.inf]
    return ids[np.lexsort((ids, -total[ids]))][:limit]


def floor_of(total: NDArray[np.float32], limit: int) -> np.float32:
    """A value that at least ``limit`` of the values reach, and not many more."""
    block = min(BLOCK, total.size // (FINE * max(limit, 1)))
    if block > 1:
        # The maxima of blocks are few; as many values as blocks reach the least of the best.
        whole = total.size // block
        maxima = total[: whole * block].reshape(block, whole).max(axis=0)
        return np.float32(np.partition(maxima, whole - limit)[whole - limit])
    if total.size > limit:
        return np.float32(np.partition(total, total.size - limit)[total.size - limit])
    return np.float32(-np.inf)
