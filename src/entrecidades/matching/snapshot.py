"""The engine's columns as one snapshot: written once, mapped by every worker, then patched.

A snapshot is a folder under ``SNAPSHOT_ROOT``; the file ``current`` names the
one in use. A worker maps it (nothing is parsed) and, before each answer, asks
the database which places have changed since: those rows are read again, so
the next request sees a changed profile (docs/adr/0015).
"""

import json
import shutil
import threading
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from entrecidades.engines.affinity import Atlas, Matcher, Model, Profile
from entrecidades.matching.columns import Directory, Rows, read_columns, read_profiles
from entrecidades.network.models import Entity, Partnership, Place
from entrecidades.network.selectors.changes import Look, changed_since, look

# Written by another version of this house, a snapshot is made anew.
FORM = "2"


class NoSnapshot(Exception):
    """The instance has not been prepared: there is nothing to match with yet."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A mapped snapshot, and the look at the changes of places before which it was read."""

    name: str
    rows: Rows
    book: Directory
    matcher: Matcher
    until: Look

    @property
    def atlas(self) -> Atlas:
        """The engine's columns."""
        return self.matcher.atlas


def write_snapshot(*, on: date) -> str:
    """Read the rooms below, write a new snapshot, make it the current one; returns its name."""
    until = look()
    rows, places, pairs, book = read_columns(on)
    root = Path(settings.SNAPSHOT_ROOT)
    root.mkdir(parents=True, exist_ok=True)
    number = max((int(path.name) for path in root.glob("[0-9]*")), default=0) + 1
    folder = root / str(number)
    Atlas.of(places, pairs).save(folder / "atlas")
    np.save(folder / "ids.npy", rows.ids)
    facts = {"form": FORM, "until": asdict(until), "on": on.isoformat(), "book": asdict(book)}
    (folder / "facts.json").write_text(json.dumps(facts))
    _point_to(root, folder.name)
    _sweep(root, keep={number, number - 1})
    return folder.name


def _point_to(root: Path, name: str) -> None:
    """Name the current snapshot in one indivisible act: a reader sees the old or the new."""
    draft = root / "current.new"
    draft.write_text(name)
    draft.replace(root / "current")


def _sweep(root: Path, keep: set[int]) -> None:
    """Remove older snapshots; the last but one may still be mapped by a slow worker."""
    for path in root.glob("[0-9]*"):
        if int(path.name) not in keep:
            shutil.rmtree(path, ignore_errors=True)


def current_name() -> str | None:
    """Which snapshot is in use; None when there is none of this version's form."""
    root = Path(settings.SNAPSHOT_ROOT)
    try:
        name = (root / "current").read_text()
        form = json.loads((root / name / "facts.json").read_text())["form"]
    except (FileNotFoundError, NotADirectoryError):
        return None
    return name if form == FORM else None


def open_snapshot(name: str) -> Snapshot:
    """Map a snapshot."""
    folder = Path(settings.SNAPSHOT_ROOT) / name
    facts = json.loads((folder / "facts.json").read_text())
    matcher = Matcher(Atlas.open(folder / "atlas"), Model.load())
    rows = Rows(np.load(folder / "ids.npy", mmap_mode="r").view(np.ndarray))
    return Snapshot(name, rows, Directory(**facts["book"]), matcher, Look(**facts["until"]))


class Keeper:
    """One process's snapshot: opened when first asked for, followed to the newest, patched."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held: tuple[Path, Snapshot, Look] | None = None

    def snapshot(self, *, on: date) -> Snapshot:
        """The current snapshot with every change that the database knows of.

        Raises
        ------
        NoSnapshot
            When none has been written yet.
        """
        root = Path(settings.SNAPSHOT_ROOT)
        held = self._held
        # Changes are forgotten after a new snapshot was named: whoever asks for
        # them first and for the name then misses neither.
        news = changed_since(held[2]) if held and held[0] == root else None
        try:
            name = (root / "current").read_text()
        except FileNotFoundError:
            raise NoSnapshot from None
        with self._lock:
            mine = self._held[1] if self._held and self._held[0] == root else None
            if mine is None or news is None or mine.name != name:
                mine = open_snapshot(name)
                news = changed_since(mine.until)
            until, places = news
            if places:
                mine = _patched(mine, places, on=on)
            self._held = (root, mine, until)
        return mine


def _patched(held: Snapshot, changed: Iterable[int], *, on: date) -> Snapshot:
    """The snapshot with the rows of the places that have changed since read anew."""
    places = Place.objects.filter(pk__in=changed).select_related("country")
    atlas = held.atlas
    profiles = dict(_profiles(held, list(places), on=on))
    for row, profile in profiles.items():
        atlas = atlas.patched(row, profile)
    matcher = Matcher(atlas, held.matcher.model) if profiles else held.matcher
    return Snapshot(held.name, held.rows, held.book, matcher, held.until)


def _profiles(held: Snapshot, places: list[Place], *, on: date) -> Iterable[tuple[int, Profile]]:
    """The row and the present profile of each place; one loaded since has no row yet."""
    needs, offers = read_profiles(held.rows, held.book, on=on, places=[p.pk for p in places])
    declared = _declared_languages(places)
    for place in places:
        row = held.rows.of_place(place.pk)
        if row is None:
            continue
        languages = [*place.country.languages, *declared.get(place.pk, ())]
        yield (
            row,
            Profile(
                needs=_cells(needs, row),
                offers=_cells(offers, row),
                languages=held.book.language_bits(languages),
                roles=place.roles,
                population=place.population,
                partners=_partners(held.rows, place),
            ),
        )


def _cells(table: Any, row: int) -> dict[int, float]:
    """One row of a sparse table as a dict."""
    themes, values = table.row(row)
    return dict(zip(themes.tolist(), values.tolist(), strict=True))


def _declared_languages(places: list[Place]) -> dict[int, list[str]]:
    """The languages that bodies with their seat in a place say they work in."""
    declared: dict[int, list[str]] = {}
    bodies = Entity.objects.governing().filter(seat__in=places)
    for seat, languages in bodies.values_list("seat", "languages"):
        declared.setdefault(seat, []).extend(languages)
    return declared


def _partners(rows: Rows, place: Place) -> tuple[int, ...]:
    """The rows of a place's known partners."""
    pairs = Partnership.objects.bilateral().of(place).values_list("one", "other")
    others = [other if one == place.pk else one for one, other in pairs]
    return tuple(row for pk in others if (row := rows.of_place(pk)) is not None)


KEEPER = Keeper()
