"""All that the score needs to know of the world, ready to be mapped by every worker."""

import dataclasses
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from entrecidades.engines.affinity.cells import NEAR, Cells, unit_vectors
from entrecidades.engines.affinity.history import Currents, History, both_ways
from entrecidades.engines.affinity.places import Places, size_class
from entrecidades.engines.affinity.settings import Settings
from entrecidades.engines.affinity.sparse import Sparse
from entrecidades.engines.affinity.store import open_record, save

STAMP_FIELDS = ("country", "size", "kind", "roles", "languages", "programmes")


@dataclass(frozen=True, slots=True)
class Stamps:
    """The distinct combinations of what many places have in common.

    There are some thousands of them for all the world's places, so that a part of the score
    that depends on nothing else is worked out once for each stamp.

    Attributes
    ----------
    of_place : int64[n]
    country, size, kind, roles, languages, programmes : int64[stamps]
    """

    of_place: NDArray[np.int64]
    country: NDArray[np.int64]
    size: NDArray[np.int64]
    kind: NDArray[np.int64]
    roles: NDArray[np.int64]
    languages: NDArray[np.int64]
    programmes: NDArray[np.int64]

    @classmethod
    def of(cls, places: Places) -> Self:
        """Find the distinct stamps."""
        size = size_class(places.population)
        columns = [size if name == "size" else getattr(places, name) for name in STAMP_FIELDS]
        code = np.zeros(len(places), np.int64)
        for column in columns:
            values, number = np.unique(column, return_inverse=True)
            code = np.unique(code * values.size + number, return_inverse=True)[1]
        first = np.unique(code, return_index=True)[1]
        return cls(code, *(column[first] for column in columns))

    def with_place(self, place: int, values: dict[str, int]) -> Self:
        """A copy in which one place bears a stamp of its own."""
        longer = {name: np.append(getattr(self, name), values[name]) for name in STAMP_FIELDS}
        of_place = self.of_place
        of_place[place] = self.country.size
        return type(self)(of_place, **longer)


