"""The first look at all candidates: how many there are, and with which to begin."""

from dataclasses import dataclass

import numpy as np

from entrecidades.engines.pairing.auction import CELLS, column_prices
from entrecidades.engines.pairing.sides import Ints, Problem
from entrecidades.engines.pairing.sources import Bools, Edges, Scores, best_of_both

LEAST = np.iinfo(np.int64).min


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the first look found.

    Attributes
    ----------
    edges : all candidates if they are few, or else the best of each row and column
    pins : the pairs that must be, with their scores
    count : how many candidates there are
    row_best, column_best : the greatest score of each; ``LEAST`` for none
    """

    edges: Edges
    pins: Edges
    count: int
    row_best: Ints
    column_best: Ints


def gather(problem: Problem, scores: Scores, each: int) -> Gathered:
    """Look once at all candidates; pins and forbidden pairs are none."""
    width = len(problem.columns)
    pins = _keys(problem.pins, width)
    barred = np.union1d(pins, _keys(problem.forbids, width))
    best = np.full(len(problem.rows), LEAST), np.full(width, LEAST)
    kept, pinned, count = Edges.none(), Edges.none(), 0
    for block in scores.blocks():
        key = block.row * width + block.column
        pinned = pinned.and_(block.at(np.isin(key, pins)))
        edges = block.at(~np.isin(key, barred)) if barred.size else block
        np.maximum.at(best[0], edges.row, edges.score)
        np.maximum.at(best[1], edges.column, edges.score)
        count += len(edges)
        kept = kept.and_(edges)
        if len(kept) > CELLS:
            kept = kept.at(best_of_both(kept, kept.score, each))
    return Gathered(kept, _all_pins(pins, pinned, width), count, *best)


def _keys(links: tuple[tuple[int, int], ...], width: int) -> Ints:
    """One number for each pair, sorted."""
    return np.array(sorted({row * width + column for row, column in links}), np.int64)


def _all_pins(pins: Ints, scored: Edges, width: int) -> Edges:
    """Every pin; one without a score is worth nothing."""
    score = dict(
        zip((scored.row * width + scored.column).tolist(), scored.score.tolist(), strict=True)
    )
    worth = np.array([score.get(key, 0) for key in pins.tolist()], np.int64)
    return Edges(pins // width, pins % width, worth) if pins.size else Edges.none()


def promising(problem: Problem, edges: Edges, each: int) -> Edges:
    """The candidates with which the solver is to begin."""
    once: Bools = np.concatenate([problem.rows.capacity, problem.columns.capacity])
    if not len(edges) or (once > 1).any():
        return edges.at(best_of_both(edges, edges.score, each))
    price = column_prices(edges, len(problem.rows), len(problem.columns))
    gain = edges.score - price[edges.column]
    best = np.zeros(len(problem.rows), np.int64)
    np.maximum.at(best, edges.row, gain)
    return edges.at(best_of_both(edges, gain - best[edges.row], 4))
