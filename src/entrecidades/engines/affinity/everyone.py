"""The best candidates of all places at once, exactly, without looking at every pair.

Seekers of one country that lie side by side are taken together, see ``crowd``: an upper bound
of what each candidate can reach for any of them is worked out once, and only the candidates whose
bound passes the last of a list are scored.
"""

from collections.abc import Callable, Iterator

import numpy as np

from entrecidades.engines.affinity.crowd import Crowd, Home, Lists
from entrecidades.engines.affinity.layers import Field, Rows
from entrecidades.engines.affinity.view import Eye

CROWD = 48
"""More seekers share more work and have looser bounds; between 32 and 64 it hardly matters."""

STEPS = 1 << 12
"""Into so many the world is cut both ways, to put neighbours side by side."""

__all__ = ["Lists", "all_lists"]


def all_lists(
    eye: Eye,
    seekers: Rows,
    allowed: Rows | None,
    limit: int,
    *,
    abroad: bool,
    progress: Callable[[int, int], None] | None,
) -> Iterator[Lists]:
    """The lists of all seekers, a crowd at a time, see ``Matcher.suggest_all``."""
    field = Field(eye, allowed)
    country = eye.atlas.places.country[seekers]
    done = 0
    for land in np.unique(country):
        home = Home(eye, field, side_by_side(eye, seekers[country == land]), abroad=abroad)
        for first in range(0, home.seekers.size, CROWD):
            crowd = Crowd(home, first, min(first + CROWD, home.seekers.size))
            yield crowd.lists(limit)
            done += crowd.seekers.size
            if progress is not None:
                progress(done, seekers.size)


def side_by_side(eye: Eye, seekers: Rows) -> Rows:
    """The seekers in an order in which those who follow each other are close.

    Latitude and longitude lend the bits of the key in turn (Morton's order).
    """
    places = eye.atlas.places
    code = np.zeros(seekers.size, np.int64)
    for turn, (column, span) in enumerate(((places.latitude, 180.0), (places.longitude, 360.0))):
        share = np.nan_to_num(column[seekers] / span + 0.5)
        bits = np.clip(share * STEPS, 0, STEPS - 1).astype(np.int64)
        for bit in range(STEPS.bit_length() - 1):
            code |= ((bits >> bit) & 1) << (2 * bit + turn)
    return seekers[np.argsort(code, kind="stable")]
