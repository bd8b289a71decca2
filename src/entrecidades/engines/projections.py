"""Map projections: from degrees on the globe to a flat plane with y downwards."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
_M = np.sqrt(3.0) / 2.0


def turned(lon: ArrayLike, centre: float) -> Floats:
    """Measure longitudes from another central meridian, in [-180, 180).

    Examples
    --------
    Suva (178.4° E) and Honolulu (157.9° W) seen from the date line:

    >>> turned([178.4, -157.9], 180.0).round(1).tolist()
    [-1.6, 22.1]
    """
    shifted = np.asarray(lon, dtype=np.float64) - centre
    wrapped: Floats = np.mod(shifted + 180.0, 360.0) - 180.0
    return wrapped


def equal_earth(lat: ArrayLike, lon: ArrayLike) -> tuple[Floats, Floats]:
    """Project the whole world so that areas keep their true proportion.

    The Equal Earth projection (Šavrič, Patterson and Jenny, 2018): Africa is
    fourteen times Greenland, as on the globe. Linear in longitude, so that a
    longitude beyond 180 lands beyond the edge of the map.

    Parameters
    ----------
    lat, lon : array_like of shape (n,)
        Degrees north and degrees east of the central meridian.

    Returns
    -------
    tuple of ndarray of shape (n,)
        x to the right and y downwards, on a globe of radius 1: x within
        ±2.7067 and y within ±1.3174.

    Examples
    --------
    Maputo lies right of and below the centre, Recife left of and below it.

    >>> x, y = equal_earth([-25.97, -8.05], [32.58, -34.88])
    >>> x.round(2).tolist(), y.round(2).tolist()
    ([0.47, -0.52], [0.52, 0.16])
    """
    theta = np.arcsin(_M * np.sin(np.radians(np.asarray(lat, dtype=np.float64))))
    square = theta * theta
    sixth = square**3
    slope = 9 * _A4 * sixth * square + 7 * _A3 * sixth + 3 * _A2 * square + _A1
    x: Floats = np.radians(np.asarray(lon, dtype=np.float64)) * np.cos(theta) / (_M * slope)
    y: Floats = -theta * (_A1 + _A2 * square + sixth * (_A3 + _A4 * square))
    return x, y


def widest_gap(lon: ArrayLike) -> float:
    """Find the meridian at which a country may be cut open without cutting it.

    Returns
    -------
    float
        The middle of the widest empty span of longitudes, in [0, 360).

    Examples
    --------
    Fiji lies on both sides of the date line; it is cut open at Greenwich's
    side of the world, not in the middle of its islands.

    >>> round(widest_gap([177.4, 178.4, -179.9]), 1)
    358.8
    """
    around = np.unique(np.mod(np.asarray(lon, dtype=np.float64), 360.0))
    gaps = np.diff(np.append(around, around[0] + 360.0))
    widest = int(np.argmax(gaps))
    return float((around[widest] + gaps[widest] / 2.0) % 360.0)


def local(lat: ArrayLike, lon: ArrayLike, *, parallel: float, cut: float) -> tuple[Floats, Floats]:
    """Project one country or region: true to scale along its middle parallel.

    Parameters
    ----------
    lat, lon : array_like of shape (n,)
        Degrees.
    parallel : float
        The latitude at which distances east and north are alike.
    cut : float
        The meridian, far from the country, at which the world is cut open.

    Returns
    -------
    tuple of ndarray of shape (n,)
        x to the right of the middle meridian and y downwards, both in degrees
        of latitude.

    Examples
    --------
    >>> x, y = local([60.0], [30.0], parallel=60.0, cut=180.0)
    >>> x.round(6).tolist(), y.tolist()
    ([15.0], [-60.0])
    """
    east = turned(lon, cut + 180.0)
    shrink = np.cos(np.radians(min(abs(parallel), 85.0)))
    y: Floats = -np.asarray(lat, dtype=np.float64)
    return east * shrink, y
