"""Pair the rows with the columns as well as can be, and prove it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from entrecidades.engines.pairing.answers import Answer, LeftOver, Pair, RegionShare, Why
from entrecidades.engines.pairing.checks import check, without_pins
from entrecidades.engines.pairing.gathering import LEAST, Gathered, gather, promising
from entrecidades.engines.pairing.greedy import greedy
from entrecidades.engines.pairing.growing import Grown, Told, grow, unheard
from entrecidades.engines.pairing.prices import Prices, limited, look
from entrecidades.engines.pairing.regrets import MOST_NODES, Regret, regrets
from entrecidades.engines.pairing.settling import settle
from entrecidades.engines.pairing.sides import NO_REGION, UNIT, Ints, Problem, Side
from entrecidades.engines.pairing.sources import Edges, Known, Scores, Without, best_of_both

FIRST = 30


@dataclass(frozen=True, slots=True)
class _Case:
    """A problem in the order of its names, what its pins leave of it, and the first look."""

    whole: Problem
    left: Problem
    orders: tuple[Ints, Ints]
    scores: Known
    found: Gathered


def pair(
    problem: Problem,
    scores: Scores,
    *,
    first: Callable[[Answer], None] | None = None,
    told: Told = unheard,
    candidates: int = FIRST,
    alternatives: bool = True,
) -> Answer:
    """The best pairing among all candidates, with its proof; the same whatever the order.

    Parameters
    ----------
    problem : the sides, their limits, pins and forbidden pairs
    scores : what each pair is worth
    first : is given a quick first answer, without a proof, before the solver begins
    told : is told how far it is, as (stage, done, total)
    candidates : with how many of each the solver begins where not all can be kept in memory;
        it never changes the answer, since all others are looked at before it is final
    alternatives : whether each pair's best alternative is computed, where not too many

    Returns
    -------
    Answer
        ``bound`` is computed in whole millionths from the solver's prices over every candidate.

    Raises
    ------
    Contradictory
        Pins, forbidden pairs and limits cannot hold together; it names all that do not.

    Examples
    --------
    Torino suits Recife best, and Bari suits Natal; yet Torino with Natal and Bari with Recife are
    worth more together:

    >>> from entrecidades.engines.pairing.sources import Blocks
    >>> sides = Side.of(["Torino", "Bari"]), Side.of(["Recife", "Natal"])
    >>> answer = pair(Problem(*sides), Blocks.dense([[9, 8], [7, 3]]))
    >>> [(one.row, one.column, one.score, one.regret) for one in answer.pairs]
    [(0, 1, 8.0, 3.0), (1, 0, 7.0, 3.0)]
    >>> answer.total, answer.bound, answer.gap, answer.proven
    (15.0, 15.0, 0.0, True)
    """
    check(problem)
    told("candidates", 0, 1)
    case = _case(problem, scores, candidates)
    told("candidates", 1, 1)
    quick = case.found.edges.at(best_of_both(case.found.edges, case.found.edges.score, candidates))
    taken = quick.at(greedy(case.left, quick))
    if first is not None:
        first(_answer(case, taken, None, None))
    start = promising(case.left, case.found.edges, candidates).and_(taken)
    grown = grow(case.left, case.scores, start, told)
    pairs, tight = _settled(case, grown)
    losses = None
    if alternatives and grown.look.bound == grown.total and tight and _few(case.left):
        told("alternatives", 0, 1)
        losses = regrets(case.left, _all(case.scores), pairs, grown.prices)
        told("alternatives", 1, 1)
    return _answer(case, pairs, grown, losses)


def _case(problem: Problem, scores: Scores, candidates: int) -> _Case:
    """Everything in the order of the names, so that no other order can play a part."""
    orders = tuple(
        np.array(sorted(range(len(side)), key=side.keys.__getitem__), np.int64)
        for side in (problem.rows, problem.columns)
    )
    whole = problem.ordered(*orders)
    sorted_ = scores.ordered(*orders)
    barred = sorted(
        {row * len(whole.columns) + column for row, column in whole.pins + whole.forbids}
    )
    free = Without(sorted_, np.array(barred, np.int64), len(whole.columns))
    found = gather(whole, sorted_, candidates)
    return _Case(whole, without_pins(whole), (orders[0], orders[1]), free, found)


def _settled(case: _Case, grown: Grown) -> tuple[Edges, bool]:
    """The pairs that the lots choose among the best; and whether they could."""
    pairs = grown.edges.at(grown.chosen)
    if grown.look.bound != grown.total:
        return pairs, False
    seen = look(case.left, case.scores.blocks(), grown.prices, ties=True)
    if seen.tight is None:
        return pairs, True
    return settle(case.left, grown.edges, grown.chosen, grown.prices, seen.tight), True


def _few(problem: Problem) -> bool:
    """Whether all ways around all pairs can be looked through."""
    sides = (problem.rows, problem.columns)
    return sum(len(side) + len(side.regions) for side in sides) <= MOST_NODES


def _all(scores: Known) -> Edges:
    """All candidates at once."""
    edges = Edges.none()
    for block in scores.blocks():
        edges = edges.and_(block)
    return edges


def _answer(case: _Case, pairs: Edges, grown: Grown | None, losses: list[Regret] | None) -> Answer:
    """The answer in the order in which everything was given."""
    rows, columns = case.orders
    pins, all_pairs = case.found.pins, pairs.and_(case.found.pins)
    made = [Pair(*_ends(case, pins, at), pinned=True) for at in range(len(pins))]
    for at in range(len(pairs)):
        one = Pair(*_ends(case, pairs, at))
        made.append(one if losses is None else _with(one, losses[at], columns))
    pinned = int(pins.score.sum())
    prices = grown.prices if grown else None
    return Answer(
        pairs=tuple(sorted(made, key=lambda one: (one.row, one.column))),
        total=int(all_pairs.score.sum()) / UNIT,
        bound=None if grown is None else (grown.look.bound + pinned) / UNIT,
        rows_left=_left(case, 0, all_pairs.row, rows, prices),
        columns_left=_left(case, 1, all_pairs.column, columns, prices),
        row_regions=_shares(case.whole.rows, all_pairs.row),
        column_regions=_shares(case.whole.columns, all_pairs.column),
        candidates=case.found.count,
        considered=len(grown.edges) if grown else 0,
        final=grown is not None,
    )


def _ends(case: _Case, edges: Edges, at: int) -> tuple[int, int, float]:
    """A pair as it was given, and its score."""
    rows, columns = case.orders
    score = int(edges.score[at]) / UNIT
    return int(rows[edges.row[at]]), int(columns[edges.column[at]]), score


def _with(one: Pair, regret: Regret, columns: Ints) -> Pair:
    """A pair with its best alternative."""
    return replace(
        one,
        regret=None if regret.loss is None else regret.loss / UNIT,
        instead=None if regret.instead < 0 else int(columns[regret.instead]),
        needed=regret.loss is None,
    )


def _left(
    case: _Case, number: int, paired: Ints, order: Ints, prices: Prices | None
) -> tuple[LeftOver, ...]:
    """Those without a pair, and why; nobody is told why before the solver is done."""
    side = (case.whole.rows, case.whole.columns)[number]
    best = (case.found.row_best, case.found.column_best)[number]
    without = np.setdiff1d(np.flatnonzero(side.capacity > 0), paired).tolist()
    barred = {link[number] for link in case.whole.forbids}
    found = []
    for index in without:
        why = Why.OUTBID
        if best[index] == LEAST:
            why = Why.FORBIDDEN if index in barred else Why.NO_CANDIDATE
        elif best[index] <= 0:
            why = Why.NOTHING_GAINED
        elif prices is not None:
            why = _limit(side, (prices.row_region, prices.column_region)[number], index, prices)
        found.append(LeftOver(int(order[index]), why))
    return tuple(sorted(found, key=lambda one: one.index))


def _limit(side: Side, of_regions: Ints, index: int, prices: Prices) -> Why:
    """Which limit has a price that keeps one out."""
    region = int(side.region[index])
    if region != NO_REGION and of_regions[region] > 0:
        return Why.REGION_FULL
    return Why.LIMIT if prices.total > 0 else Why.OUTBID


def _shares(side: Side, paired: Ints) -> tuple[RegionShare, ...]:
    """How each region fares."""
    region = side.region[paired]
    pairs = np.bincount(region[region != NO_REGION], minlength=len(side.regions))
    places = np.bincount(side.region[side.region != NO_REGION], minlength=len(side.regions))
    return tuple(
        RegionShare(
            name,
            int(pairs[number]),
            int(places[number]),
            int(side.least[number]),
            int(side.most[number]) if limited(side.most[number]) else None,
        )
        for number, name in enumerate(side.regions)
    )
