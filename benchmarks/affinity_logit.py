"""An additive conditional logit with smoothed bins, fitted with NumPy alone."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Fitted = dict[str, NDArray[np.float64]]

SMOOTH, SMALL = 3.0, 0.3
"""Penalties on the difference of neighbouring bins, and on the size of gains."""

STEPS, MEMORY = 150, 12
SHORTEST = 1e-9


class Logit:
    """Loss and slope of tables, given what was observed for each question."""

    def __init__(
        self,
        bins: dict[str, NDArray[np.uint16]],
        shapes: dict[str, tuple[int, int]],
        offsets: NDArray[np.float64],
        lengths: NDArray[np.int64],
    ) -> None:
        self.bins = {name: column.astype(np.int64) for name, column in bins.items()}
        self.shapes = shapes
        self.offsets = offsets
        self.first = np.append(0, np.cumsum(lengths)[:-1])
        self.question = np.repeat(np.arange(lengths.size), lengths)

    def tables(self, weights: NDArray[np.float64]) -> Fitted:
        """The tables that lie end to end in ``weights``."""
        sizes = [np.prod(shape) for shape in self.shapes.values()]
        parts = np.split(weights, np.cumsum(sizes)[:-1])
        return {
            name: part.reshape(shape)
            for (name, shape), part in zip(self.shapes.items(), parts, strict=True)
        }

    def __call__(self, weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        """Loss and slope."""
        tables = self.tables(weights)
        score = self.offsets.copy()
        for name, column in self.bins.items():
            score += tables[name].ravel()[column]
        top = np.maximum.reduceat(score, self.first)
        chance = np.exp(score - top[self.question])
        total = np.add.reduceat(chance, self.first)
        loss = -float((score[self.first] - top - np.log(total)).sum())
        chance /= total[self.question]
        chance[self.first] -= 1
        slopes = []
        for name, table in tables.items():
            slope = np.bincount(self.bins[name], chance, minlength=table.size)
            penalty, pull = roughness(table)
            loss += penalty
            slopes.append(slope + pull.ravel())
        return loss, np.concatenate(slopes)


def roughness(table: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
    """The penalty of a table and its slope."""
    loss, slope = SMALL * float((table**2).sum()), 2 * SMALL * table
    for axis in range(2):
        if table.shape[axis] > 1:
            step = np.diff(table, axis=axis)
            loss += SMOOTH * float((step**2).sum())
            edge = np.zeros_like(np.take(step, [0], axis=axis))
            padded = np.concatenate([edge, step, edge], axis=axis)
            slope -= 2 * SMOOTH * np.diff(padded, axis=axis)
    return loss, slope


def fit(
    bins: dict[str, NDArray[np.uint16]],
    shapes: dict[str, tuple[int, int]],
    offsets: NDArray[np.float64],
    lengths: NDArray[np.int64],
) -> tuple[Fitted, float]:
    """The tables with the least loss, and the loss per question."""
    logit = Logit(bins, shapes, offsets, lengths)
    start = np.zeros(sum(int(np.prod(shape)) for shape in shapes.values()))
    weights, loss = least(logit, start)
    return logit.tables(weights), loss / lengths.size


def least(
    objective: Callable[[NDArray[np.float64]], tuple[float, NDArray[np.float64]]],
    start: NDArray[np.float64],
) -> tuple[NDArray[np.float64], float]:
    """Minimise a convex function by the limited-memory BFGS method."""
    point = start
    loss, slope = objective(point)
    moves: list[NDArray[np.float64]] = []
    turns: list[NDArray[np.float64]] = []
    for _ in range(STEPS):
        way = direction(slope, moves, turns)
        length = 1.0 if moves else 1.0 / max(float(np.linalg.norm(slope)), 1.0)
        there, new_loss, new_slope = descended(objective, (point, loss, slope), way, length)
        if loss - new_loss < 1e-7 * abs(loss):
            return there, new_loss
        moves, turns = [*moves, there - point][-MEMORY:], [*turns, new_slope - slope][-MEMORY:]
        point, loss, slope = there, new_loss, new_slope
    return point, loss


def direction(
    slope: NDArray[np.float64],
    moves: list[NDArray[np.float64]],
    turns: list[NDArray[np.float64]],
) -> NDArray[np.float64]:
    """The way down that the last moves suggest."""
    way = -slope
    pulls = []
    for move, turn in zip(reversed(moves), reversed(turns), strict=True):
        pull = float(move @ way) / float(move @ turn)
        way = way - pull * turn
        pulls.append(pull)
    if moves:
        way = way * float(moves[-1] @ turns[-1]) / float(turns[-1] @ turns[-1])
    for move, turn, pull in zip(moves, turns, reversed(pulls), strict=True):
        way = way + move * (pull - float(turn @ way) / float(move @ turn))
    return way


def descended(
    objective: Callable[[NDArray[np.float64]], tuple[float, NDArray[np.float64]]],
    here: tuple[NDArray[np.float64], float, NDArray[np.float64]],
    way: NDArray[np.float64],
    length: float,
) -> tuple[NDArray[np.float64], float, NDArray[np.float64]]:
    """A step along the way that lowers the loss enough, halved until it does."""
    point, loss, slope = here
    fall = float(slope @ way)
    while True:
        there = point + length * way
        new_loss, new_slope = objective(there)
        if new_loss <= loss + 1e-4 * length * fall or length < SHORTEST:
            return there, new_loss, new_slope
        length /= 2
