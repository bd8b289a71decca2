"""Frames: which part of the globe a drawing shows, and at which scale."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from entrecidades.engines import dotgrid
from entrecidades.engines.projections import equal_earth, local, turned, widest_gap

Floats = NDArray[np.float64]

#: The world is cut open in the Bering Strait, so that no country is cut in two.
CENTRE = 11.0
#: Half the width of the Equal Earth map of a globe of radius 1.
_HALF = 2.7067
_NORTH, _SOUTH = 84.0, -57.0
#: A country is drawn at least this wide for its height, at least so many degrees
#: across, and with room for the marks around it.
_SLENDER, _LEAST, _MARGIN = 0.7, 0.5, 14.0
#: A part of the world is shown at most so much enlarged, and in these proportions.
_ZOOM, _BROAD, _FLAT = 8.0, 1.25, 2.3
#: Widths of the drawings: marks and arcs keep their size whatever the honeycomb.
WORLD, COUNTRY, LOCATOR = 600.0, 320.0, 200.0


@dataclass(frozen=True, slots=True)
class Frame:
    """How degrees become drawing units: a projection, a scale and an origin.

    ``pitch`` is the size of a unit of the honeycomb in drawing units.
    """

    width: float
    height: float
    scale: float
    left: float
    top: float
    pitch: float
    parallel: float | None = None
    cut: float = (CENTRE + 180.0) % 360.0

    def place(self, lat: ArrayLike, lon: ArrayLike) -> tuple[Floats, Floats]:
        """Return positions in drawing units."""
        if self.parallel is None:
            x, y = equal_earth(lat, turned(lon, self.cut + 180.0))
        else:
            x, y = local(lat, lon, parallel=self.parallel, cut=self.cut)
        return (x - self.left) * self.scale, (y - self.top) * self.scale

    @property
    def turn(self) -> float:
        """The width of 360 degrees, in drawing units, for ties across the edge."""
        return 2.0 * _HALF * self.scale


def world_frame(columns: int, width: float = WORLD) -> Frame:
    """Frame the inhabited world, from Svalbard to Ushuaia.

    Examples
    --------
    >>> frame = world_frame(240)
    >>> round(frame.width), round(frame.height)
    (600, 261)
    """
    _, limits = equal_earth([_NORTH, _SOUTH], [0.0, 0.0])
    scale = width / (2.0 * _HALF)
    height = float(limits[1] - limits[0]) * scale
    pitch = width / (columns * dotgrid.STEP)
    return Frame(width, height, scale, -_HALF, float(limits[0]), pitch)


def close_frame(lat: ArrayLike, lon: ArrayLike, columns: int, width: float = WORLD) -> Frame:
    """Frame the part of the world in which some places lie, with room around them.

    Examples
    --------
    Lisboa and Porto Alegre: the Atlantic between them, not the Pacific.

    >>> frame = close_frame([38.7, -30.0], [-9.1, -51.2], 240)
    >>> x, _ = frame.place([38.7, -30.0, 35.7], [-9.1, -51.2, 139.7])
    >>> [bool(0 < at < frame.width) for at in x]
    [True, True, False]
    """
    whole = world_frame(columns, width)
    x, y = whole.place(lat, lon)
    wide = float(np.ptp(x)) * 1.3 + 0.04 * width
    high = float(np.ptp(y)) * 1.3 + 0.04 * width
    wide = min(max(wide, high * _BROAD, width / _ZOOM), width)
    high = min(max(high, wide / _FLAT), whole.height)
    left = min(max(float(x.min() + x.max() - wide) / 2.0, 0.0), width - wide)
    top = min(max(float(y.min() + y.max() - high) / 2.0, 0.0), whole.height - high)
    zoom = width / wide
    return Frame(
        width,
        high * zoom,
        whole.scale * zoom,
        whole.left + left / whole.scale,
        whole.top + top / whole.scale,
        whole.pitch,
    )


def local_frame(lat: Floats, lon: Floats, columns: int, width: float = COUNTRY) -> Frame:
    """Frame one country or region, wherever the date line runs.

    Examples
    --------
    Fiji is framed as the two degrees it spans, not as the whole globe:

    >>> frame = local_frame(np.array([-17.6, -18.1, -16.8]), np.array([177.4, 178.4, -179.9]), 30)
    >>> x, _ = frame.place([-18.1], [178.4])
    >>> bool(0 < x[0] < frame.width)
    True
    """
    cut = widest_gap(lon)
    parallel = float((lat.min() + lat.max()) / 2.0)
    x, y = local(lat, lon, parallel=parallel, cut=cut)
    wide, high = float(np.ptp(x)), float(np.ptp(y))
    span = max(wide, high * _SLENDER, _LEAST)
    scale = (width - 2.0 * _MARGIN) / span
    left = float(x.min()) - (span - wide) / 2.0 - _MARGIN / scale
    top = float(y.min()) - _MARGIN / scale
    pitch = width / (columns * dotgrid.STEP)
    return Frame(width, high * scale + 2.0 * _MARGIN, scale, left, top, pitch, parallel, cut)
