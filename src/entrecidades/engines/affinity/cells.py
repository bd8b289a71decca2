"""The land cut into cells of a quarter of a degree, so that neighbourhoods can be counted."""

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from entrecidades.engines.affinity.places import Places
from entrecidades.engines.affinity.sparse import Sparse

EARTH_KM = 6371.0


def unit_vectors(
    latitude: NDArray[np.float64], longitude: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Points of the unit sphere, shape (n, 3); NaN where a coordinate is unknown."""
    north, east = np.radians(latitude), np.radians(longitude)
    around = np.cos(north)
    return np.stack([around * np.cos(east), around * np.sin(east), np.sin(north)], axis=-1)


@dataclass(frozen=True, slots=True)
class Grid:
    """How finely to cut, and how far a neighbourhood goes.

    Attributes
    ----------
    step : side of a cell, degrees
    reach : cells farther apart are no neighbours, kilometres
    scale : a neighbour at this distance counts 1/e of one at the door, kilometres
    """

    step: float
    reach: float
    scale: float


NEAR = Grid(step=0.25, reach=75.0, scale=25.0)
"""The towns around."""

COLUMNS, LANDS = 4096, 1024
"""More than there are columns of cells, and countries."""


@dataclass(frozen=True, slots=True)
class Cells:
    """The inhabited cells; one that a border cuts counts once for each country.

    Attributes
    ----------
    of_place : int64[n], the cell of each place; the last cell is nowhere (no coordinates)
    country : int64[cells], -1 for nowhere
    near : Sparse[cells, cells], the weight of each neighbour, itself included with 1
    """

    of_place: NDArray[np.int64]
    country: NDArray[np.int64]
    near: Sparse

    @classmethod
    def of(cls, places: Places, grid: Grid) -> Self:
        """Cut the land under the places into cells.

        Examples
        --------
        Torino and Asti are neighbours, Maputo is not:

        >>> cells = Cells.of(Places.of(
        ...     latitude=[45.07, 44.90, -25.97], longitude=[7.69, 8.21, 32.58],
        ...     population=[850_000, 73_000, 1_200_000],
        ...     country=[0, 0, 1], region=[0, 0, 1]), NEAR)
        >>> [len(cells.near.row(cell)[0]) for cell in cells.of_place]
        [2, 2, 1]
        """
        known = np.isfinite(places.latitude) & np.isfinite(places.longitude)
        row = np.floor(np.where(known, places.latitude + 90, 0) / grid.step).astype(np.int64)
        column = np.floor(np.where(known, places.longitude + 180, 0) / grid.step)
        code = (row * COLUMNS + column.astype(np.int64)) * LANDS + places.country
        codes, of_place = np.unique(code[known], return_inverse=True)
        cell = np.full(len(places), codes.size)
        cell[known] = of_place
        return cls(cell, np.append(codes % LANDS, -1), neighbours(codes // LANDS, grid))


def neighbours(squares: NDArray[np.int64], grid: Grid) -> Sparse:
    """Which cells lie within reach of each other; ``squares`` ascends."""
    row, column = np.divmod(squares, COLUMNS)
    points = unit_vectors((row + 0.5) * grid.step - 90, (column + 0.5) * grid.step - 180)
    kilometres = np.radians(grid.step) * EARTH_KM
    tall = int(grid.reach // kilometres) + 1
    north = np.minimum((np.abs(row * grid.step - 90) + (tall + 1) * grid.step), 89.0)
    span = (grid.reach / (kilometres * np.cos(np.radians(north)))).astype(np.int64) + 1
    owners, others, weights = [], [], []
    for up in range(-tall, tall + 1):
        west = np.maximum(column - span, 0)
        east = np.minimum(column + span, COLUMNS - 1)
        first = np.searchsorted(squares, (row + up) * COLUMNS + west)
        last = np.searchsorted(squares, (row + up) * COLUMNS + east, "right")
        owner = np.repeat(np.arange(squares.size), last - first)
        other = np.arange(owner.size) + np.repeat(last - np.cumsum(last - first), last - first)
        distance = chord_km(points[owner], points[other])
        close = distance <= grid.reach
        owners.append(owner[close])
        others.append(other[close])
        weights.append(np.exp(-distance[close] / grid.scale))
    rows = squares.size + 1
    return Sparse.of(
        np.concatenate(owners), np.concatenate(others), np.concatenate(weights), rows=rows
    )


def chord_km(here: NDArray[np.float64], there: NDArray[np.float64]) -> NDArray[np.float64]:
    """Great-circle distance between unit vectors, kilometres.

    Examples
    --------
    From São Paulo to Maputo:

    >>> points = unit_vectors(np.array([-23.55, -25.97]), np.array([-46.63, 32.58]))
    >>> round(float(chord_km(points[0], points[1])))
    7870
    """
    chord = np.sqrt(np.sum((here - there) ** 2, axis=-1))
    arc: NDArray[np.float64] = 2 * EARTH_KM * np.arcsin(np.clip(chord / 2, 0, 1))
    return arc
