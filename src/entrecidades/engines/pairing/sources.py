"""Where scores come from: a matrix, a list of candidates, or a function asked in blocks."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

from entrecidades.engines.pairing.sides import GREATEST, UNIT, Ints

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

AT_ONCE = 1_000_000
"""So many candidates are looked at together: that is what a look costs in memory."""


class ScoreTooLarge(ValueError):
    """A score is infinite, or too large to be told apart in millionths."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Candidates: row, column, and the score in millionths."""

    row: Ints
    column: Ints
    score: Ints

    def __len__(self) -> int:
        return self.row.size

    def at(self, chosen: NDArray[np.bool_] | Ints) -> "Edges":
        """Some of them."""
        return Edges(self.row[chosen], self.column[chosen], self.score[chosen])

    def and_(self, more: "Edges") -> "Edges":
        """These, then those."""
        return Edges(
            np.concatenate([self.row, more.row]),
            np.concatenate([self.column, more.column]),
            np.concatenate([self.score, more.score]),
        )

    @classmethod
    def none(cls) -> "Edges":
        """No candidate."""
        empty = np.zeros(0, np.int64)
        return cls(empty, empty, empty)


class Known(Protocol):
    """Something that tells all candidates."""

    def blocks(self) -> Iterator[Edges]:
        """All candidates, block by block, rows in order."""


class Scores(Known, Protocol):
    """Something that knows what every pair is worth, in whatever order both sides stand."""

    def ordered(self, rows: Ints, columns: Ints) -> "Scores":
        """The same with both sides in another order."""


def in_units(scores: Floats) -> Ints:
    """Scores in whole millionths.

    Raises
    ------
    ScoreTooLarge
        One is infinite or beyond ``GREATEST``.
    """
    if scores.size and not np.all(np.abs(scores) <= GREATEST):
        raise ScoreTooLarge(f"scores must lie between -{GREATEST:,.0f} and {GREATEST:,.0f}")
    return np.rint(scores * UNIT).astype(np.int64)


@dataclass(frozen=True, slots=True)
class Sparse:
    """A list of candidates; who is not in it is no pair, who is in it twice counts once."""

    edges: Edges

    @classmethod
    def of(cls, row: ArrayLike, column: ArrayLike, score: ArrayLike) -> "Sparse":
        """From three columns; of a pair that is listed twice the last score counts.

        Examples
        --------
        >>> len(Sparse.of([0, 0, 1], [1, 1, 0], [2.5, 3.5, 1.0]).edges)
        2
        """
        rows, columns = np.asarray(row, np.int64), np.asarray(column, np.int64)
        units = in_units(np.asarray(score, np.float64))
        # Of equal pairs the last comes first, and the first is kept.
        order = np.lexsort((-np.arange(rows.size), columns, rows))
        rows, columns, units = rows[order], columns[order], units[order]
        new = np.ones(rows.size, bool)
        new[1:] = (rows[1:] != rows[:-1]) | (columns[1:] != columns[:-1])
        return cls(Edges(rows[new], columns[new], units[new]))

    def blocks(self) -> Iterator[Edges]:
        """All candidates, block by block."""
        for start in range(0, len(self.edges), AT_ONCE):
            yield self.edges.at(np.arange(start, min(start + AT_ONCE, len(self.edges))))

    def ordered(self, rows: Ints, columns: Ints) -> "Sparse":
        """The same with both sides in another order."""
        row, column = np.argsort(rows)[self.edges.row], np.argsort(columns)[self.edges.column]
        order = np.lexsort((column, row))
        return Sparse(Edges(row[order], column[order], self.edges.score[order]))


@dataclass(frozen=True, slots=True)
class Blocks:
    """A function that tells the scores of some rows with every column, NaN where none can be."""

    ask: Callable[[Ints], Floats]
    rows: Ints
    columns: Ints

    @classmethod
    def of(cls, ask: Callable[[Ints], Floats], rows: int, columns: int) -> "Blocks":
        """For so many rows and columns."""
        return cls(ask, np.arange(rows), np.arange(columns))

    @classmethod
    def dense(cls, matrix: ArrayLike) -> "Blocks":
        """A matrix, NaN where none can be.

        Examples
        --------
        >>> [block.score.tolist() for block in Blocks.dense([[1.5, np.nan], [0, -2]]).blocks()]
        [[1500000, 0, -2000000]]
        """
        known = np.asarray(matrix, np.float64)
        return cls.of(lambda rows: known[rows], *known.shape)

    def blocks(self) -> Iterator[Edges]:
        """All candidates, block by block."""
        step = max(1, AT_ONCE // max(1, self.columns.size))
        for start in range(0, self.rows.size, step):
            block = self.ask(self.rows[start : start + step])[:, self.columns]
            row, column = np.nonzero(~np.isnan(block))
            yield Edges(row + start, column, in_units(block[row, column]))

    def ordered(self, rows: Ints, columns: Ints) -> "Blocks":
        """The same with both sides in another order."""
        return replace(self, rows=self.rows[rows], columns=self.columns[columns])


@dataclass(frozen=True, slots=True)
class Without:
    """Scores without some pairs, which are given as row × columns + column, sorted."""

    scores: Scores
    barred: Ints
    columns: int

    def blocks(self) -> Iterator[Edges]:
        """All candidates that are left, block by block."""
        for edges in self.scores.blocks():
            if not self.barred.size:
                yield edges
                continue
            key = edges.row * self.columns + edges.column
            yield edges.at(~np.isin(key, self.barred))


def best_of_each(group: Ints, value: Ints, count: int) -> Ints:
    """Where the greatest values of each group stand, so many of each.

    Examples
    --------
    >>> best_of_each(np.array([0, 0, 0, 1]), np.array([5, 7, 6, 1]), 2).tolist()
    [1, 2, 3]
    """
    order = np.lexsort((-value, group))
    sorted_ = group[order]
    new = np.ones(sorted_.size, bool)
    new[1:] = sorted_[1:] != sorted_[:-1]
    begin = np.flatnonzero(new)
    rank = np.arange(sorted_.size) - np.repeat(begin, np.diff(np.append(begin, sorted_.size)))
    return order[rank < count]


def best_of_both(edges: Edges, value: Ints, each: int) -> Ints:
    """Where the best candidates of each row and of each column stand."""
    return np.union1d(
        best_of_each(edges.row, value, each), best_of_each(edges.column, value, each)
    )
