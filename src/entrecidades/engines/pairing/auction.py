"""A quick auction whose prices tell which candidates matter; the solver proves the rest.

Rows bid for columns, all at once, with ever finer steps. What comes out is almost optimal, and
the candidates near its prices are few; given only those, the solver needs seconds where all, or
the best by score alone, cost it minutes.
"""

import numpy as np

from entrecidades.engines.pairing.sides import Ints
from entrecidades.engines.pairing.sources import Bools, Edges, Floats, best_of_each

CELLS = 2_000_000
STEPS = (10, 50, 250, 1250, 6000)
ROUNDS = 3_000


def column_prices(edges: Edges, rows: int, columns: int) -> Ints:
    """What each column would cost; rows and columns may be paired once each.

    Examples
    --------
    Both want the first city more than the second, by 800 and by 100; whoever gives way does so
    only once it costs that much more:

    >>> edges = Edges(*np.array([[0, 0, 1, 1], [0, 1, 0, 1], [900, 100, 800, 700]]))
    >>> first, second = column_prices(edges, 2, 2)
    >>> bool(100 <= first - second <= 800)
    True
    """
    if not len(edges):
        return np.zeros(columns, np.int64)
    column, score = _table(edges, rows)
    price = np.zeros(columns)
    span = float(edges.score.max() - min(0, edges.score.min()))
    for number, step in enumerate(STEPS):
        owner = _bid(column, score, price, max(span / step, 1.0))
        if number < len(STEPS) - 1:
            # Prices that a coarse step drove too high may fall again, and unsold ones to nothing.
            price[:] = np.maximum(price - 2 * span / step, 0) * (owner >= 0)
    return np.rint(price).astype(np.int64)


def _table(edges: Edges, rows: int) -> tuple[Ints, Floats]:
    """Candidates as a table, the best of each row as far as they fit; -inf where there is none."""
    width = min(int(np.bincount(edges.row, minlength=rows).max()), max(2, CELLS // rows))
    kept = edges.at(best_of_each(edges.row, edges.score, width))
    begin = np.searchsorted(kept.row, np.arange(rows))
    place = np.arange(len(kept)) - begin[kept.row]
    column, score = np.zeros((rows, width), np.int64), np.full((rows, width), -np.inf)
    column[kept.row, place], score[kept.row, place] = kept.column, kept.score
    return column, score


def _bid(column: Ints, score: Floats, price: Floats, step: float) -> Ints:
    """Bid until everybody has a column or wants none; changes the prices, returns the owners."""
    owner = np.full(price.size, -1, np.int64)
    waiting: Ints = np.arange(score.shape[0])
    for _round in range(ROUNDS):
        value = score[waiting] - price[column[waiting]]
        choice = value.argmax(axis=1)
        at = np.arange(waiting.size)
        first = value[at, choice]
        value[at, choice] = -np.inf
        second = value.max(axis=1).clip(0)
        wants = first > 0
        waiting = waiting[wants]
        if not waiting.size:
            break
        wanted = column[waiting, choice[wants]]
        waiting = _sell(owner, price, waiting, wanted, (first - second)[wants] + step)
        if not waiting.size:
            break
    return owner


def _sell(owner: Ints, price: Floats, bidder: Ints, wanted: Ints, bid: Floats) -> Ints:
    """Give each column to its highest bidder; returns who waits now."""
    order = np.lexsort((-bid, wanted))
    ranked = wanted[order]
    new: Bools = np.ones(ranked.size, bool)
    new[1:] = ranked[1:] != ranked[:-1]
    won, sold = order[new], ranked[new]
    before = owner[sold]
    owner[sold] = bidder[won]
    price[sold] += bid[won]
    lost: Bools = np.ones(bidder.size, bool)
    lost[won] = False
    return np.concatenate([bidder[lost], before[before >= 0]])
