"""Pairing: many cities with many cities, as well as can be, with a proof.

1. ``Side.of(keys, capacity=1, regions=None, least=0, most=None)`` for each side,
   ``Problem(rows, columns, pins=(), forbids=(), most=None)``.
2. Scores: ``Blocks.dense(matrix)`` (NaN where none can be), ``Sparse.of(row, column, score)``, or
   ``Blocks.of(function, rows, columns)`` for more than fits into memory.
3. ``pair(problem, scores)`` → ``Answer``: pairs, total, bound, gap; what each pair's best
   alternative would cost, who is left over and why, and how each region fares.

Sums are exact: scores count in whole millionths. The bound is computed from the solver's prices
over every candidate, also those it was never given; a bound equal to the total is a proof that
does not lean on the solver. What contradicts itself is refused by ``Contradictory``, which names
everything at once.
"""

from entrecidades.engines.pairing.answers import Answer, LeftOver, Pair, RegionShare, Why
from entrecidades.engines.pairing.checks import Contradiction, Contradictory, Rule
from entrecidades.engines.pairing.sides import GREATEST, Problem, Side
from entrecidades.engines.pairing.solving import pair
from entrecidades.engines.pairing.sources import Blocks, Scores, ScoreTooLarge, Sparse

__all__ = [
    "GREATEST",
    "Answer",
    "Blocks",
    "Contradiction",
    "Contradictory",
    "LeftOver",
    "Pair",
    "Problem",
    "RegionShare",
    "Rule",
    "ScoreTooLarge",
    "Scores",
    "Side",
    "Sparse",
    "Why",
    "pair",
]
