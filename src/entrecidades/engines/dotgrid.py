"""Places gathered into a honeycomb of dots, and the dots written as SVG paths.

A run of neighbouring dots is one horizontal line whose dashes have no length
and whose caps are round: each dash shows as a dot. Two hundred thousand places
so become a drawing of about twelve kilobytes.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entrecidades.engines import svg

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: Drawing units from one dot to the next, and from one row to the next.
STEP, ROW = 2.0, 1.75
#: A run starts half a unit before its first dot; see ``dots_path``.
INSET = 0.5
#: Share of the dots below each level: most places are small.
SHARES = (0.45, 0.80, 0.95)
_STRIDE = 1 << 20


@dataclass(frozen=True, slots=True)
class Dots:
    """Occupied cells of the honeycomb, by row and then by column.

    ``row`` and ``column`` are indices from zero, ``level`` runs from 0 (few
    people) to 3 (many), ``weight`` is the sum over the places in the cell.
    """

    row: Integers
    column: Integers
    weight: Floats
    level: Integers


def dots_of(x: Floats, y: Floats, weight: Floats) -> Dots:
    """Gather points into the cells of a honeycomb.

    Parameters
    ----------
    x, y : ndarray of shape (n,)
        Positions in drawing units, zero or more.
    weight : ndarray of shape (n,)
        People of each place, zero or more.

    Returns
    -------
    Dots
        One entry for each occupied cell. A cell with more weight never has a
        lower level than one with less.

    Examples
    --------
    Maputo and Matola fall into one cell, Beira into another.

    >>> dots = dots_of(np.array([2.0, 2.2, 5.2]), np.array([3.5, 3.4, 0.1]),
    ...                np.array([1.1e6, 1.0e6, 0.5e6]))
    >>> dots.row.tolist(), dots.column.tolist(), dots.weight.tolist()
    ([0, 2], [3, 1], [500000.0, 2100000.0])
    """
    row = np.rint(y / ROW).astype(np.int64)
    column = np.rint((x - _shift(row)) / STEP).astype(np.int64)
    cells, cell_of = np.unique(row * _STRIDE + column, return_inverse=True)
    total = np.bincount(cell_of, weights=weight, minlength=cells.size).astype(np.float64)
    bounds = np.quantile(total, SHARES) if cells.size else np.zeros(len(SHARES))
    level = np.searchsorted(bounds, total, side="left")
    return Dots(cells // _STRIDE, cells % _STRIDE, total, level.astype(np.int64))


def dots_path(dots: Dots, level: int) -> str:
    """Write the dots of one level as the data of a path.

    Draw it with ``stroke-linecap="round"``, ``stroke-dasharray="0 2"`` and
    ``stroke-dashoffset="-.5"``. The offset keeps every dot clear of the ends of
    its run, where renderers disagree on whether a dash of no length is drawn.

    Examples
    --------
    Two neighbours and a single dot one row below:

    >>> two, one = np.array([0, 0, 1]), np.array([3, 4, 3])
    >>> dots_path(Dots(two, one, np.ones(3), np.zeros(3, np.int64)), 0)
    'm6 0h4m-3 1.75h2'
    """
    chosen = dots.level == level
    row, column = dots.row[chosen], dots.column[chosen]
    starts = np.flatnonzero((np.diff(row, prepend=-9) != 0) | (np.diff(column, prepend=-9) != 1))
    lengths = np.diff(np.append(starts, row.size)) * int(STEP)
    left = column[starts] * int(STEP) + _shift(row[starts]).astype(np.int64)
    across = np.diff(left, prepend=0) - np.concatenate([[0], lengths[:-1]])[: starts.size]
    down = np.diff(row[starts], prepend=0)
    steps = zip(across.tolist(), down.tolist(), lengths.tolist(), strict=True)
    return "".join(f"m{dx}{_down(dy)}h{length}" for dx, dy, length in steps)


def _shift(row: Integers) -> Floats:
    """Move every other row by half a step, as in a honeycomb."""
    shift: Floats = (row % 2).astype(np.float64) * (STEP / 2.0)
    return shift


def _down(rows: int) -> str:
    """Write a step of some rows, with a blank only where SVG needs one."""
    written = svg.number(rows * ROW, 2)
    return written if written.startswith("-") else f" {written}"
