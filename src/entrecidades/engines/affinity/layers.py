"""The candidates laid out for bounds, and what depends on two kinds."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entrecidades.engines.affinity.view import Eye, Gains, nearest

Rows = NDArray[np.int64]
Pairs = tuple[Rows, Rows]
"""Seekers, as positions in a crowd, and columns."""


class Field:
    """The candidates, laid out for bounds; a column is a candidate's position in ``rows``."""

    def __init__(self, eye: Eye, allowed: Rows | None) -> None:
        atlas = eye.atlas
        self.rows = np.arange(len(atlas)) if allowed is None else allowed
        self.standings = eye.standings[self.rows]
        self.cell = atlas.cells.of_place[self.rows]
        self.country = atlas.places.country[self.rows]
        self.points = np.ascontiguousarray(atlas.points[:, self.rows])
        self.column: Rows = np.full(len(atlas), -1, np.int64)
        self.column[self.rows] = np.arange(self.rows.size)
        self.nearest = nearest(eye.levels)
        self.room = np.zeros(len(atlas), np.float32)


@dataclass(frozen=True, slots=True)
class Layer:
    """What depends on a kind of the seeker and a kind of the candidate.

    Attributes
    ----------
    gains : float32[kinds of seekers, kinds of candidates]
    seeker : the kind of each seeker
    column : the kind of each column
    """

    gains: Gains
    seeker: Rows
    column: Rows

    def between(self, first: int, last: int) -> "Layer":
        """The layer of some seekers."""
        return Layer(self.gains, self.seeker[first:last], self.column)

    def most(self) -> Gains:
        """The most that any of the seekers gains at each column."""
        kinds = np.flatnonzero(np.bincount(self.seeker))
        return np.take(self.gains[kinds].max(axis=0), self.column)

    def of(self, seeker: Rows, column: Rows) -> Gains:
        """The gains of pairs, in the shape to which seekers and columns broadcast."""
        flat = self.seeker[seeker] * self.gains.shape[1] + self.column[column]
        found: Gains = np.take(self.gains.ravel(), flat)
        return found