@dataclass(frozen=True, slots=True)
class Profile:
    """What may change of one place between two snapshots; ``None`` leaves it as it is.

    Attributes
    ----------
    needs, offers : theme number → urgency or depth in (0, 1]
    languages, roles, programmes : bit masks
    population : inhabitants
    partners : rows of all its known partners
    """

    needs: dict[int, float] | None = None
    offers: dict[int, float] | None = None
    languages: int | None = None
    roles: int | None = None
    programmes: int | None = None
    population: float | None = None
    partners: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class Atlas:
    """The world's places and what is known to be linked, as arrays.

    Attributes
    ----------
    places : the columns
    stamps, history : worked out from them
    settings : where each place stands among those around it
    cells : the land cut into neighbourhoods
    currents : links between them
    points : float32[3, n], unit vectors
    seekers : Sparse[themes, n], who needs each theme, and the theme's share in its needs
    givers : Sparse[themes, n], who offers each theme
    bearers : Sparse[keys, n], who bears each name
    demand : float32[n], sum of the urgencies of a place's needs
    """

    places: Places
    stamps: Stamps
    settings: Settings
    cells: Cells
    history: History
    currents: Currents
    points: NDArray[np.float32]
    seekers: Sparse
    givers: Sparse
    bearers: Sparse
    demand: NDArray[np.float32]

    @classmethod
    def of(cls, places: Places, pairs: ArrayLike) -> Self:
        """Work out everything from the columns and the known partnerships.

        Parameters
        ----------
        pairs : int[links, 2], rows of the partners; leave out cliques of networks
        """
        cells = Cells.of(places, NEAR)
        themes = places.themes
        names = int(places.keys.columns.max(initial=-1)) + 1
        return cls(
            places=places,
            stamps=Stamps.of(places),
            settings=Settings.of(places, cells),
            cells=cells,
            history=History.of(places, cells, pairs),
            currents=Currents.of(places, cells, pairs),
            points=np.ascontiguousarray(
                unit_vectors(places.latitude, places.longitude).T.astype(np.float32)
            ),
            seekers=shares(places.needs).transposed(themes),
            givers=places.offers.transposed(themes),
            bearers=places.keys.transposed(names),
            demand=row_sums(places.needs),
        )

    def __len__(self) -> int:
        return len(self.places)

    def save(self, folder: Path) -> None:
        """Write a snapshot; readers map it with :meth:`open`."""
        save(self, folder)

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Map a snapshot: nothing is parsed, and workers share its pages.

        Raises
        ------
        FileNotFoundError
            When there is no snapshot in the folder.
        """
        return open_record(cls, folder)

    def with_links(self, pairs: ArrayLike) -> Self:
        """The same places with other known partnerships."""
        return dataclasses.replace(
            self,
            history=History.of(self.places, self.cells, pairs),
            currents=Currents.of(self.places, self.cells, pairs),
        )

    def patched(self, place: int, profile: Profile) -> Self:
        """A copy in which one place's profile is the given one.

        Partners are known at once (as partners, in common ones and in the number of them);
        the counts over regions and neighbourhoods wait for the next snapshot.
        """
        changes: dict[str, Any] = {}
        for name, table in (("needs", profile.needs), ("offers", profile.offers)):
            if table is not None:
                wanted = getattr(self.places, name)
                changes[name] = wanted.with_row(place, list(table), list(table.values()))
        for name in ("languages", "roles", "programmes", "population"):
            value = getattr(profile, name)
            if value is not None:
                changes[name] = with_value(getattr(self.places, name), place, value)
        atlas = self.with_places(dataclasses.replace(self.places, **changes), place)
        return atlas if profile.partners is None else atlas.with_partners(place, profile.partners)

    def with_places(self, places: Places, place: int) -> Self:
        """A copy with other columns, of which one row has changed."""
        values = {
            name: int(getattr(places, name)[place]) for name in STAMP_FIELDS if name != "size"
        }
        values["size"] = int(size_class(places.population[place]))
        themes = max(places.themes, len(self.seekers))
        stamps = dataclasses.replace(self.stamps, of_place=np.array(self.stamps.of_place))
        return dataclasses.replace(
            self,
            places=places,
            stamps=stamps.with_place(place, values),
            seekers=shares(places.needs).transposed(themes),
            givers=places.offers.transposed(themes),
            demand=with_value(self.demand, place, places.needs.row(place)[1].sum()),
        )

    def with_partners(self, place: int, partners: tuple[int, ...]) -> Self:
        """A copy in which the known partners of one place are others."""
        table = self.history.partners
        ends = np.stack([table.owners(), table.columns.astype(np.int64)], axis=1)
        kept = ends[(ends != place).all(axis=1)]
        new = np.array([(place, partner) for partner in partners], np.int64).reshape(-1, 2)
        here, there = both_ways(np.concatenate([kept, new]))
        country = self.places.country
        history = dataclasses.replace(
            self.history,
            partners=Sparse.of(here, there, 1.0, rows=len(self)),
            degrees=np.bincount(here, minlength=len(self)),
            by_country=Sparse.of(country[there], here, 1.0, rows=len(self.history.by_country)),
        )
        return dataclasses.replace(self, history=history)


def row_sums(table: Sparse) -> NDArray[np.float32]:
    """The sum of the values of each row."""
    return np.bincount(table.owners(), table.values, minlength=len(table)).astype(np.float32)


def shares(table: Sparse) -> Sparse:
    """The same table with rows that sum to one."""
    sums = np.maximum(row_sums(table), 1e-6)[table.owners()]
    return dataclasses.replace(table, values=(table.values / sums).astype(np.float32))


def with_value(column: NDArray[Any], row: int, value: float) -> NDArray[Any]:
    """A copy of a column in which one value is another."""
    copy = np.array(column)
    copy[row] = value
    return copy
