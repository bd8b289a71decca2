"""Sparse tables: for each row a few columns with a value, as three flat arrays."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, slots=True)
class Sparse:
    """A compressed table of rows.

    Attributes
    ----------
    starts : int64[rows + 1]
        Row ``i`` owns the entries ``starts[i]:starts[i + 1]``.
    columns : int32[entries]
        Ascending within a row, each column once.
    values : float32[entries]

    Examples
    --------
    Maputo (row 0) needs themes 3 and 7, Curitiba (row 1) none, Torino (row 2) theme 3:

    >>> needs = Sparse.of([0, 0, 2], [7, 3, 3], [1.0, 0.5, 1.0], rows=3)
    >>> needs.columns.tolist(), needs.row(0)[1].tolist()
    ([3, 7, 3], [0.5, 1.0])
    >>> needs.transposed(8).row(3)[0].tolist()
    [0, 2]
    """

    starts: NDArray[np.int64]
    columns: NDArray[np.int32]
    values: NDArray[np.float32]

    @classmethod
    def of(cls, row: ArrayLike, column: ArrayLike, value: ArrayLike, *, rows: int) -> Self:
        """Build from entries in any order; values of the same cell are added."""
        owner = np.asarray(row, np.int64)
        other = np.asarray(column, np.int64)
        width = int(other.max()) + 1 if other.size else 1
        cells, where = np.unique(owner * width + other, return_inverse=True)
        weights = np.broadcast_to(np.asarray(value, np.float64), owner.shape)
        sums = np.bincount(where, weights, minlength=cells.size)
        starts = np.searchsorted(cells, np.arange(rows + 1) * width)
        return cls(starts, (cells % width).astype(np.int32), sums.astype(np.float32))

    @classmethod
    def empty(cls, rows: int) -> Self:
        """A table of that many rows without entries."""
        return cls.of([], [], [], rows=rows)

    def __len__(self) -> int:
        return self.starts.size - 1

    def row(self, index: int) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
        """Columns and values of one row."""
        entries = slice(self.starts[index], self.starts[index + 1])
        return self.columns[entries], self.values[entries]

    def entries(self, rows: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Where the entries of several rows lie: (position in ``rows``, entry)."""
        wanted = np.asarray(rows, np.int64)
        first = self.starts[wanted]
        counts = self.starts[wanted + 1] - first
        owner = np.arange(wanted.size).repeat(counts)
        entry = (first - counts.cumsum() + counts).take(owner)
        entry += np.arange(owner.size)
        return owner, entry

    def rows(
        self, rows: ArrayLike
    ) -> tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.float32]]:
        """Several rows laid end to end: (position in ``rows``, column, value)."""
        owner, entry = self.entries(rows)
        return owner, self.columns.take(entry), self.values.take(entry)

    def owners(self) -> NDArray[np.int64]:
        """The row of each entry."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def transposed(self, columns: int) -> Self:
        """The same entries by column; ``columns`` is how many there are."""
        order = np.argsort(self.columns, kind="stable")
        starts = np.searchsorted(self.columns[order], np.arange(columns + 1))
        return type(self)(
            starts.astype(np.int64), self.owners()[order].astype(np.int32), self.values[order]
        )

    def with_row(self, index: int, columns: ArrayLike, values: ArrayLike) -> Self:
        """A copy in which one row is another."""
        new, weights = np.asarray(columns, np.int32), np.asarray(values, np.float32)
        order = np.argsort(new)
        before, after = self.starts[index], self.starts[index + 1]
        starts = np.array(self.starts)
        starts[index + 1 :] += new.size - (after - before)
        return type(self)(
            starts,
            np.concatenate([self.columns[:before], new[order], self.columns[after:]]),
            np.concatenate([self.values[:before], weights[order], self.values[after:]]),
        )

    def __iter__(self) -> Iterator[tuple[NDArray[np.int32], NDArray[np.float32]]]:
        return (self.row(index) for index in range(len(self)))
