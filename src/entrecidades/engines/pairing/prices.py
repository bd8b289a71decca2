"""Prices: what a place, a region and a pair more would be worth, and the bound they prove.

Whatever the prices are, no pairing is worth more than ``bound``: every pair of an allowed pairing
is worth at most the prices of what it uses, plus what it exceeds them by. All of it is counted
in whole millionths, so that the proof does not lean on any solver's rounding.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entrecidades.engines.pairing.sides import NO_REGION, UNLIMITED, Ints, Problem, Side
from entrecidades.engines.pairing.sources import Edges, best_of_both


def limited(most: Ints | int) -> NDArray[np.bool_]:
    """Which greatest numbers are real ones; pins may have taken something from "unlimited"."""
    return np.asarray(most) < UNLIMITED // 2


@dataclass(frozen=True, slots=True)
class Prices:
    """In millionths: of each row, column and region, and of a pair as such."""

    row: Ints
    column: Ints
    row_region: Ints
    column_region: Ints
    total: int

    @classmethod
    def of(cls, problem: Problem, duals: Iterable[NDArray[np.float64]], unit: float) -> "Prices":
        """Whole prices from a solver's; those that could prove nothing are set to nothing."""
        row, column, row_region, column_region, total = (
            np.rint(np.asarray(dual) * unit).astype(np.int64) for dual in duals
        )
        return cls(
            row.clip(0),
            column.clip(0),
            np.where(limited(problem.rows.most), row_region, row_region.clip(max=0)),
            np.where(limited(problem.columns.most), column_region, column_region.clip(max=0)),
            max(0, int(total[0])) if problem.most is not None else 0,
        )

    def of_rows(self, side: Side) -> Ints:
        """What a pair of each row uses on that side."""
        return self.row + _of_region(self.row_region, side)

    def of_columns(self, side: Side) -> Ints:
        """What a pair of each column uses on that side, and for being a pair."""
        return self.column + _of_region(self.column_region, side) + self.total

    def limits(self, problem: Problem) -> int:
        """What all that there is, is worth at these prices."""
        return (
            int(self.row @ problem.rows.capacity)
            + int(self.column @ problem.columns.capacity)
            + _worth(self.row_region, problem.rows)
            + _worth(self.column_region, problem.columns)
            + (self.total * problem.total if self.total else 0)
        )


def _of_region(price: Ints, side: Side) -> Ints:
    """The price of each one's region."""
    if not price.size:
        return np.zeros(len(side), np.int64)
    return np.where(side.region == NO_REGION, 0, price[side.region])


def _worth(price: Ints, side: Side) -> int:
    """What the limits of the regions are worth: the greatest number, or the least, that binds."""
    return int(price @ np.where(price > 0, side.most, side.least))


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at all candidates found.

    Attributes
    ----------
    bound : no pairing is worth more
    exceeding : candidates worth more than the prices of what they use, the best of each
    tight : those worth exactly as much, if they were asked for and are not too many
    """

    bound: int
    exceeding: Edges
    tight: Edges | None


TOO_MANY_TIES = 400_000


def look(
    problem: Problem,
    blocks: Iterable[Edges],
    prices: Prices,
    *,
    each: int = 3,
    ties: bool = False,
    scored: bool = True,
) -> Look:
    """Look at every candidate, block by block; unless ``scored``, all are worth nothing."""
    of_rows, of_columns = prices.of_rows(problem.rows), prices.of_columns(problem.columns)
    bound, exceeding, tight = prices.limits(problem), Edges.none(), Edges.none()
    for edges in blocks:
        worth = edges.score if scored else np.zeros(len(edges), np.int64)
        gain = worth - of_rows[edges.row] - of_columns[edges.column]
        over = np.flatnonzero(gain > 0)
        bound += int(gain[over].sum())
        exceeding = exceeding.and_(edges.at(over[best_of_both(edges.at(over), gain[over], each)]))
        if ties and len(tight) <= TOO_MANY_TIES:
            tight = tight.and_(edges.at(gain == 0))
    known = ties and len(tight) <= TOO_MANY_TIES
    return Look(bound, exceeding, tight if known else None)
