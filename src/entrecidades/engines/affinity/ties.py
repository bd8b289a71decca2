"""What the ties between regions add for all regions of one country, looked up at once.

Bit for bit what ``view`` finds for each, as in ``together``.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from entrecidades.engines.affinity.history import History, smoothed
from entrecidades.engines.affinity.observe import (
    SMOOTH_AROUND,
    SMOOTH_COUNTRY,
    SMOOTH_PAIR,
    Seen,
)
from entrecidades.engines.affinity.sparse import Sparse
from entrecidades.engines.affinity.view import Eye, Gains


def region_gains(eye: Eye, places: NDArray[np.int64]) -> Gains:
    """What ``view`` finds for the regions of each of some places of one country."""
    atlas, tables = eye.atlas, eye.model.tables
    country, regions = int(atlas.places.country[places[0]]), atlas.places.region[places]
    gains = np.tile(eye.of_country(country).regions, (regions.size, 1))
    for feature, lifts in (
        ("region_pair", linked_lifts(atlas.history, country, regions)),
        ("region_around", around_lifts(atlas.history, regions)),
    ):
        gains += tables[feature].judge(Seen(feature, "region", lifts))
    return gains


def linked_lifts(
    history: History, country: int, regions: NDArray[np.int64]
) -> NDArray[np.float64]:
    """Links of some regions of a country with each region, see ``observe.linked_regions``."""
    lands = history.lands
    links = links_of(history.regions, regions)
    totals = by_land(links, lands)
    usual = smoothed(history.country_region[country], history.openness, lands, SMOOTH_COUNTRY)
    seeker, region = np.nonzero((totals > 0)[:, lands])
    share = links[seeker, region] + SMOOTH_PAIR * usual[region]
    share /= totals[seeker, lands[region]] + SMOOTH_PAIR
    lifts = np.zeros(links.shape)
    lifts[seeker, region] = np.log(share / usual[region])
    return lifts


def around_lifts(history: History, regions: NDArray[np.int64]) -> NDArray[np.float64]:
    """Links of what is near some regions with what is near others, see ``regions_around``."""
    lands, near = history.lands, history.near_regions
    links = links_of(history.regions, regions, near)
    seeker, linked = np.nonzero(links)
    owner, around, weights = near.rows(linked)
    total = summed(seeker[owner], around, weights * links[seeker, linked][owner], links.shape)
    expected = by_land(links, lands)[:, lands] * history.openness_around
    some = (total > 0) | (expected > 0)
    lifts = np.zeros(links.shape)
    lifts[some] = np.log((total[some] + SMOOTH_AROUND) / (expected[some] + SMOOTH_AROUND))
    return lifts


def links_of(
    links: Sparse, regions: NDArray[np.int64], near: Sparse | None = None
) -> NDArray[np.float64]:
    """Links of each of some regions, or of what is near it, with all regions."""
    shape = (regions.size, len(links))
    if near is None:
        return summed(*links.rows(regions), shape)
    owner, around, weights = near.rows(regions)
    which, reached, count = links.rows(around)
    return summed(owner[which], reached, count * weights[which], shape)


def by_land(links: NDArray[np.float64], lands: NDArray[np.int64]) -> NDArray[np.float64]:
    """The same by country."""
    row, region = np.nonzero(links)
    shape = (len(links), int(lands.max(initial=0)) + 1)
    return summed(row, lands[region], links[row, region], shape)


def summed(
    row: NDArray[np.int64], column: NDArray[Any], values: NDArray[Any], shape: tuple[int, int]
) -> NDArray[np.float64]:
    """The sums of values by row and column, added in the order in which they stand."""
    key = row * shape[1] + column
    total: NDArray[np.float64] = np.bincount(
        key, values.astype(np.float64), minlength=shape[0] * shape[1]
    ).astype(np.float64)
    return total.reshape(shape)
