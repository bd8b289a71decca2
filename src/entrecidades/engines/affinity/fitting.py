"""The fit of themes for several seekers at once, and the candidates whom it lifts."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from entrecidades.engines.affinity.layers import Field, Pairs, Rows
from entrecidades.engines.affinity.select import floor_of
from entrecidades.engines.affinity.themes import Wish
from entrecidades.engines.affinity.view import LEAST, Eye, Gains

MARGIN = np.float32(2)
"""So far below its first floor a list seldom goes; then all whom themes lift are looked at."""


@dataclass(frozen=True, slots=True)
class Near:
    """The columns whom themes lift to a floor, some of them more than once.

    Attributes
    ----------
    floor : float32
    columns : int64
    gains, reach : float32, what themes add, and the most that all adds
    """

    floor: np.float32
    columns: Rows
    gains: Gains
    reach: Gains

    def above(self, least: np.float32) -> tuple[Rows, Gains]:
        """Columns and gains of those that reach a higher floor."""
        good = self.reach >= least
        return self.columns[good], self.gains[good]


class Fitting:
    """What themes add, for seekers of whom at least one has some; a column is a candidate.

    Seekers are looked at one after the other in the same room, which stays in the processor's
    cache; of each only those columns are kept that may matter.

    Parameters
    ----------
    bound : float32[columns], the most that everything else adds
    top : columns that are asked about for every seeker
    pairs : seekers, ascending, and columns that are asked about besides
    count : about so many of the highest are to be found for each

    Attributes
    ----------
    near : for each seeker the highest columns
    top : float32[seekers, top]
    pairs : float32[pairs]
    """

    def __init__(
        self,
        eye: Eye,
        field: Field,
        seekers: Rows,
        bound: Gains,
        *,
        top: Rows,
        pairs: Pairs,
        count: int,
    ) -> None:
        self.eye, self.field, self.seekers, self.bound = eye, field, seekers, bound
        self.near: list[Near] = []
        self.top = np.empty((seekers.size, top.size), np.float32)
        self.pairs = np.empty(pairs[0].size, np.float32)
        owner, asked = pairs[0], field.rows[pairs[1]]
        starts = np.searchsorted(owner, np.arange(seekers.size + 1)).tolist()
        for index in range(seekers.size):
            with self.lifted(index) as (gains, ids):
                self.near.append(self.highest(gains, ids, count))
                self.top[index] = gains[field.rows[top]]
                here = slice(starts[index], starts[index + 1])
                self.pairs[here] = gains[asked[here]]

    @contextmanager
    def lifted(self, index: int) -> Iterator[tuple[Gains, Rows]]:
        """What themes add for one seeker: float32[n], and the rows that are lifted."""
        gains = self.field.room
        ids = self.eye.add_theme_gains(gains, Wish.of(self.eye.atlas, int(self.seekers[index])))
        yield gains, ids
        gains[:] = 0

    def highest(self, gains: Gains, ids: Rows, count: int) -> Near:
        """About so many columns that reach most."""
        columns, gains, reach = self.reach(gains, ids)
        least = max(floor_of(reach, count) - MARGIN, LEAST)
        good = np.flatnonzero(reach >= least)
        return Near(least, columns[good], gains[good], reach[good])

    def reach(self, gains: Gains, ids: Rows) -> tuple[Rows, Gains, Gains]:
        """Columns that are lifted, what themes add there, and the most that all adds."""
        columns, gains = self.field.column.take(ids), gains.take(ids)
        if self.field.rows.size < self.field.column.size:
            free = columns >= 0
            columns, gains = columns[free], gains[free]
        return columns, gains, self.bound.take(columns) + gains

    def first(self, seen: Rows) -> tuple[Rows, Rows, Gains]:
        """Pairs with what themes add: the highest of each seeker, each once, without ``seen``."""
        found = [near.above(max(near.floor + MARGIN, LEAST)) for near in self.near]
        seeker, column, gains = paired(found)
        _, once = np.unique(seeker * self.bound.size + column, return_index=True)
        once = once[~np.isin(column[once], seen)]
        return seeker[once], column[once], gains[once]

    def possible(self, worst: Gains) -> tuple[Rows, Rows, Gains]:
        """Pairs with what themes add: those lifted to the worst of a list."""
        found = []
        for index, (near, least) in enumerate(zip(self.near, worst, strict=True)):
            if near.floor <= least:
                found.append(near.above(least))
                continue
            with self.lifted(index) as lifted:
                columns, gains, reach = self.reach(*lifted)
                found.append((columns[reach >= least], gains[reach >= least]))
        return paired(found)


def paired(found: Sequence[tuple[Rows, Gains]]) -> tuple[Rows, Rows, Gains]:
    """The columns and gains that each seeker found, as pairs.

    Examples
    --------
    >>> found = [(np.array([7, 2]), np.array([1.5, 1])), (np.array([2]), np.array([3]))]
    >>> [part.tolist() for part in paired(found)]
    [[0, 0, 1], [7, 2, 2], [1.5, 1.0, 3.0]]
    """
    owner = np.repeat(np.arange(len(found)), [columns.size for columns, _ in found])
    columns, gains = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return owner, columns, gains
