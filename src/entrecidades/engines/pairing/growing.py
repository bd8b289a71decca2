"""Solve with few candidates, look whether one that was left out could do better, add it, go on.

When a look finds none, what was found among the few is best among all of them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from entrecidades.engines.pairing.checks import Contradiction, Contradictory, Rule
from entrecidades.engines.pairing.prices import Look, Prices, look
from entrecidades.engines.pairing.program import Program
from entrecidades.engines.pairing.sides import Ints, Problem, Side
from entrecidades.engines.pairing.sources import Edges, Known

Told = Callable[[str, int, int], None]

LOOKS = 200


def unheard(stage: str, done: int, total: int, /) -> None:
    """Nobody listens."""


@dataclass(frozen=True, slots=True)
class Grown:
    """Where the growth ended: the candidates that the solver was given, its pairs, its prices."""

    edges: Edges
    chosen: Ints
    prices: Prices
    look: Look
    looks: int

    @property
    def total(self) -> int:
        """What the pairs are worth, in millionths."""
        return int(self.edges.score[self.chosen].sum())


def grow(problem: Problem, scores: Known, edges: Edges, told: Told = unheard) -> Grown:
    """The best pairing among all candidates, beginning with some of them.

    Raises
    ------
    Contradictory
        The regions cannot have their least numbers.
    """
    edges = _distinct(problem, edges)
    program = Program(problem)
    program.add(edges)
    if not program.solve():
        edges = _meet(problem, scores, edges)
        program = Program(problem)
        program.add(edges)
        program.solve()
    for number in range(1, LOOKS + 1):
        found = look(problem, scores.blocks(), program.prices())
        more = _unknown(problem, found.exceeding, program.edges)
        told("looks", number, number if not len(more) else number + 1)
        if not len(more) or number == LOOKS:
            break
        program.add(more)
        program.solve()
    chosen = np.flatnonzero(program.chosen())
    return Grown(program.edges, chosen, program.prices(), found, number)


def _key(problem: Problem, edges: Edges) -> Ints:
    """One number for each pair."""
    return edges.row * len(problem.columns) + edges.column


def _distinct(problem: Problem, edges: Edges) -> Edges:
    """Each candidate once, in the order of rows and columns."""
    return edges.at(np.unique(_key(problem, edges), return_index=True)[1])


def _unknown(problem: Problem, edges: Edges, known: Edges) -> Edges:
    """Those that the solver was not given yet."""
    fresh = _distinct(problem, edges)
    return fresh.at(~np.isin(_key(problem, fresh), _key(problem, known)))


def _meet(problem: Problem, scores: Known, edges: Edges) -> Edges:
    """Candidates with which all regions can have their least numbers.

    Raises
    ------
    Contradictory
        There are none; it names each region that could not have its number even alone, or
        those that cannot have theirs together.
    """
    lacking = (np.flatnonzero(problem.rows.least), np.flatnonzero(problem.columns.least))
    short, edges = shortage(problem, scores, edges, lacking)
    if not short.sum():
        return edges
    found = list(_alone(problem, scores, edges, lacking))
    raise Contradictory(found or _together(problem, short, lacking))


def shortage(
    problem: Problem, scores: Known, edges: Edges, regions: tuple[Ints, Ints]
) -> tuple[Ints, Edges]:
    """By how many pairs these regions must fall short, and candidates that show it."""
    program = Program(problem)
    program.allow_shortage(regions, price=1.0)
    program.add(edges, cost=np.zeros(len(edges)))
    while True:
        program.solve()
        if not program.shortages().sum():
            break
        found = look(problem, scores.blocks(), program.prices(), scored=False)
        more = _unknown(problem, found.exceeding, program.edges)
        if not len(more):
            break
        program.add(more, cost=np.zeros(len(more)))
    return program.shortages(), program.edges


def _alone(
    problem: Problem, scores: Known, edges: Edges, regions: tuple[Ints, Ints]
) -> Iterable[Contradiction]:
    """The regions that could not have their number even if no other asked for one."""
    nothing = np.zeros(0, np.int64)
    for number, (name, side) in enumerate((("rows", problem.rows), ("columns", problem.columns))):
        for region in regions[number]:
            asked = int(side.least[region])
            alone = _only(problem, number, int(region))
            chosen = (
                (np.array([region]), nothing) if number == 0 else (nothing, np.array([region]))
            )
            short, _edges = shortage(alone, scores, edges, chosen)
            if short.sum():
                names = (side.regions[region],)
                possible = asked - int(short.sum())
                yield Contradiction(Rule.LEAST_OUT_OF_REACH, name, names, asked, possible)


def _only(problem: Problem, number: int, region: int) -> Problem:
    """The same problem in which only one region has a least number."""
    sides = []
    for index, side in enumerate((problem.rows, problem.columns)):
        least = np.zeros_like(side.least)
        if index == number:
            least[region] = side.least[region]
        sides.append(Side(side.keys, side.capacity, side.region, side.regions, least, side.most))
    return Problem(sides[0], sides[1], problem.pins, problem.forbids, problem.most)


def _together(problem: Problem, short: Ints, regions: tuple[Ints, Ints]) -> list[Contradiction]:
    """Those that fall short only because of one another."""
    names = tuple(
        side.regions[region]
        for side, chosen in zip((problem.rows, problem.columns), regions, strict=True)
        for region in chosen
    )
    asked = int(problem.rows.least.sum() + problem.columns.least.sum())
    return [
        Contradiction(
            Rule.LEAST_TOGETHER, names=names, asked=asked, possible=asked - int(short.sum())
        )
    ]
