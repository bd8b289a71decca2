"""What overlaps with a piece of work: near in place, on the same subject, at the same time.

All three at once: two projects about waste in one city, ten years apart, do not overlap.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date

import numpy as np

EARTH_KM = 6371.0
#: Work in two places this close may meet the same people.
NEAR_KM = 60.0


@dataclass(frozen=True, slots=True)
class Sketch:
    """A piece of work as far as its place, subject and time are known.

    ``places`` are pairs of latitude and longitude in degrees. A day that is not known leaves the
    period open on that side.
    """

    key: Hashable
    places: tuple[tuple[float, float], ...]
    themes: frozenset[Hashable]
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Overlap:
    """What another piece of work shares with a draft: subjects, kilometres, days in common."""

    key: Hashable
    themes: frozenset[Hashable] = field(default_factory=frozenset)
    km: float = 0.0
    first: date | None = None
    last: date | None = None


def overlaps(draft: Sketch, others: Iterable[Sketch], *, within: float = NEAR_KM) -> list[Overlap]:
    """Find what overlaps with a draft, the most common subjects and the nearest first.

    Parameters
    ----------
    draft : Sketch
        Without places or subjects nothing overlaps with it.
    others : iterable of Sketch
        Anything but the draft itself.
    within : float
        Kilometres.

    Returns
    -------
    list of Overlap
        In an order that depends on nothing but the facts.

    Examples
    --------
    >>> day = date(2024, 1, 1)
    >>> draft = Sketch(0, ((-25.97, 32.57),), frozenset({"waste"}), day, None)
    >>> there = Sketch(1, ((-25.96, 32.46),), frozenset({"waste", "water"}), None, day)
    >>> [(one.key, round(one.km), sorted(one.themes)) for one in overlaps(draft, [there])]
    [(1, 11, ['waste'])]
    >>> overlaps(draft, [Sketch(2, ((48.9, 2.4),), frozenset({"waste"}))])
    []
    """
    found = [_compared(draft, other, within) for other in others]
    met = [one for one in found if one is not None]
    return sorted(met, key=lambda one: (-len(one.themes), one.km, str(one.key)))


def _compared(draft: Sketch, other: Sketch, within: float) -> Overlap | None:
    """The overlap of two, if place, subject and time all meet."""
    themes = draft.themes & other.themes
    firsts = [day for day in (draft.first, other.first) if day]
    lasts = [day for day in (draft.last, other.last) if day]
    first, last = max(firsts, default=None), min(lasts, default=None)
    if not themes or not draft.places or not other.places or (first and last and last < first):
        return None
    km = _nearest(draft.places, other.places)
    return Overlap(other.key, themes, km, first, last) if km <= within else None


def _nearest(
    one: tuple[tuple[float, float], ...], other: tuple[tuple[float, float], ...]
) -> float:
    """The least distance between two sets of places, in kilometres."""
    a, b = np.radians(np.array(one, np.float64)), np.radians(np.array(other, np.float64))
    lat_a, lon_a, lat_b, lon_b = a[:, None, 0], a[:, None, 1], b[None, :, 0], b[None, :, 1]
    half = np.sin((lat_b - lat_a) / 2) ** 2
    half = half + np.cos(lat_a) * np.cos(lat_b) * np.sin((lon_b - lon_a) / 2) ** 2
    return float(2 * EARTH_KM * np.arcsin(np.sqrt(np.clip(half, 0.0, 1.0))).min())
