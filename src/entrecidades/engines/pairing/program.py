"""The linear programme that HiGHS solves: a flow from side to side, so its corners are whole.

Each pair is a unit that flows from a region to a place, over to a place of the other side, and
into its region; capacities, least and greatest numbers are limits of such a flow. A flow with
whole limits has whole best answers, so nothing has to be rounded and no gap is left.
"""

import os
from dataclasses import dataclass
from pathlib import Path

import highspy
import numpy as np
from numpy.typing import NDArray

from entrecidades.engines.pairing.prices import Prices, limited
from entrecidades.engines.pairing.sides import NO_REGION, UNIT, Ints, Problem
from entrecidades.engines.pairing.sources import Edges, Floats


def _greet() -> None:
    """Let the solver greet, once a process, where nobody hears it and no output is spoilt."""
    kept = os.dup(1)
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        highspy.Highs()  # type: ignore[no-untyped-call]  # the library has no types here
    os.dup2(kept, 1)
    os.close(kept)


_greet()

INFINITE = highspy.kHighsInf
EMPTY = highspy.HighsModelStatus.kModelEmpty
OPTIMAL = frozenset({highspy.HighsModelStatus.kOptimal, EMPTY})
IMPOSSIBLE = highspy.HighsModelStatus.kInfeasible
PRIMAL_SIMPLEX = 4


@dataclass(frozen=True, slots=True)
class Rows:
    """The programme's rows: where each limit stands, and its least and greatest value."""

    least: Floats
    most: Floats
    region: tuple[Ints, Ints]
    first_region: tuple[int, int]
    total: int | None

    @classmethod
    def of(cls, problem: Problem) -> "Rows":
        """The limits of a problem."""
        sides = (problem.rows, problem.columns)
        least = [np.full(len(side), -INFINITE) for side in sides]
        most = [side.capacity.astype(float) for side in sides]
        begin, first = sum(len(side) for side in sides), []
        for side in sides:
            first.append(begin)
            begin += len(side.regions)
            least.append(side.least.astype(float))
            most.append(np.where(limited(side.most), side.most, INFINITE))
        if problem.most is not None:
            least.append(np.array([-INFINITE]))
            most.append(np.array([float(problem.most)]))
        region = [
            np.where(side.region == NO_REGION, -1, side.region + start)
            for side, start in zip(sides, first, strict=True)
        ]
        total = None if problem.most is None else begin
        return cls(np.concatenate(least), np.concatenate(most), (*region,), (*first,), total)  # type: ignore[arg-type]  # two sides


class Program:
    """A programme that grows by candidates and keeps where it stood."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.rows = Rows.of(problem)
        self.edges = Edges.none()
        self.slacks = 0
        self.highs = highspy.Highs()  # type: ignore[no-untyped-call]  # likewise
        options: dict[str, bool | int | str] = {
            "output_flag": False,
            "threads": 1,
            "presolve": "off",
        }
        for option, value in options.items():
            self.highs.setOptionValue(option, value)
        self.highs.changeObjectiveSense(highspy.ObjSense.kMaximize)
        count, none = self.rows.least.size, np.zeros(0, np.int32)
        self.highs.addRows(
            count, self.rows.least, self.rows.most, 0, np.zeros(count, np.int32), none, np.zeros(0)
        )

    def allow_shortage(self, regions: tuple[Ints, Ints], price: float) -> None:
        """Let some regions fall short of their least number, at a price a pair; comes first."""
        at = [
            int(start) + int(region)
            for start, chosen in zip(self.rows.first_region, regions, strict=True)
            for region in chosen
        ]
        self.slacks = len(at)
        rows = np.array(at, np.int32).reshape(-1, 1)
        self._add(rows, np.full(len(at), -price), np.zeros(len(at)), np.full(len(at), INFINITE))

    def add(
        self, edges: Edges, cost: Floats | None = None, fixed: NDArray[np.bool_] | None = None
    ) -> None:
        """Add candidates; ``cost`` in place of their scores, ``fixed`` are in every answer."""
        region, other = (
            of[at] for of, at in zip(self.rows.region, (edges.row, edges.column), strict=True)
        )
        parts = [edges.row, edges.column + len(self.problem.rows), region, other]
        if self.rows.total is not None:
            parts.append(np.full(len(edges), self.rows.total))
        table = np.stack(parts, axis=1).astype(np.int32)
        self.edges = self.edges.and_(edges)
        lower = np.zeros(len(edges)) if fixed is None else fixed.astype(float)
        worth = edges.score / UNIT if cost is None else cost
        self._add(table, worth, lower, np.ones(len(edges)))

    def _add(self, rows: NDArray[np.int32], cost: Floats, lower: Floats, upper: Floats) -> None:
        """Add variables, each a unit in some rows; -1 is no row."""
        there = rows >= 0
        ends = np.cumsum(there.sum(axis=1))
        starts = np.concatenate([[0], ends[:-1]]).astype(np.int32)
        index = rows[there]
        self.highs.addCols(
            len(rows), cost, lower, upper, index.size, starts, index, np.ones(index.size)
        )

    def use_up(self, prices: Prices) -> None:
        """Limits that have a price are to be used up."""
        parts = [prices.row, prices.column, prices.row_region, prices.column_region]
        if self.rows.total is not None:
            parts.append(np.array([prices.total]))
        price = np.concatenate(parts)
        for row in np.flatnonzero(price).tolist():
            bound = self.rows.most[row] if price[row] > 0 else self.rows.least[row]
            self.highs.changeRowBounds(row, bound, bound)

    def solve(self) -> bool:
        """Solve from where it stood; whether there is an answer at all."""
        self.highs.run()
        status = self.highs.getModelStatus()
        # What was best before new candidates came is still allowed: walk on from there.
        self.highs.setOptionValue("simplex_strategy", PRIMAL_SIMPLEX)
        if status not in {*OPTIMAL, IMPOSSIBLE}:
            raise RuntimeError(f"the solver stopped: {self.highs.modelStatusToString(status)}")
        if status == EMPTY:  # nothing can be chosen: possible only where nothing is asked
            return not (self.rows.least > 0).any()
        return status in OPTIMAL

    def chosen(self) -> NDArray[np.bool_]:
        """Which candidates are pairs."""
        values = np.array(self.highs.getSolution().col_value)[self.slacks :]
        taken: NDArray[np.bool_] = values > 0.5  # noqa: PLR2004 - a flow's corners are whole
        return taken

    def shortages(self) -> Ints:
        """By how many pairs each region falls short, in the order in which they were allowed."""
        values = np.array(self.highs.getSolution().col_value)[: self.slacks]
        short: Ints = np.rint(values).astype(np.int64)
        return short

    def prices(self) -> Prices:
        """What the solver says each limit is worth."""
        dual = np.array(self.highs.getSolution().row_dual)
        rows, columns = len(self.problem.rows), len(self.problem.columns)
        first, second = self.rows.first_region
        end = second + len(self.problem.columns.regions)
        total = np.zeros(1) if self.rows.total is None else dual[self.rows.total :]
        parts = (dual[:rows], dual[rows : rows + columns], dual[first:second], dual[second:end])
        return Prices.of(self.problem, (*parts, total), UNIT)
