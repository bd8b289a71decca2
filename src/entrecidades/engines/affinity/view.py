"""The gains of all others as one place sees them, kept where each was observed."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entrecidades.engines.affinity.atlas import Atlas
from entrecidades.engines.affinity.judged import StampRows, sum_of
from entrecidades.engines.affinity.model import PARTS, Model
from entrecidades.engines.affinity.observe import (
    LEVEL_SHIFT,
    LEVELS,
    Scratch,
    Seen,
    chains_seen,
    distance_levels,
    level_km,
    name_seen,
    neighbours_seen,
    partners_seen,
    regions_of_country,
    regions_of_region,
    settings_seen,
    standing,
)
from entrecidades.engines.affinity.settings import RANKS, WEIGHTS
from entrecidades.engines.affinity.themes import Wish, add_theme_gains, theme_fits

Gains = NDArray[np.float32]

NEVER = np.float32(-np.inf)

LEAST = np.finfo(np.float32).min
"""Below the sum of anybody, and above that of nobody."""


@dataclass(frozen=True, slots=True)
class Single:
    """A feature that few candidates have; ``ids`` ascend."""

    part: str
    ids: NDArray[np.int64]
    gains: Gains

    def of(self, wanted: NDArray[np.int64]) -> Gains:
        """The gains of some candidates, zero for those who lack the feature."""
        if not self.ids.size:
            return np.zeros(wanted.size, np.float32)
        where = np.minimum(np.searchsorted(self.ids, wanted), self.ids.size - 1)
        return np.where(self.ids[where] == wanted, self.gains[where], np.float32(0))


@dataclass(frozen=True, slots=True)
class Country:
    """What all places of a country see alike.

    Attributes
    ----------
    regions : float32[regions], part of what is seen of the regions
    partners : who has partners there
    """

    regions: Gains
    partners: Single


@dataclass(frozen=True, slots=True)
class Lift:
    """What the fit of themes adds.

    Attributes
    ----------
    gains : float32[n]
    ids : the rows that are lifted, some of them more than once
    """

    gains: Gains
    ids: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class View:
    """The gains seen from one place.

    Attributes
    ----------
    stamp : part → float32[stamps], for the parts of which stamps say something
    stamps : their sum
    setting : float32[settings], of the part ``role``
    region, cell : float32, both of the part ``history``
    singles : features that few candidates have
    wish : the themes that count
    themes : what their fit adds; None when none are known
    """

    stamp: dict[str, Gains]
    stamps: Gains
    setting: Gains
    region: Gains
    cell: Gains
    singles: list[Single]
    wish: Wish
    themes: Lift | None


class Eye:
    """A model with which one looks at an atlas; what does not depend on who looks is kept."""

    def __init__(self, atlas: Atlas, model: Model) -> None:
        self.atlas = atlas
        self.model = model
        self.standings = self.spread(standing(atlas), len(atlas))
        self.levels = self.level_gains()
        self.scratch = Scratch(len(atlas))
        self.stamps = StampRows(atlas, model)
        self.countries: dict[int, Country] = {}

    def spread(self, seen: Iterable[Seen], count: int) -> Gains:
        """The sum of what some features add, over all ids."""
        total = np.zeros(count, np.float32)
        for one in seen:
            gains = self.model.tables[one.feature].judge(one)
            if one.ids is None:
                total += gains
            else:
                total[one.ids] += gains
        return total

    def level_gains(self) -> Gains:
        """The gain of each level of distance; an unknown one neither helps nor harms."""
        table, kilometres = self.model.tables["distance"], level_km()
        gains = table.gains[table.bins(np.nan_to_num(kilometres))]
        gains[np.isnan(kilometres)] = 0
        return gains

    def setting_gains(self, place: int) -> Gains:
        """What standing among the surroundings and in the region adds, for each setting."""
        return self.spread(settings_seen(self.atlas, place), WEIGHTS * RANKS)

    def region_gains(self, place: int) -> Gains:
        """What the ties between regions add, for each region."""
        places = self.atlas.places
        gains = self.of_country(int(places.country[place])).regions.copy()
        for seen in regions_of_region(self.atlas, int(places.region[place])):
            gains += self.model.tables[seen.feature].judge_rare(seen.value)
        return gains

    def of_country(self, country: int) -> "Country":
        """What all places of a country see alike, kept."""
        if country not in self.countries:
            regions = regions_of_country(self.atlas, country)
            self.countries[country] = Country(
                self.spread(regions, self.atlas.history.lands.size),
                self.single(partners_seen(self.atlas, country)),
            )
        return self.countries[country]

    def cell_gains(self, place: int) -> Gains:
        """What links of neighbours add, for each cell."""
        return self.spread([neighbours_seen(self.atlas, place)], self.atlas.cells.country.size)

    def singles(self, place: int) -> list[Single]:
        """Partners in common and the like, and the name."""
        seen = (*chains_seen(self.atlas, place), name_seen(self.atlas, place))
        here = self.of_country(int(self.atlas.places.country[place])).partners
        return [one for one in (here, *map(self.single, seen)) if one.ids.size]

    def single(self, seen: Seen) -> Single:
        """What a feature adds that few have."""
        ids = np.zeros(0, np.int64) if seen.ids is None else seen.ids
        table = self.model.tables[seen.feature]
        return Single(table.part, ids, table.judge(seen))

    def view(self, place: int, themes: frozenset[int] | None = None) -> View:
        """Look at all others from one place; when ``themes`` are given, only those count."""
        stamp = self.stamps.parts(place)
        wish = Wish.of(self.atlas, place, themes)
        return View(
            stamp=stamp,
            stamps=sum_of(stamp, self.atlas.stamps.country.size),
            setting=self.setting_gains(place),
            region=self.region_gains(place),
            cell=self.cell_gains(place),
            singles=self.singles(place),
            wish=wish,
            themes=self.theme_gains(wish),
        )

    def distance_gains(self, place: int, ids: NDArray[np.int64] | slice) -> Gains:
        """What the distance adds, for some candidates."""
        return self.levels[distance_levels(self.atlas, place, ids)]

    def theme_gains(self, wish: Wish) -> Lift | None:
        """What the fit of themes adds; None when no themes are known."""
        if wish.empty:
            return None
        gains = np.zeros(len(self.atlas), np.float32)
        return Lift(gains, self.add_theme_gains(gains, wish))

    def add_theme_gains(self, total: Gains, wish: Wish) -> NDArray[np.int64]:
        """Add what the fit of themes gives, see ``themes.add_theme_gains``."""
        model = self.model
        perfect = (model.needs, model.offers, model.programme)
        return add_theme_gains(total, self.atlas, wish, perfect)

    def few(self, view: View) -> Gains:
        """What the features that few have add for every place.

        It lies in this thread's scratch room, until somebody else asks.
        """
        scratch = self.scratch
        for ids in scratch.touched:
            scratch.few[ids] = 0
        scratch.touched = [single.ids for single in view.singles]
        for single in view.singles:
            scratch.few[single.ids] += single.gains
        return scratch.few


def scores(
    eye: Eye,
    place: int,
    view: View,
    ids: NDArray[np.int64] | None = None,
    few: Gains | None = None,
) -> Gains:
    """The sum of gains of each candidate (all when ``ids`` is left out).

    ``few`` is what :meth:`Eye.few` says, when it was asked before.
    The order of the additions is the same whoever asks, so that equal sums are equal bits.
    """
    if ids is None:
        return all_scores(eye, place, view)
    atlas = eye.atlas
    total = eye.standings[ids] + view.stamps[atlas.stamps.of_place[ids]]
    total += view.setting[atlas.settings.of_place[ids]]
    total += view.region[atlas.places.region[ids]]
    total += view.cell[atlas.cells.of_place[ids]]
    total += eye.distance_gains(place, ids)
    total += (eye.few(view) if few is None else few)[ids]
    if view.themes is not None:
        total += view.themes.gains[ids]
    return total


def all_scores(eye: Eye, place: int, view: View) -> Gains:
    """The same for every place, without making large arrays anew."""
    atlas, part = eye.atlas, eye.scratch.part
    total = eye.standings + np.take(view.stamps, atlas.stamps.of_place, out=part, mode="clip")
    total += np.take(view.setting, atlas.settings.of_place, out=part, mode="clip")
    total += np.take(view.region, atlas.places.region, out=part, mode="clip")
    total += np.take(view.cell, atlas.cells.of_place, out=part, mode="clip")
    levels = distance_levels(atlas, place, scratch=eye.scratch)
    total += np.take(eye.levels, levels, out=part, mode="clip")
    total += eye.few(view)
    if view.themes is not None:
        total += view.themes.gains
    return total


def gains_by_part(eye: Eye, place: int, view: View, ids: NDArray[np.int64]) -> dict[str, Gains]:
    """What each part adds, for some candidates."""
    atlas = eye.atlas
    stamps = atlas.stamps.of_place[ids]
    parts = {part: np.zeros(ids.size, np.float32) for part in PARTS}
    for part, gains in view.stamp.items():
        parts[part] += gains[stamps]
    parts["role"] += view.setting[atlas.settings.of_place[ids]]
    parts["history"] += eye.standings[ids] + view.region[atlas.places.region[ids]]
    parts["history"] += view.cell[atlas.cells.of_place[ids]]
    parts["distance"] += eye.distance_gains(place, ids)
    for single in view.singles:
        parts[single.part] += single.of(ids)
    if not view.wish.empty:
        fits = theme_fits(atlas, view.wish, ids)
        parts["needs"] += np.float32(eye.model.needs) * fits.needs
        parts["offers"] += np.float32(eye.model.offers) * fits.offers
        parts["programme"] += np.float32(eye.model.programme) * fits.programme
    return parts


def nearest(levels: Gains) -> Gains:
    """The greatest gain at each level of distance or beyond it; of all where it is unknown.

    Levels of unknown distances lie beyond all others, and must not lift the bound of the far.
    """
    unknown = int(np.float32(4.001).view(np.int32)) >> LEVEL_SHIFT
    most = np.full(LEVELS, max(float(levels.max()), 0.0), np.float32)
    most[:unknown] = np.maximum.accumulate(levels[:unknown][::-1])[::-1]
    return most
