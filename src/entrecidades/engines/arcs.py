"""Arcs between two places: lifted curves, thicker where more ties run together."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from entrecidades.engines import svg

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

#: How far an arc rises over its chord, as a share of the chord.
LIFT = 0.17
#: Arcs keep this far below the upper edge of the drawing.
CEILING = 4.0


@dataclass(frozen=True, slots=True)
class Bundles:
    """Ties that run between the same two groups, drawn as one.

    ``a`` and ``b`` are the groups, ``a`` always below ``b``; each group stands
    in one place, the mean of all its ends; ``weight`` is the sum.
    """

    a: Integers
    b: Integers
    lat_a: Floats
    lon_a: Floats
    lat_b: Floats
    lon_b: Floats
    weight: Floats


def bundled(
    group_a: ArrayLike,
    group_b: ArrayLike,
    ends: tuple[Floats, Floats, Floats, Floats],
    weight: ArrayLike,
) -> Bundles:
    """Gather many ties into one for each pair of groups, strongest first.

    Parameters
    ----------
    group_a, group_b : array_like of int, shape (n,)
        The group (a country, say) of each end; ties have no direction.
    ends : tuple of four ndarray of shape (n,)
        lat_a, lon_a, lat_b, lon_b in degrees.
    weight : array_like of shape (n,)
        Zero or more.

    Returns
    -------
    Bundles
        One entry per pair of different groups, by falling weight.

    Examples
    --------
    Two ties between Brazil (0) and France (1), told from either side:

    >>> lat_a, lon_a = np.array([-23.5, 45.8]), np.array([-46.6, 4.8])
    >>> lat_b, lon_b = np.array([48.9, -25.4]), np.array([2.4, -49.3])
    >>> one = bundled([0, 1], [1, 0], (lat_a, lon_a, lat_b, lon_b), [1.0, 1.0])
    >>> one.weight.tolist(), one.lat_a.round(1).tolist(), one.lat_b.round(2).tolist()
    ([2.0], [-24.4], [47.35])
    """
    one, other = np.asarray(group_a, np.int64), np.asarray(group_b, np.int64)
    lat_a, lon_a, lat_b, lon_b = (np.asarray(end, np.float64) for end in ends)
    groups, member = np.unique(np.concatenate([one, other]), return_inverse=True)
    times = np.bincount(member)
    lat = np.bincount(member, np.concatenate([lat_a, lat_b])) / times
    lon = _mean_direction(member, np.concatenate([lon_a, lon_b]))
    first, second = np.minimum(*member.reshape(2, -1)), np.maximum(*member.reshape(2, -1))
    pairs, pair_of = np.unique(first * groups.size + second, return_inverse=True)
    total = np.bincount(pair_of, np.asarray(weight, np.float64), minlength=pairs.size)
    order = np.argsort(-total, kind="stable")
    order = order[pairs[order] // groups.size != pairs[order] % groups.size]
    a, b = pairs[order] // groups.size, pairs[order] % groups.size
    return Bundles(groups[a], groups[b], lat[a], lon[a], lat[b], lon[b], total[order])


def curve(x1: float, y1: float, x2: float, y2: float, *, lift: float = LIFT) -> str:
    """Write one arc as the data of a path; it bends upwards, as a throw does.

    Examples
    --------
    >>> curve(0, 50, 100, 50)
    'M0 50Q50 16 100 50'
    """
    across, down = x2 - x1, y2 - y1
    side = 1.0 if across >= 0 else -1.0
    control_x = (x1 + x2) / 2.0 + 2.0 * lift * side * down
    control_y = (y1 + y2) / 2.0 - 2.0 * lift * side * across
    control_y = max(control_y, min(2.0 * CEILING - (y1 + y2) / 2.0, y1, y2))
    points = [svg.number(value) for value in (x1, y1, control_x, control_y, x2, y2)]
    return f"M{points[0]} {points[1]}Q{points[2]} {points[3]} {points[4]} {points[5]}"


def strengths(weight: ArrayLike, steps: int = 3) -> Integers:
    """Sort weights into steps of equal ratio, 0 the weakest.

    Examples
    --------
    >>> strengths([1.0, 10.0, 100.0]).tolist()
    [0, 1, 2]
    """
    values = np.maximum(np.asarray(weight, np.float64), 1e-9)
    if values.size == 0 or values.max() == values.min():
        return np.zeros(values.shape, np.int64)
    share = np.log(values / values.min()) / np.log(values.max() / values.min())
    step: Integers = np.minimum((share * steps).astype(np.int64), steps - 1)
    return step


def _mean_direction(member: Integers, lon: Floats) -> Floats:
    """Average longitudes as directions, so that their mean survives the date line."""
    around = np.radians(lon)
    east = np.bincount(member, np.sin(around))
    return np.degrees(np.arctan2(east, np.bincount(member, np.cos(around))))
