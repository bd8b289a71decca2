"""What all seekers of one country see, looked up once rather than once for each of them.

Every number here is, bit for bit, the one that ``view`` finds for a single seeker; tests
compare them. A feature that this module does not know is asked for seeker by seeker: slower,
and as right.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from entrecidades.engines.affinity.atlas import Atlas
from entrecidades.engines.affinity.observe import SMOOTH_KERNEL, Seen, links_seen
from entrecidades.engines.affinity.ties import summed
from entrecidades.engines.affinity.view import Eye, Gains


@dataclass(frozen=True, slots=True)
class CellGains:
    """What links of neighbours add, for some seekers' cells.

    Attributes
    ----------
    gains : float32[seekers' cells, reached + 1]; the last column is zero
    column : int64[cells], where each cell stands in ``gains``
    """

    gains: Gains
    column: NDArray[np.int64]

    @classmethod
    def of(cls, eye: Eye, cells: NDArray[np.int64]) -> "CellGains":
        """What ``view`` finds for each cell alone, see ``observe.neighbours_seen``."""
        atlas = eye.atlas
        currents, lands = atlas.currents, atlas.cells.country
        owner, near, weights = atlas.cells.near.rows(cells)
        which, reached, count = currents.reached.rows(near)
        ids = np.flatnonzero(np.bincount(reached, minlength=lands.size))
        column = np.full(lands.size, ids.size)
        column[ids] = np.arange(ids.size)
        total = summed(
            owner[which], column[reached], count * weights[which], (cells.size, ids.size)
        )
        everyone = atlas.history.countries.sum(axis=1)
        which, land, links = currents.links_from.rows(near)
        shape = (cells.size, everyone.size)
        ours = summed(owner[which], land, links * weights[which], shape)
        seeker, where = np.nonzero(total)
        share = (ours / np.maximum(everyone, 1))[seeker, lands[ids[where]]]
        expected = share * currents.density[ids[where]]
        lift = np.log((total[seeker, where] + SMOOTH_KERNEL) / (expected + SMOOTH_KERNEL))
        gains = np.zeros((cells.size, ids.size + 1), np.float32)
        gains[seeker, where] = eye.model.tables["neighbours"].judge(
            Seen("neighbours", "cell", lift)
        )
        return cls(gains, column)


@dataclass(frozen=True, slots=True)
class Special:
    """What seekers of one country see of few candidates: partners, links and names in common.

    Attributes
    ----------
    here : float32[n], what the country as a whole sees
    pairs : int64, ascending: the seeker, as a position in their list, times ``width`` plus the
        candidate's column
    gains : float32, what each pair adds, ``here`` included; -inf for partners and oneself
    width : int, how many columns there are at least
    """

    here: Gains
    pairs: NDArray[np.int64]
    gains: Gains
    width: int

    @classmethod
    def of(cls, eye: Eye, seekers: NDArray[np.int64], column: NDArray[np.int64]) -> "Special":
        """What ``view`` finds for each seeker alone, added in the same order.

        Parameters
        ----------
        column : int64[n], the column of each candidate, negative for others
        """
        here, few = few_of(eye, seekers)
        width = column.size
        found = []
        for seeker, row, gains in (*few, barred(eye.atlas, seekers)):
            free = column[row] >= 0
            found.append((seeker[free] * width + column[row[free]], gains[free]))
        pairs = np.unique(np.concatenate([keys for keys, _ in found]))
        ours = np.flatnonzero(column >= 0)
        total = np.zeros(width, np.float32)
        total[column[ours]] = here[ours]
        total = total[pairs % width]
        for keys, gains in found:
            total[np.searchsorted(pairs, keys)] += gains
        return cls(here, pairs, total, width)

    def between(self, first: int, last: int) -> "Special":
        """The part of some seekers, who are numbered anew."""
        start, end = np.searchsorted(self.pairs, [first * self.width, last * self.width])
        pairs = self.pairs[start:end] - first * self.width
        return Special(self.here, pairs, self.gains[start:end], self.width)

    def split(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Seeker and column of each pair."""
        return np.divmod(self.pairs, self.width)

    def of_pairs(self, seeker: NDArray[np.int64], column: NDArray[np.int64], here: Gains) -> Gains:
        """The gains of pairs; ``here`` is for those who have nothing special."""
        keys = seeker * self.width + column
        if not self.pairs.size:
            return here
        where = np.minimum(np.searchsorted(self.pairs, keys), self.pairs.size - 1)
        return np.where(self.pairs[where] == keys, self.gains[where], here)

    def table(self, seekers: int, columns: NDArray[np.int64], here: Gains) -> Gains:
        """The gains of all seekers for some columns."""
        place = np.full(self.width, -1)
        place[columns] = np.arange(columns.size)
        table = np.empty((seekers, columns.size), np.float32)
        table[:] = here
        seeker, column = self.split()
        where = place[column]
        known = np.flatnonzero(where >= 0)
        table[seeker[known], where[known]] = self.gains[known]
        return table


Few = tuple[NDArray[np.int64], NDArray[np.int64], Gains]
"""What each seeker sees of few candidates: positions of seekers, rows, gains."""


def few_of(eye: Eye, seekers: NDArray[np.int64]) -> tuple[Gains, list[Few]]:
    """What few candidates have, for seekers of one country.

    Returns
    -------
    here : float32[n], what the country as a whole sees
    few : each feature, in the order in which ``view`` adds them
    """
    atlas = eye.atlas
    here = np.zeros(len(atlas), np.float32)
    seen = next(links_seen(atlas, int(seekers[0])))
    here[seen.ids] = eye.model.tables[seen.feature].judge(seen)
    degrees = atlas.history.degrees
    owner, partners, _ = atlas.history.partners.rows(seekers)
    weights = 1 / np.log1p(np.maximum(degrees[partners], 2))
    shared = steps(atlas, owner, partners, weights)
    owner, alike, weight = steps(atlas, owner, partners, 1 / np.sqrt(degrees[partners]))
    away = alike != seekers[owner]
    owner, alike, weight = owner[away], alike[away], weight[away]
    owner, ends, chained = steps(atlas, owner, alike, weight / np.sqrt(degrees[alike]))
    found = {
        "shared_partners": shared,
        "chain": (owner, ends, chained / np.sqrt(degrees[ends])),
        "name": named(atlas, seekers),
    }
    tables = eye.model.tables
    return here, [
        (owner, ids, tables[feature].judge(Seen(feature, "place", value, ids)))
        for feature, (owner, ids, value) in found.items()
    ]


def barred(atlas: Atlas, seekers: NDArray[np.int64]) -> Few:
    """Each seeker's partners and itself, whom nothing brings into its list."""
    owner, partner, _ = atlas.history.partners.rows(seekers)
    owner = np.append(owner, np.arange(seekers.size))
    return owner, np.append(partner, seekers), np.full(owner.size, -np.inf, np.float32)


def steps(
    atlas: Atlas, owner: NDArray[np.int64], towns: NDArray[Any], weights: NDArray[Any]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """One step along the known links for each owner, see ``observe.walk``."""
    which, reached, _ = atlas.history.partners.rows(towns)
    key, where = np.unique(owner[which] * len(atlas) + reached, return_inverse=True)
    total = np.bincount(where, np.asarray(weights, np.float64)[which], minlength=key.size)
    owner, ids = np.divmod(key, len(atlas))
    return owner, ids, total.astype(np.float64)


def named(
    atlas: Atlas, seekers: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Who shares a name with each seeker, and how rare it is, see ``observe.name_seen``."""
    owner, keys, _ = atlas.places.keys.rows(seekers)
    which, bearers, _ = atlas.bearers.rows(keys)
    uses = atlas.bearers.starts[keys + 1] - atlas.bearers.starts[keys]
    key, where = np.unique(owner[which] * len(atlas) + bearers, return_inverse=True)
    rarity = np.zeros(key.size)
    np.maximum.at(rarity, where, np.log2(128 / np.maximum(uses, 1))[which])
    owner, ids = np.divmod(key, len(atlas))
    return owner, ids, rarity
