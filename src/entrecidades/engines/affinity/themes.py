"""Fit of themes: what one needs and the other does well."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entrecidades.engines.affinity.atlas import Atlas
from entrecidades.engines.affinity.sparse import Sparse


@dataclass(frozen=True, slots=True)
class Wish:
    """The themes of one place that count.

    Attributes
    ----------
    needs : themes it needs, with the share of each in all its needs (sum 1)
    offers : themes it offers, with the depth of each
    enrolled : bit mask of its programmes
    """

    needs: tuple[NDArray[np.int32], NDArray[np.float32]]
    offers: tuple[NDArray[np.int32], NDArray[np.float32]]
    enrolled: int

    @classmethod
    def of(cls, atlas: Atlas, place: int, themes: frozenset[int] | None = None) -> "Wish":
        """The wish of a place; when ``themes`` are given, only those count."""
        wanted, urgency = chosen(atlas.places.needs, place, themes)
        if wanted.size:
            urgency = urgency / urgency.sum()
        enrolled = int(atlas.places.programmes[place])
        return cls((wanted, urgency), chosen(atlas.places.offers, place, themes), enrolled)

    @property
    def empty(self) -> bool:
        """Whether nothing is known that could fit."""
        return not (self.needs[0].size or self.offers[0].size)


@dataclass(frozen=True, slots=True)
class Fits:
    """How well the themes of one place fit those of some others, each in [0, 1].

    Attributes
    ----------
    needs : share of our needs that they do well
    offers : share of their needs that we do well
    programme : 1 where a theme that fits is put first by a programme of both
    """

    needs: NDArray[np.float32]
    offers: NDArray[np.float32]
    programme: NDArray[np.float32]


def chosen(
    table: Sparse, place: int, themes: frozenset[int] | None
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """The themes of a place, perhaps only some of them."""
    ids, values = table.row(place)
    if themes is None or not ids.size:
        return ids, values
    kept = np.isin(ids, list(themes))
    return ids[kept], values[kept]


def theme_fits(atlas: Atlas, wish: Wish, ids: NDArray[np.int64]) -> Fits:
    """Compare the themes of one place with those of some others.

    Examples
    --------
    Maputo needs solid waste (theme 0) most, and transport (1); Curitiba does transport well:

    >>> from entrecidades.engines.affinity.places import Places
    >>> atlas = Atlas.of(Places.of(
    ...     latitude=[-25.97, -25.43], longitude=[32.58, -49.27], population=[1.2e6, 1.8e6],
    ...     country=[0, 1], region=[0, 1],
    ...     needs=Sparse.of([0, 0], [0, 1], [1.0, 0.5], rows=2),
    ...     offers=Sparse.of([1], [1], [1.0], rows=2)), [])
    >>> theme_fits(atlas, Wish.of(atlas, 0), np.array([1])).needs.tolist() == [np.float32(1 / 3)]
    True
    >>> theme_fits(atlas, Wish.of(atlas, 1), np.array([0])).offers.tolist() == [np.float32(1 / 3)]
    True
    """
    places = atlas.places
    first = np.zeros(ids.size, np.float32)
    sums = []
    for (themes, weights), table in ((wish.needs, places.offers), (wish.offers, places.needs)):
        weight = np.zeros(max(len(atlas.givers), 1), np.float32)
        weight[themes] = weights
        owner, theme, value = table.rows(ids)
        sums.append(np.bincount(owner, weight[theme] * value, minlength=ids.size))
        fitting = (weight[theme] > 0) & (theme < places.priorities.size)
        common = places.programmes[ids[owner[fitting]]] & wish.enrolled
        first[owner[fitting][(common & places.priorities[theme[fitting]]) != 0]] = 1
    demand = np.maximum(atlas.demand[ids], np.float32(1e-6))
    return Fits(sums[0].astype(np.float32), (sums[1] / demand).astype(np.float32), first)


def add_theme_gains(
    total: NDArray[np.float32], atlas: Atlas, wish: Wish, perfect: tuple[float, float, float]
) -> NDArray[np.int64]:
    """Add what the fit of themes gives to the places that it lifts.

    Parameters
    ----------
    total : float32[n], written to
    perfect : gain of a perfect fit of needs, of offers, and of a programme's priority

    Returns
    -------
    int64[lifted], the rows that were lifted, some of them more than once
    """
    needs, offers, programme = perfect
    places, gains = [np.zeros(0, np.int32)], [np.zeros(0, np.float32)]
    for (themes, weights), postings, gain in (
        (wish.needs, atlas.givers, needs),
        (wish.offers, atlas.seekers, offers),
    ):
        for theme, weight in zip(themes.tolist(), weights.tolist(), strict=True):
            found, values = postings.row(theme)
            places.append(found)
            gains.append(values * np.float32(gain * weight))
    # As wide as an index: NumPy is slow with narrower ones.
    lifted = np.concatenate(places).astype(np.int64)
    np.add.at(total, lifted, np.concatenate(gains))
    if wish.enrolled:
        total[preferred(atlas, wish)] += np.float32(programme)
    return lifted


def preferred(atlas: Atlas, wish: Wish) -> NDArray[np.int64]:
    """Those with whom a theme fits that is among the priorities of a programme of both."""
    priorities = atlas.places.priorities
    found = [np.zeros(0, np.int32)]
    for postings, (themes, _) in ((atlas.givers, wish.needs), (atlas.seekers, wish.offers)):
        for theme in themes[themes < priorities.size]:
            places, _ = postings.row(theme)
            common = atlas.places.programmes[places] & wish.enrolled & priorities[theme]
            found.append(places[common != 0])
    return np.unique(np.concatenate(found)).astype(np.int64)
