"""Seekers of one country, side by side, and the candidates that may stand in their lists.

The sum of a pair is made of layers: what depends on two kinds (stamps, regions, cells), the
distance, what few have, and themes. For a crowd the greatest gain of each layer gives an upper
bound for every candidate. The candidates with the highest bounds are scored for all of the crowd,
which tells what the last of each list reaches at least. Only those whose bound passes that are
scored too, however many they are; what themes, or a partner or name in common, add to a single
seeker's bound is known exactly.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np

from entrecidades.engines.affinity.fitting import Fitting
from entrecidades.engines.affinity.layers import Field, Layer, Pairs, Rows
from entrecidades.engines.affinity.observe import LEVEL_SHIFT, LEVELS
from entrecidades.engines.affinity.select import floor_of
from entrecidades.engines.affinity.ties import region_gains
from entrecidades.engines.affinity.together import CellGains, Special
from entrecidades.engines.affinity.view import LEAST, NEVER, Eye, Gains

TOP = 64
"""So many candidates are scored for all of a crowd, to know what the lists reach at least."""

WIDE = 1_000
"""A table of sums is no wider."""

SLACK = np.float32(1e-3)
"""Bounds and sums are added in another order; so much may rounding differ."""


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists of several seekers.

    Attributes
    ----------
    seekers : int64[s]
    ids : int64[s, limit], best first; -1 fills the lists that are shorter
    gains : float32[s, limit], sums of gains, -inf where there is nobody
    """

    seekers: Rows
    ids: Rows
    gains: Gains


class Home:
    """What all seekers of one country have in common."""

    def __init__(self, eye: Eye, field: Field, seekers: Rows, *, abroad: bool) -> None:
        atlas = eye.atlas
        self.eye, self.field, self.seekers = eye, field, seekers
        self.special = Special.of(eye, seekers, field.column)
        self.here = self.special.here[field.rows]
        self.stamps = self.layer(atlas.stamps.of_place, each(eye.stamps.of))
        self.layers = [
            self.layer(atlas.settings.of_place, each(eye.setting_gains)),
            self.layer(atlas.places.region, partial(region_gains, eye)),
        ]
        """The other layers whose kinds are few, in the order in which ``view`` adds them."""
        self.ground = field.standings + self.here
        if abroad:
            self.ground[field.country == atlas.places.country[seekers[0]]] = NEVER

    def layer(self, kinds: Rows, gains_of: Callable[[Rows], Gains]) -> Layer:
        """A layer, of which each kind of seeker is asked for once, whoever bears it."""
        _, first, kind = np.unique(kinds[self.seekers], return_index=True, return_inverse=True)
        return Layer(gains_of(self.seekers[first]), kind, kinds[self.field.rows])


def each(gains_of: Callable[[int], Gains]) -> Callable[[Rows], Gains]:
    """Ask for one place after the other."""
    return lambda places: np.stack([gains_of(place) for place in places.tolist()])


