"""Places alike enough to be bounded together: those of one stamp in one region."""

import numpy as np
from numpy.typing import NDArray

from entrecidades.engines.affinity.observe import LEVEL_SHIFT
from entrecidades.engines.affinity.places import SIZES
from entrecidades.engines.affinity.settings import RANKS, WEIGHTS
from entrecidades.engines.affinity.sparse import Sparse
from entrecidades.engines.affinity.themes import Wish
from entrecidades.engines.affinity.view import NEVER, Eye, Gains, View, nearest

Rows = NDArray[np.int64]

NARROW = 1e-6
"""So much closer a region may lie than rounding says, in radii of the Earth."""


class Groups:
    """The groups of an atlas, some 27,500 for 235,000 places.

    Attributes
    ----------
    order : int64[n], the rows, group by group
    starts : int64[groups + 1], where each group begins in ``order``
    of_place : int64[n], the group of each place
    of_givers, of_seekers : int64, the group of each entry of the atlas' lists of who offers and
        who needs a theme, so that they are read in a row and not here and there
    groups_of_stamp : int64[stamps], how many follow each other
    region : int64[groups]
    standing : float32[groups], the most that any of its places has
    """

    def __init__(self, eye: Eye) -> None:
        atlas = eye.atlas
        self.eye = eye
        areas = atlas.history.lands.size
        key = atlas.stamps.of_place * areas + atlas.places.region
        self.order = np.argsort(key, kind="stable")
        key = key[self.order]
        first = np.flatnonzero(np.append(True, key[1:] != key[:-1])[: key.size])
        self.starts = np.append(first, key.size)
        self.of_place = np.empty(key.size, np.int64)
        self.of_place[self.order] = np.repeat(np.arange(first.size), np.diff(self.starts))
        self.of_givers = self.of_place.take(atlas.givers.columns)
        self.of_seekers = self.of_place.take(atlas.seekers.columns)
        stamp, region = np.divmod(key[first], areas)
        self.groups_of_stamp = np.bincount(stamp, minlength=atlas.stamps.country.size)
        self.region = region
        self.standing = np.maximum.reduceat(eye.standings[self.order], first)
        self.settings = np.zeros((SIZES, WEIGHTS * RANKS), bool)
        self.settings[atlas.stamps.size[atlas.stamps.of_place], atlas.settings.of_place] = True
        self.areas = areas_of_cells(
            atlas.cells.of_place, atlas.places.region, len(atlas.cells.near)
        )
        known = np.isfinite(atlas.points[0])
        self.centre, self.radius = circles(atlas.points, atlas.places.region, known, areas)
        self.somewhere = np.unique(atlas.places.region[~known])
        self.nearest = nearest(eye.levels)

    def bounds(self, place: int, view: View, *, abroad: bool) -> Gains:
        """The most that stamp, setting, region, cell, distance and standing add in each group.

        What few have and themes come on top. Abroad, nothing is enough for the own country.
        """
        stamps = self.eye.atlas.stamps
        settings = np.where(self.settings, view.setting, NEVER).max(axis=1)
        most = view.stamps + settings[stamps.size]
        if abroad:
            most[stamps.country == self.eye.atlas.places.country[place]] = NEVER
        bound = np.repeat(most, self.groups_of_stamp)
        bound += np.take(view.region + self.cells(view) + self.distances(place), self.region)
        bound += self.standing
        return bound

    def cells(self, view: View) -> Gains:
        """The most that any cell adds in each region, at least nothing."""
        most = np.zeros(view.region.size, np.float32)
        found = np.flatnonzero(view.cell > 0)
        owner, region, _ = self.areas.rows(found)
        np.maximum.at(most, region, view.cell[found][owner])
        return most

    def distances(self, place: int) -> Gains:
        """The most that the distance adds in each region; unknown ones add nothing."""
        if not np.isfinite(self.eye.atlas.points[:, place]).all():
            return np.zeros(self.radius.size, np.float32)
        chord = np.zeros(self.radius.size)
        for centre, here in zip(
            self.centre, self.eye.atlas.points[:, place].tolist(), strict=True
        ):
            offset = centre - here
            offset *= offset
            chord += offset
        np.sqrt(chord, out=chord)
        chord -= self.radius
        np.maximum(chord, 0, out=chord)
        squared = (chord * chord).astype(np.float32)
        most: Gains = self.nearest[squared.view(np.int32) >> LEVEL_SHIFT]
        most[self.somewhere] = np.maximum(most[self.somewhere], 0)
        return most

    def lifted(self, wish: Wish) -> Rows:
        """The groups of those whom themes lift, in the order of :attr:`view.Lift.ids`."""
        atlas = self.eye.atlas
        found = [
            groups[postings.starts[theme] : postings.starts[theme + 1]]
            for (themes, _), postings, groups in (
                (wish.needs, atlas.givers, self.of_givers),
                (wish.offers, atlas.seekers, self.of_seekers),
            )
            for theme in themes.tolist()
        ]
        return np.concatenate(found)

    def members(self, groups: Rows) -> Rows:
        """The rows of some groups."""
        first, counts = self.starts[groups], self.starts[groups + 1] - self.starts[groups]
        ends = np.cumsum(counts)
        total = int(ends[-1]) if ends.size else 0
        rows: Rows = self.order[np.arange(total) + np.repeat(first - ends + counts, counts)]
        return rows

    def holding(self, free: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which groups have somebody who is free."""
        held: NDArray[np.bool_] = np.logical_or.reduceat(free[self.order], self.starts[:-1])
        return held


def areas_of_cells(cell: Rows, region: Rows, cells: int) -> Sparse:
    """The regions that share in each cell."""
    areas = int(region.max(initial=0)) + 1
    owner, area = np.divmod(np.unique(cell * areas + region), areas)
    starts = np.searchsorted(owner, np.arange(cells + 1))
    return Sparse(starts, area.astype(np.int32), np.ones(area.size, np.float32))


def circles(
    points: Gains, region: Rows, known: NDArray[np.bool_], areas: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """A point for each region, and how far the farthest of its known places lies from it."""
    where = region[known]
    count = np.maximum(np.bincount(where, minlength=areas), 1)
    centre = np.stack(
        [np.bincount(where, axis[known], minlength=areas) / count for axis in points]
    )
    apart = np.sqrt(((points[:, known] - centre[:, where]) ** 2).sum(axis=0))
    radius = np.zeros(areas)
    np.maximum.at(radius, where, apart)
    return centre, radius + NARROW
