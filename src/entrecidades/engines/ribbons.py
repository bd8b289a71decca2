"""Ribbons between two columns: who is joined with whom, and how strongly, with few crossings.

The engine knows numbers of places only; words and colours are for whoever draws.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ribbon:
    """One join: where it leaves the left column and where it reaches the right one."""

    left: int
    right: int
    from_y: tuple[float, float]
    to_y: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Ribbons:
    """A drawing: the span of every place of both columns, the ribbons, and the height of all."""

    lefts: tuple[tuple[float, float], ...]
    rights: tuple[tuple[float, float], ...]
    ribbons: tuple[Ribbon, ...]
    height: float


def ribbons(
    joins: Sequence[tuple[int, int, float]],
    lefts: int,
    rights: int,
    *,
    unit: float = 18.0,
    gap: float = 6.0,
) -> Ribbons:
    """Lay joins (left, right, how much) out; the right column follows the left one's order.

    Examples
    --------
    >>> told = ribbons([(0, 1, 1.0), (1, 0, 1.0)], 2, 2, unit=10, gap=2)
    >>> told.rights
    ((12.0, 22.0), (0.0, 10.0))
    >>> told.height
    22.0
    """
    left, right = np.zeros(lefts), np.zeros(rights)
    for one, other, much in joins:
        left[one] += much
        right[other] += much
    order = _by_centre(joins, np.arange(lefts, dtype=np.float64), rights)
    spans = (
        _spans(left, np.arange(lefts), unit, gap),
        _spans(right, order, unit, gap),
    )
    drawn = _drawn(joins, spans, unit)
    ends = [end for column in spans for _start, end in column]
    return Ribbons(spans[0], spans[1], drawn, max(ends, default=0.0))


def _by_centre(
    joins: Sequence[tuple[int, int, float]], position: Floats, rights: int
) -> NDArray[np.int64]:
    """The right column, each where the middle of those it is joined with stands."""
    pull, weight = np.zeros(rights), np.zeros(rights)
    for one, other, much in joins:
        pull[other] += position[one] * much
        weight[other] += much
    centre = np.where(weight > 0, pull / np.maximum(weight, 1e-9), np.inf)
    return np.argsort(centre, kind="stable")


def _spans(
    sizes: Floats, order: NDArray[np.int64], unit: float, gap: float
) -> tuple[tuple[float, float], ...]:
    """Where each place of a column begins and ends."""
    spans = [(0.0, 0.0)] * sizes.size
    at = 0.0
    for index in order.tolist():
        tall = max(float(sizes[index]), 1.0) * unit
        spans[index] = (at, at + tall)
        at += tall + gap
    return tuple(spans)


def _drawn(
    joins: Sequence[tuple[int, int, float]],
    spans: tuple[tuple[tuple[float, float], ...], ...],
    unit: float,
) -> tuple[Ribbon, ...]:
    """The ribbons, stacked at each end in the order of the other end."""
    used: tuple[dict[int, float], dict[int, float]] = ({}, {})
    ends: list[dict[int, tuple[float, float]]] = [{}, {}]
    for side in (0, 1):
        other = 1 - side
        order = sorted(
            range(len(joins)), key=lambda at: (spans[other][int(joins[at][other])][0], at)
        )
        for at in order:
            place, tall = int(joins[at][side]), joins[at][2] * unit
            start = spans[side][place][0] + used[side].get(place, 0.0)
            used[side][place] = used[side].get(place, 0.0) + tall
            ends[side][at] = (start, start + tall)
    return tuple(
        Ribbon(int(one), int(other), ends[0][at], ends[1][at])
        for at, (one, other, _much) in enumerate(joins)
    )