class Crowd:
    """Some seekers of a home."""

    def __init__(self, home: Home, first: int, last: int) -> None:
        eye, field = home.eye, home.field
        self.home, self.eye, self.field = home, eye, field
        self.seekers = home.seekers[first:last]
        self.stamps = home.stamps.between(first, last)
        self.layers = [layer.between(first, last) for layer in home.layers]
        cells, kind = np.unique(eye.atlas.cells.of_place[self.seekers], return_inverse=True)
        gains, column = (found := CellGains.of(eye, cells)).gains, found.column
        self.cells = Layer(gains, kind, column[field.cell])
        self.special = home.special.between(first, last)
        self.pairs = self.special.split()

    def lists(self, limit: int) -> Lists:
        """The list of each seeker."""
        bound = self.rest() + self.stamps.most()
        top = np.flatnonzero(bound >= max(floor_of(bound, max(TOP, limit)), LEAST))
        top = top[np.argsort(-bound[top], kind="stable")[: 2 * max(TOP, limit)]]
        themes = self.themes(bound, top, limit)
        worst = np.maximum(self.lasts(top, themes, limit) - SLACK, LEAST)
        found = []
        for seeker, column, gains in self.possible(bound, worst, themes):
            total = self.sums(seeker, column, gains)
            kept = np.nonzero(total >= worst[seeker])
            pairs = (part[kept] for part in np.broadcast_arrays(seeker, column))
            found.append((*pairs, total[kept]))
        seeker, column, total = (np.concatenate(parts) for parts in zip(*found, strict=True))
        return self.chosen(seeker, self.field.rows[column], total, limit)

    def themes(self, bound: Gains, top: Rows, limit: int) -> Fitting | None:
        """The fit of themes; None when no seeker has said what it needs or offers."""
        places = self.eye.atlas.places
        if not any(
            np.any(table.starts[self.seekers + 1] > table.starts[self.seekers])
            for table in (places.needs, places.offers)
        ):
            return None
        return Fitting(
            self.eye, self.field, self.seekers, bound, top=top, pairs=self.pairs, count=3 * limit
        )

    def rest(self) -> Gains:
        """The most that all but stamp and themes can add at each column, for any of the crowd."""
        field = self.field
        bound = self.home.ground + np.maximum(self.cells.most(), 0)
        for layer in self.layers:
            bound += layer.most()
        points = self.eye.atlas.points[:, self.seekers]
        if not np.isfinite(points).all():
            bound += field.nearest[LEVELS - 1]
            return bound
        centre = points.mean(axis=1)
        radius = float(np.sqrt(((points - centre[:, None]) ** 2).sum(axis=0)).max())
        chord = np.sqrt(squared_chords(field.points, centre)) - np.float32(radius + 1e-6)
        np.maximum(chord, 0, out=chord)
        chord *= chord
        bound += np.take(field.nearest, chord.view(np.int32) >> LEVEL_SHIFT)
        return bound

    def lasts(self, top: Rows, themes: Fitting | None, limit: int) -> Gains:
        """What the last of each list reaches at least; -inf when too few are known."""
        table = self.sums(*self.everybody(top), None if themes is None else themes.top)
        if themes is not None:
            seeker, column, gains = themes.first(top)
            more = tabled(seeker, self.sums(seeker, column, gains), len(table))
            table = np.hstack([table, more])
        if table.shape[1] < limit:
            return np.full(len(table), NEVER)
        return np.partition(table, table.shape[1] - limit, axis=1)[:, table.shape[1] - limit]

    def everybody(self, columns: Rows) -> Pairs:
        """Some columns for each of the crowd."""
        return np.arange(self.seekers.size)[:, None], columns[None, :]

    def possible(
        self, bound: Gains, worst: Gains, themes: Fitting | None
    ) -> Iterator[tuple[Rows, Rows, Gains | None]]:
        """Pairs that may stand in a list, with what themes add.

        Some come twice; whom themes lift comes with the gain once at least.
        """
        some = np.flatnonzero(bound >= worst.min())
        for first in range(0, some.size, WIDE):
            seeker, column = self.everybody(some[first : first + WIDE])
            if themes is not None:
                seeker, column = np.nonzero(bound[column] >= worst[seeker])
                column = some[first + column]
            yield seeker, column, None
        if themes is not None:
            yield themes.possible(worst)
        seeker, column = self.pairs
        reach = bound[column] + self.special.gains - self.home.here[column]
        if themes is None:
            found = reach >= worst[seeker]
            yield seeker[found], column[found], None
        else:
            found = reach + themes.pairs >= worst[seeker]
            yield seeker[found], column[found], themes.pairs[found]

    def sums(self, seeker: Rows, column: Rows, themes: Gains | None) -> Gains:
        """The exact sum of each pair, added as ``view.scores`` adds; of partners, -inf.

        Seekers and columns broadcast, so that all seekers and some columns make a table.
        """
        total = self.field.standings[column] + self.stamps.of(seeker, column)
        for layer in self.layers:
            total += layer.of(seeker, column)
        total += self.cells.of(seeker, column)
        squared = np.zeros(total.shape, np.float32)
        points = self.eye.atlas.points[:, self.seekers]
        for here, there in zip(points, self.field.points, strict=True):
            offset = there[column] - here[seeker]
            offset *= offset
            squared += offset
        total += np.take(self.eye.levels, squared.view(np.int32) >> LEVEL_SHIFT)
        total += self.few_gains(seeker, column)
        if themes is not None:
            total += themes
        return total

    def few_gains(self, seeker: Rows, column: Rows) -> Gains:
        """What few have, added in the order of ``view``; -inf for partners and oneself."""
        here = self.home.here[column]
        if column.ndim == 1:
            return self.special.of_pairs(seeker, column, here)
        return self.special.table(self.seekers.size, column[0], here)

    def chosen(self, seeker: Rows, ids: Rows, total: Gains, limit: int) -> Lists:
        """The best of each seeker, equal ones by row; of a pair that comes twice, the higher."""
        order = np.lexsort((-total, ids, seeker))
        seeker, ids, total = seeker[order], ids[order], total[order]
        again = (seeker[1:] == seeker[:-1]) & (ids[1:] == ids[:-1])
        order = np.flatnonzero(np.append(True, ~again)[: seeker.size])
        order = order[np.lexsort((-total[order], seeker[order]))]
        seeker, ids, total = seeker[order], ids[order], total[order]
        rank = np.arange(seeker.size) - np.searchsorted(seeker, seeker)
        kept = rank < limit
        shape = (self.seekers.size, limit)
        lists = Lists(self.seekers, np.full(shape, -1), np.full(shape, NEVER))
        lists.ids[seeker[kept], rank[kept]] = ids[kept]
        lists.gains[seeker[kept], rank[kept]] = total[kept]
        return lists


def squared_chords(points: Gains, centre: Gains) -> Gains:
    """The squared distance of each point of the unit sphere to another point."""
    total = np.zeros(points.shape[1], np.float32)
    for axis in range(3):
        offset = points[axis] - centre[axis]
        offset *= offset
        total += offset
    return total


def tabled(seeker: Rows, total: Gains, seekers: int) -> Gains:
    """The sums of pairs as a table with a row for each seeker; -inf fills it.

    Examples
    --------
    >>> tabled(np.array([0, 2, 2]), np.array([5, 1, 4], np.float32), 3).tolist()
    [[5.0, -inf], [-inf, -inf], [1.0, 4.0]]
    """
    first = np.searchsorted(seeker, np.arange(seekers + 1))
    table = np.full((seekers, int(np.diff(first).max(initial=0))), NEVER)
    table[seeker, np.arange(seeker.size) - first[seeker]] = total
    return table
