"""A first answer while the proof is under way: the best pair that still fits, again and again."""

from dataclasses import dataclass

import numpy as np

from entrecidades.engines.pairing.sides import NO_REGION, Ints, Problem, Side
from entrecidades.engines.pairing.sources import Edges


@dataclass(slots=True)
class _Room:
    """What is left on one side."""

    side: Side
    places: list[int]
    most: list[int]
    least: list[int]

    @classmethod
    def of(cls, side: Side) -> "_Room":
        """All of it."""
        return cls(side, side.capacity.tolist(), side.most.tolist(), side.least.tolist())

    def fits(self, index: int) -> bool:
        """Whether there is room for one more pair."""
        region = int(self.side.region[index])
        return self.places[index] > 0 and (region == NO_REGION or self.most[region] > 0)

    def lacks(self, index: int) -> bool:
        """Whether one's region has less than its least number."""
        region = int(self.side.region[index])
        return region != NO_REGION and self.least[region] > 0

    def take(self, index: int) -> None:
        """One more pair."""
        self.places[index] -= 1
        region = int(self.side.region[index])
        if region != NO_REGION:
            self.most[region] -= 1
            self.least[region] -= 1


def greedy(problem: Problem, edges: Edges) -> Ints:
    """Which candidates are taken: for regions that lack pairs first, then the best that fit.

    Examples
    --------
    >>> problem = Problem(Side.of(["Lyon", "Nice"]), Side.of(["Natal", "Recife"]))
    >>> greedy(problem, Edges(*np.array([[0, 0, 1, 1], [0, 1, 0, 1], [9, 8, 7, 1]]))).tolist()
    [0, 3]
    """
    rows, columns = _Room.of(problem.rows), _Room.of(problem.columns)
    order = np.lexsort((edges.column, edges.row, -edges.score)).tolist()
    row, column, score = edges.row.tolist(), edges.column.tolist(), edges.score.tolist()
    left, taken = problem.total, set[int]()
    for lacking in (True, False):
        for at in order:
            if left <= 0 or (score[at] <= 0 and not lacking):
                break
            i, j = row[at], column[at]
            if at in taken or (lacking and not (rows.lacks(i) or columns.lacks(j))):
                continue
            if rows.fits(i) and columns.fits(j):
                rows.take(i)
                columns.take(j)
                taken.add(at)
                left -= 1
    return np.array(sorted(taken), np.int64)
