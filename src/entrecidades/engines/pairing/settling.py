"""Of several pairings that are worth the same, always the same one.

Which pairings are best shows in the prices: a candidate worth less than what it uses is in none,
one worth more is in all, and a limit that has a price is used up. Among those pairings the one is
taken that has the greatest sum of lots; a lot is drawn from the two names alone, between one and
two, so that more pairs come before fewer. Neither the order of the input nor the solver's way
can change it.
"""

import hashlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from entrecidades.engines.pairing.prices import Prices
from entrecidades.engines.pairing.program import Program
from entrecidades.engines.pairing.sides import Ints, Problem
from entrecidades.engines.pairing.sources import Edges, Floats

# Lots differ by more than what a solver overlooks.
SCALE = 1024.0
ODD = np.uint64(0x9E3779B97F4A7C15)
MIX = (np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB))


def lots(problem: Problem, edges: Edges) -> Floats:
    """The lot of each candidate, from the names of the two.

    Examples
    --------
    >>> from entrecidades.engines.pairing.sides import Side
    >>> problem = Problem(Side.of(["Lyon"]), Side.of(["Natal", "Recife"]))
    >>> drawn = lots(problem, Edges(*np.array([[0, 0], [0, 1], [5, 5]])))
    >>> bool((1 <= drawn).all() and (drawn < 2).all() and drawn[0] != drawn[1])
    True
    """
    row, column = _numbers(problem.rows.keys), _numbers(problem.columns.keys)
    mixed = row[edges.row] * ODD + column[edges.column]
    for shift, factor in zip((30, 27), MIX, strict=True):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * factor
    mixed ^= mixed >> np.uint64(31)
    return np.asarray(1 + (mixed >> np.uint64(34)).astype(np.float64) / 2**30)


def _numbers(keys: Iterable[str]) -> NDArray[np.uint64]:
    """A number for each name, the same on every machine."""
    digests = [hashlib.blake2b(key.encode(), digest_size=8).digest() for key in keys]
    return np.frombuffer(b"".join(digests), "<u8")


def settle(problem: Problem, edges: Edges, chosen: Ints, prices: Prices, tight: Edges) -> Edges:
    """The pairs of the one best pairing that the lots choose.

    Parameters
    ----------
    edges, chosen : candidates, and which of them are a best pairing
    tight : all candidates that are worth exactly what they use
    """
    pairs = edges.at(chosen)
    use = (
        prices.of_rows(problem.rows)[pairs.row] + prices.of_columns(problem.columns)[pairs.column]
    )
    sure = pairs.at(pairs.score > use)
    if len(tight) + len(sure) == len(pairs):
        return pairs
    free = sure.and_(tight)
    program = Program(problem)
    program.add(free, cost=SCALE * lots(problem, free), fixed=np.arange(len(free)) < len(sure))
    program.use_up(prices)
    program.solve()
    found = free.at(program.chosen())
    return found if found.score.sum() == pairs.score.sum() else pairs
