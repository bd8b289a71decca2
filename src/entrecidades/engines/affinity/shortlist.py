"""Those who may stand in the list of one seeker, found without looking at all.

An upper bound tells which groups, and which of those whom themes, partners or names lift, promise
most. What a few of them really reach is a floor: whoever is bounded below it is passed over, and
all others are scored as everybody would be.
"""

import numpy as np
from numpy.typing import NDArray

from entrecidades.engines.affinity.groups import Groups, Rows
from entrecidades.engines.affinity.select import floor_of
from entrecidades.engines.affinity.view import LEAST, NEVER, Gains, View, scores

FIRST = 64
"""So many are scored first, at least, to find the floor."""

MOST = 500
"""Longer lists are made by scoring all."""

SHARE = 8
"""When more than one of so many is left, scoring all is quicker."""

SLACK = np.float32(1e-3)
"""Bounds and sums are added in another order; so much may rounding differ."""


class Shortlist:
    """The candidates of one seeker, as bounds.

    Parameters
    ----------
    free : bool[n], who may be suggested

    Attributes
    ----------
    bound : float32[groups], the most that any of the group reaches without what lifts single ones
    singled : whom partners or names lift, some of them more than once
    """

    def __init__(
        self, groups: Groups, place: int, view: View, free: NDArray[np.bool_], *, abroad: bool
    ) -> None:
        self.groups, self.place, self.view, self.free = groups, place, view, free
        self.bound = groups.bounds(place, view, abroad=abroad)
        if 4 * np.count_nonzero(free) < 3 * free.size:
            self.bound[~groups.holding(free)] = NEVER
        self.few = groups.eye.few(view)
        ids = [single.ids[single.gains > 0] for single in view.singles]
        self.singled = np.concatenate([np.zeros(0, np.int64), *ids])

    def best(self, limit: int) -> tuple[Rows, Gains] | None:
        """Rows, ascending, and sums of all who may stand in the list; None when too many may."""
        single = [(self.singled, self.reach(self.singled))]
        themes = self.view.themes
        if themes is not None:
            # Whatever else lifts some of them, they are among the singled too.
            reach = self.bound.take(self.groups.lifted(self.view.wish))
            reach += themes.gains.take(themes.ids)
            single.append((themes.ids, reach))
        first = self.scored(self.first(single, max(FIRST, 2 * limit)))[1]
        if first.size < limit:
            return None
        floor = np.partition(first, first.size - limit)[first.size - limit] - SLACK
        rows = [ids[reach >= floor] for ids, reach in single]
        rows.append(self.groups.members(np.flatnonzero(self.bound >= floor)))
        found = np.concatenate(rows)
        return None if SHARE * found.size > self.free.size else self.scored(found)

    def first(self, single: list[tuple[Rows, Gains]], count: int) -> Rows:
        """Some of those who promise most, by groups and one by one."""
        groups = first(self.bound, count)
        sizes = np.cumsum(self.groups.starts[groups + 1] - self.groups.starts[groups])
        rows = [self.groups.members(groups[: 1 + int(np.searchsorted(sizes, count))])]
        rows += [ids[first(reach, count)] for ids, reach in single]
        return np.concatenate(rows)

    def reach(self, ids: Rows) -> Gains:
        """The most that some candidates can reach."""
        reach: Gains = self.bound.take(self.groups.of_place.take(ids))
        reach += self.few.take(ids)
        if self.view.themes is not None:
            reach += self.view.themes.gains.take(ids)
        return reach

    def scored(self, rows: Rows) -> tuple[Rows, Gains]:
        """The free among some rows, each once, and their sums."""
        ids = np.sort(rows)
        ids = ids[np.append(True, ids[1:] != ids[:-1])[: ids.size]]
        ids = ids[self.free[ids]]
        return ids, scores(self.groups.eye, self.place, self.view, ids, self.few)


def first(reach: Gains, count: int) -> Rows:
    """Positions of some of the highest, about so many; nobody who never may."""
    found = np.flatnonzero(reach >= max(floor_of(reach, count), LEAST))
    return found[np.argsort(-reach[found], kind="stable")[: 2 * count]]
