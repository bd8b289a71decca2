"""What is known of each place or body: the columns that the score looks at."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from entrecidades.engines.affinity.sparse import Sparse

CAPITAL, LARGEST, METROPOLIS = 1, 2, 4
"""Bits of ``roles``: national capital, largest of its region, metropolis. Every further bit
(port, border town, university town ...) is a role that the caller declares and names."""

METROPOLIS_FROM = 1_000_000
SIZES = 35
"""Size classes: 0 is unknown or below 128 inhabitants, then two for each doubling."""


def size_class(population: ArrayLike) -> NDArray[np.int64]:
    """The class of a population: two for each doubling, from 128 inhabitants on.

    Examples
    --------
    >>> size_class([0, 500, 1_000_000, 12_000_000]).tolist()
    [0, 4, 26, 34]
    """
    people = np.maximum(np.asarray(population, np.float64), 1.0)
    doublings = np.floor(2 * np.log2(people)) - 13
    classes: NDArray[np.int64] = np.clip(doublings, 0, SIZES - 1).astype(np.int64)
    return classes


@dataclass(frozen=True, slots=True)
class Places:
    """One row per entity; all columns have the same length *n*.

    Attributes
    ----------
    latitude, longitude : float64[n], degrees; NaN where unknown
    population : float64[n], inhabitants (of a body: those it stands for); 0 unknown
    country, region : int64[n], numbers from 0; a region lies in one country
    kind : int64[n], number of the kind or tier (0 for municipalities)
    roles : int64[n], bit mask, see ``CAPITAL``
    languages : int64[n], bit mask of languages spoken or official, up to 63
    names : int64[n], number of names recorded, a sign of how far a place is known
    keys : Sparse[n, keys], from ``name_keys``
    needs : Sparse[n, themes], urgency in (0, 1]
    offers : Sparse[n, themes], depth in (0, 1]
    programmes : int64[n], bit mask of programmes taken part in, up to 63
    priorities : int64[themes], bit mask of the programmes that put the theme first
    """

    latitude: NDArray[np.float64]
    longitude: NDArray[np.float64]
    population: NDArray[np.float64]
    country: NDArray[np.int64]
    region: NDArray[np.int64]
    kind: NDArray[np.int64]
    roles: NDArray[np.int64]
    languages: NDArray[np.int64]
    names: NDArray[np.int64]
    keys: Sparse
    needs: Sparse
    offers: Sparse
    programmes: NDArray[np.int64]
    priorities: NDArray[np.int64]

    @classmethod
    def of(
        cls,
        *,
        latitude: ArrayLike,
        longitude: ArrayLike,
        population: ArrayLike,
        country: ArrayLike,
        region: ArrayLike,
        **known: Any,
    ) -> Self:
        """Build the columns; what is not given is unknown, and disturbs nothing.

        The roles ``LARGEST`` and ``METROPOLIS`` are derived from the populations.

        Raises
        ------
        ValueError
            When a column has another length, or a name is not a column.
        """
        given = {"latitude": latitude, "longitude": longitude, "population": population}
        columns: dict[str, Any] = {
            name: np.asarray(column, np.float64) for name, column in given.items()
        }
        columns |= {
            "country": np.asarray(country, np.int64),
            "region": np.asarray(region, np.int64),
        }
        count = columns["latitude"].size
        for name in ("kind", "roles", "languages", "names", "programmes"):
            columns[name] = np.asarray(known.pop(name, np.zeros(count)), np.int64)
        for name in ("keys", "needs", "offers"):
            table = known.pop(name, None)
            columns[name] = Sparse.empty(count) if table is None else table
        columns["priorities"] = np.asarray(known.pop("priorities", np.zeros(0)), np.int64)
        if known:
            raise ValueError(f"not columns of places: {', '.join(sorted(known))}")
        odd = [
            name
            for name, column in columns.items()
            if name != "priorities" and len(column) != count
        ]
        if odd:
            raise ValueError(f"columns of another length than latitude: {', '.join(odd)}")
        columns["roles"] = columns["roles"] | derived_roles(
            columns["population"], columns["region"]
        )
        return cls(**columns)

    def __len__(self) -> int:
        return self.latitude.size

    @property
    def themes(self) -> int:
        """How many themes the needs, offers and priorities speak of."""
        used = [
            int(table.columns.max()) + 1
            for table in (self.needs, self.offers)
            if table.columns.size
        ]
        return max([self.priorities.size, *used])


def derived_roles(population: NDArray[np.float64], region: NDArray[np.int64]) -> NDArray[np.int64]:
    """The roles that populations tell: largest of its region, metropolis.

    Examples
    --------
    >>> derived_roles(np.array([1_766_184.0, 675_000.0, 800.0]), np.array([0, 0, 1])).tolist()
    [6, 0, 2]
    """
    order = np.lexsort((-population, region))
    first = np.ones(order.size, bool)
    first[1:] = region[order][1:] != region[order][:-1]
    roles = np.zeros(order.size, np.int64)
    roles[order[first]] |= LARGEST
    roles[population >= METROPOLIS_FROM] |= METROPOLIS
    roles[population <= 0] = 0
    return roles
