"""What each pair's best alternative would cost: exactly, by the shortest way around it.

If a pair may not be made, its unit of the flow takes another way. Every step of such a way has a
price that is not negative, once the pairing is proven; the cheapest way costs exactly what the
best pairing without that pair is worth less (Dijkstra from each place that is paired).
"""

from dataclasses import dataclass

import numpy as np

from entrecidades.engines.pairing.prices import Prices
from entrecidades.engines.pairing.sides import NO_REGION, Ints, Problem, Side
from entrecidades.engines.pairing.sources import Bools, Edges, Floats

MOST_NODES = 2_100
"""So many places and regions are looked through; the table of ways is the square of that."""


@dataclass(frozen=True, slots=True)
class Regret:
    """What the best pairing without this pair is worth less, and whom its row would get then.

    ``instead`` is a column, -1 for nobody more. ``loss`` is None where no pairing without the pair
    keeps all limits.
    """

    loss: int | None
    instead: int


def regrets(problem: Problem, candidates: Edges, pairs: Edges, prices: Prices) -> list[Regret]:
    """The regret of each pair, in the order of the pairs."""
    ways = _ways(problem, candidates, pairs, prices)
    rows = len(problem.rows)
    found: dict[tuple[int, int], Regret] = {}
    for row in np.unique(pairs.row).tolist():
        columns = pairs.column[pairs.row == row]
        distance, first = _shortest(ways, row, columns + rows)
        for column in columns.tolist():
            # What the pair is worth beyond the prices of what it uses is lost with it.
            way = distance[column + rows] + ways[column + rows, row]
            step = int(first[column + rows]) - rows
            instead = step if 0 <= step < len(problem.columns) else -1
            loss = None if np.isinf(way) else int(way)
            found[row, column] = Regret(loss, instead)
    return [
        found[row, column]
        for row, column in zip(pairs.row.tolist(), pairs.column.tolist(), strict=True)
    ]


def _ways(problem: Problem, candidates: Edges, pairs: Edges, prices: Prices) -> Floats:
    """The table of steps: rows, columns, their regions, where pairs come from and where they end.

    A step along a limit is there while the limit leaves room; back, while there is something to
    take back. What has a price is used up, so each step costs at least nothing.
    """
    rows, columns = problem.rows, problem.columns
    sizes = (len(rows), len(columns), len(rows.regions), len(columns.regions))
    first = np.cumsum([0, *sizes]).tolist()
    source, sink = first[4], first[4] + 1
    ways = np.full((sink + 1, sink + 1), np.inf)
    gain = (
        candidates.score
        - prices.of_rows(rows)[candidates.row]
        - prices.of_columns(columns)[candidates.column]
    )
    ways[candidates.row, candidates.column + first[1]] = np.maximum(-gain, 0)
    taken = (pairs.row, pairs.column + first[1])
    ways[taken[::-1]] = 0
    use = prices.of_rows(rows)[pairs.row] + prices.of_columns(columns)[pairs.column]
    ways[taken[::-1]] = np.maximum(pairs.score - use, 0)
    ways[taken] = np.inf
    _side(ways, rows, pairs.row, (prices.row, prices.row_region), (0, first[2], source))
    back = ways.T  # on the other side a unit flows the other way
    _side(
        back,
        columns,
        pairs.column,
        (prices.column, prices.column_region),
        (first[1], first[3], sink),
    )
    if len(pairs) < problem.total:
        ways[sink, source] = 0
    ways[source, sink] = prices.total
    return ways


def _side(
    ways: Floats,
    side: Side,
    paired: Ints,
    price: tuple[Ints, Ints],
    at: tuple[int, int, int],
) -> None:
    """The steps between a side's places, its regions and the end where pairs come from."""
    place, first_region, end = at
    count = np.bincount(paired, minlength=len(side))
    above = np.where(side.region == NO_REGION, end, side.region + first_region)
    here = np.arange(len(side)) + place
    ways[above, here] = np.where(count < side.capacity, 0, np.inf)
    ways[here, above] = np.where(count > 0, price[0], np.inf)
    in_region = np.bincount(
        side.region[paired[side.region[paired] != NO_REGION]], minlength=len(side.regions)
    )
    regions = np.arange(len(side.regions)) + first_region
    ways[end, regions] = np.where(in_region < side.most, np.maximum(-price[1], 0), np.inf)
    ways[regions, end] = np.where(in_region > side.least, np.maximum(price[1], 0), np.inf)


def _shortest(ways: Floats, start: int, targets: Ints) -> tuple[Floats, Ints]:
    """The cost of the cheapest way to some targets, and its first step."""
    distance = ways[start].copy()
    first: Ints = np.arange(distance.size)
    open_: Bools = np.ones(distance.size, bool)
    open_[start] = False
    wanted = set(targets.tolist())
    while wanted:
        here = int(np.where(open_, distance, np.inf).argmin())
        if not open_[here] or np.isinf(distance[here]):
            break
        open_[here] = False
        wanted.discard(here)
        further = distance[here] + ways[here]
        better = open_ & (further < distance)
        distance[better] = further[better]
        first[better] = first[here]
    return distance, first
