"""What is asked: two sides with capacities and fairness, and what must or must not be paired."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

UNIT = 1_000_000
"""Scores count in whole millionths, so that sums, bounds and ties are exact."""

GREATEST = 1_000_000.0
"""No score may be larger, or millionths would no longer be told apart."""

NO_REGION = -1
UNLIMITED = np.iinfo(np.int32).max


@dataclass(frozen=True, slots=True)
class Side:
    """Those of one side.

    Attributes
    ----------
    keys : a name for each, unique; names, not their order, break ties
    capacity : with how many each may be paired
    region : the number of each one's region; ``NO_REGION`` for none
    regions : the regions' names
    least, most : with how many pairs each region is to end, together
    """

    keys: tuple[str, ...]
    capacity: Ints
    region: Ints
    regions: tuple[str, ...] = ()
    least: Ints = field(default_factory=lambda: np.zeros(0, np.int64))
    most: Ints = field(default_factory=lambda: np.zeros(0, np.int64))

    def __len__(self) -> int:
        return len(self.keys)

    @classmethod
    def of(
        cls,
        keys: Iterable[str],
        *,
        capacity: int | Sequence[int] = 1,
        regions: Sequence[str | None] | None = None,
        least: int | Mapping[str, int] = 0,
        most: int | Mapping[str, int] | None = None,
    ) -> "Side":
        """A side from plain values; limits are one number for every region, or one for each.

        Examples
        --------
        >>> side = Side.of(["Torino", "Verona", "Bari"], regions=["North", "North", "South"],
        ...                least={"South": 1}, most=1)
        >>> side.regions, side.least.tolist(), side.most.tolist()
        (('North', 'South'), [0, 1], [1, 1])
        """
        names = tuple(keys)
        of_each = list(regions) if regions is not None else [None] * len(names)
        limits = [given for given in (least, most) if isinstance(given, Mapping)]
        known = sorted(
            {one for one in of_each if one} | {one for given in limits for one in given}
        )
        number = {name: index for index, name in enumerate(known)}
        return cls(
            keys=names,
            capacity=np.broadcast_to(np.asarray(capacity, np.int64), (len(names),)).copy(),
            region=np.array([number.get(one or "", NO_REGION) for one in of_each], np.int64),
            regions=tuple(known),
            least=_limits(known, least, 0),
            most=_limits(known, UNLIMITED if most is None else most, UNLIMITED),
        )

    def ordered(self, order: Ints) -> "Side":
        """The same side in another order."""
        keys = tuple(self.keys[index] for index in order.tolist())
        return Side(
            keys, self.capacity[order], self.region[order], self.regions, self.least, self.most
        )


def _limits(regions: Sequence[str], given: int | Mapping[str, int], otherwise: int) -> Ints:
    """One limit for each region."""
    if isinstance(given, Mapping):
        return np.array([given.get(name, otherwise) for name in regions], np.int64)
    return np.full(len(regions), given, np.int64)


Link = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Problem:
    """Who is to be paired with whom, within which limits.

    Attributes
    ----------
    rows, columns : the two sides
    pins : (row, column) that must be paired
    forbids : (row, column) that must not
    most : no more pairs than this; None for as many as the capacities allow
    """

    rows: Side
    columns: Side
    pins: tuple[Link, ...] = ()
    forbids: tuple[Link, ...] = ()
    most: int | None = None

    @property
    def total(self) -> int:
        """How many pairs there may be."""
        return UNLIMITED if self.most is None else self.most

    def ordered(self, rows: Ints, columns: Ints) -> "Problem":
        """The same problem with both sides in another order."""
        row, column = np.argsort(rows), np.argsort(columns)

        def moved(links: tuple[Link, ...]) -> tuple[Link, ...]:
            return tuple(sorted({(int(row[i]), int(column[j])) for i, j in links}))

        return Problem(
            self.rows.ordered(rows),
            self.columns.ordered(columns),
            moved(self.pins),
            moved(self.forbids),
            self.most,
        )
