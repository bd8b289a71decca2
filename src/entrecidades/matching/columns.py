"""The rooms below as the engine's columns: one row for each place, then one for each other body.

A municipality that has its seat in a place is that place's row. States,
associations and all other bodies have rows of their own, told apart by their
kind; a row is only ever matched with rows of its kind.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from django.db.models import Q, QuerySet
from numpy.typing import NDArray

from entrecidades.cooperation.models import Coordination, Programme, Relation
from entrecidades.engines.affinity import Places, Sparse, name_keys
from entrecidades.network.choices import Kind, Tier
from entrecidades.network.models import Country, Entity, Partnership, Place, PlaceName, Region
from entrecidades.network.selectors import Reader, seen_by
from entrecidades.practices.choices import SHOWN
from entrecidades.practices.models import Posting, Practice
from entrecidades.themes.models import Theme

MUNICIPALITY = (Kind.LOCAL_GOVERNMENT.value, Tier.MUNICIPALITY.value)
BITS = 62
# A practice shows that something is done well; an offer says in addition that it will be shared.
OFFERED, PRACTISED, NEEDED = 1.0, 0.7, 1.0


@dataclass(frozen=True, slots=True)
class Directory:
    """Which number the engine knows each thing by; kept beside the snapshot as JSON."""

    countries: list[str]
    languages: list[str]
    themes: list[str]
    frames: list[str]
    kinds: list[list[str]]

    def language_bits(self, codes: Iterable[str]) -> int:
        """A set of languages as a mask; languages that no two countries share have no bit."""
        known = {code: bit for bit, code in enumerate(self.languages)}
        return sum(1 << known[code] for code in set(codes) if code in known)


def bodies() -> QuerySet[Entity]:
    """Everything that has a row of its own: all but the municipalities, which are their places."""
    municipal = Q(kind=MUNICIPALITY[0], tier=MUNICIPALITY[1])
    return Entity.objects.exclude(municipal).filter(valid_to=None).order_by("pk")


def directory() -> Directory:
    """Number countries, languages, themes, programmes and kinds as they are now."""
    spoken: dict[str, int] = {}
    for languages in Country.objects.values_list("languages", flat=True):
        for code in languages:
            spoken[code] = spoken.get(code, 0) + 1
    common = sorted(spoken, key=lambda code: (-spoken[code], code))[:BITS]
    others = sorted({*bodies().values_list("kind", "tier")} - {MUNICIPALITY})
    programmes = Programme.objects.told().values_list("slug", flat=True)
    frames = [f"programme:{slug}" for slug in programmes]
    frames += [f"relation:{slug}" for slug in Relation.objects.values_list("slug", flat=True)]
    return Directory(
        countries=list(Country.objects.order_by("code").values_list("code", flat=True)),
        languages=common,
        themes=list(Theme.objects.order_by("pk").values_list("slug", flat=True)),
        frames=frames[:BITS],
        kinds=[list(kind) for kind in (MUNICIPALITY, *others)],
    )


@dataclass(frozen=True, slots=True)
class Rows:
    """Which row is whose: ``ids`` is a place's key, or minus a body's; ascending within each."""

    ids: NDArray[np.int64]

    def of_place(self, pk: int) -> int | None:
        """The row of a place."""
        return self._at(pk)

    def of_body(self, pk: int) -> int | None:
        """The row of a body that has one of its own."""
        return self._at(-pk)

    def _at(self, number: int) -> int | None:
        # Bodies come first, in falling order of their keys, so that the whole column ascends.
        row = int(np.searchsorted(self.ids, number))
        return row if row < self.ids.size and self.ids[row] == number else None

    def positions(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """The rows of many; -1 where there is none."""
        rows = np.minimum(np.searchsorted(self.ids, numbers), max(self.ids.size - 1, 0))
        return np.where(self.ids[rows] == numbers, rows, -1)


def read_columns(on: date) -> tuple[Rows, Places, NDArray[np.int64], Directory]:
    """Everything the engine looks at, as of a day: rows, columns, known pairs, numbering."""
    book = directory()
    facts = _body_facts(book) + _place_facts(book)
    ids, *columns = zip(*facts, strict=True) if facts else [()] * 10
    rows = Rows(np.array(ids, np.int64))
    lat, lon, population, country, region, kind, roles, languages = columns[:8]
    needs, offers = read_profiles(rows, book, on=on)
    places = Places.of(
        latitude=lat,
        longitude=lon,
        population=population,
        country=country,
        region=region,
        kind=kind,
        roles=roles,
        languages=languages,
        programmes=_enrolments(book, np.array(country, np.int64)),
        priorities=_priorities(book),
        needs=needs,
        offers=offers,
        **_names(rows, columns[8]),
    )
    return rows, places, known_pairs(rows), book


def _place_facts(book: Directory) -> list[tuple[Any, ...]]:
    """One tuple a place, in the order of the columns."""
    number = {code: index for index, code in enumerate(book.countries)}
    spoken = {
        code: book.language_bits(languages)
        for code, languages in Country.objects.values_list("code", "languages")
    }
    fields = ("pk", "latitude", "longitude", "population", "country_id", "region_id")
    rows = Place.objects.order_by("pk").values_list(*fields, "roles", "name")
    region = _region_numbers(book)
    return [
        (pk, lat, lon, people, number[c], region.get(r, number[c]), 0, roles, spoken[c], name)
        for pk, lat, lon, people, c, r, roles, name in rows.iterator(chunk_size=20_000)
    ]


def _body_facts(book: Directory) -> list[tuple[Any, ...]]:
    """One tuple a body, in the order of the columns; negative keys, ascending."""
    number = {code: index for index, code in enumerate(book.countries)}
    kinds = {tuple(kind): index for index, kind in enumerate(book.kinds)}
    region = _region_numbers(book)
    unknown = float("nan")
    return [
        (
            -body.pk,
            body.seat.latitude if body.seat else unknown,
            body.seat.longitude if body.seat else unknown,
            body.population or 0,
            number[body.country_id],
            region.get(body.region_id, number[body.country_id]),
            kinds[body.kind, body.tier],
            0,
            book.language_bits(body.languages or body.country.languages),
            body.name,
        )
        for body in bodies().select_related("seat", "country").order_by("-pk")
    ]


def _region_numbers(book: Directory) -> dict[int | None, int]:
    """Regions are numbered after the countries, each of which is a region to those without."""
    keys = Region.objects.order_by("pk").values_list("pk", flat=True)
    return {pk: index for index, pk in enumerate(keys, len(book.countries))}


def _names(rows: Rows, first: Iterable[str]) -> dict[str, Any]:
    """How many names each row bears, and the keys by which it may share one."""
    others: dict[int, list[str]] = {}
    for pk, name in PlaceName.objects.values_list("place", "name").iterator(chunk_size=50_000):
        others.setdefault(pk, []).append(name)
    borne = [
        [name, *others.get(pk, ())] for pk, name in zip(rows.ids.tolist(), first, strict=True)
    ]
    return {"names": [len(names) for names in borne], "keys": name_keys(borne)}


def read_profiles(
    rows: Rows, book: Directory, *, on: date, places: Iterable[int] | None = None
) -> tuple[Sparse, Sparse]:
    """Needs and offers of every row (or of some places), one value for each theme."""
    theme = {slug: index for index, slug in enumerate(book.themes)}
    everybody = Reader(on=on)  # a suggestion must not tell what was not shared with its reader
    postings = Posting.objects.open(on).filter(seen_by(everybody, Posting))
    practices = Practice.objects.filter(seen_by(everybody, Practice), state__in=SHOWN)
    if places is not None:
        postings = postings.filter(entity__seat__in=places)
        practices = practices.filter(entity__seat__in=places)
    who = ("entity__kind", "entity__tier", "entity__seat", "entity", "themes__slug")
    wanted: dict[tuple[int, int], float] = {}
    given: dict[tuple[int, int], float] = {}
    for slug_of in postings.values_list("side", *who):
        side, *body, slug = slug_of
        row = _row_of(rows, *body)
        if row is not None and slug in theme:
            target, value = (wanted, NEEDED) if side == "need" else (given, OFFERED)
            target[row, theme[slug]] = value
    for *body, slug in practices.values_list(*who):
        row = _row_of(rows, *body)
        if row is not None and slug in theme:
            given.setdefault((row, theme[slug]), PRACTISED)
    return _table(wanted, rows.ids.size), _table(given, rows.ids.size)


def _row_of(rows: Rows, kind: str, tier: str, seat: int | None, entity: int) -> int | None:
    """The row of a body: its seat's if it is a municipality, else its own."""
    if (kind, tier) == MUNICIPALITY:
        return rows.of_place(seat) if seat else None
    return rows.of_body(entity)


def _table(cells: dict[tuple[int, int], float], count: int) -> Sparse:
    """Cells as the engine's sparse table."""
    keys = sorted(cells)
    row = [key[0] for key in keys]
    column = [key[1] for key in keys]
    return Sparse.of(row, column, [cells[key] for key in keys], rows=count)


def _enrolments(book: Directory, country: NDArray[np.int64]) -> NDArray[np.int64]:
    """Programmes and relations as bits: a row takes part in those its country takes part in."""
    bit = {name: 1 << index for index, name in enumerate(book.frames)}
    masks = dict.fromkeys(book.countries, 0)
    for slug, code in Coordination.objects.values_list("programme__slug", "country"):
        masks[code] |= bit.get(f"programme:{slug}", 0)
    for slug, one, other in Relation.objects.values_list("slug", "one", "other"):
        masks[one] |= bit.get(f"relation:{slug}", 0)
        masks[other] |= bit.get(f"relation:{slug}", 0)
    return np.array([masks[code] for code in book.countries], np.int64)[country]


def _priorities(book: Directory) -> NDArray[np.int64]:
    """For each theme, the programmes and relations that put it first."""
    theme = {slug: index for index, slug in enumerate(book.themes)}
    bit = {name: 1 << index for index, name in enumerate(book.frames)}
    leaves: dict[str, list[str]] = {}
    for axis, slug in Theme.objects.leaves().values_list("axis__slug", "slug"):
        leaves.setdefault(axis, []).append(slug)
    first = np.zeros(len(book.themes), np.int64)
    for kind, pairs in (
        ("programme", Programme.objects.told().values_list("slug", "axes__themes__slug")),
        ("relation", Relation.objects.values_list("slug", "themes__slug")),
    ):
        for frame, slug in pairs:
            # A frame that names a whole axis means every theme of it.
            for leaf in leaves.get(slug, [slug] if slug in theme else []):
                first[theme[leaf]] |= bit.get(f"{kind}:{frame}", 0)
    return first


def known_pairs(rows: Rows) -> NDArray[np.int64]:
    """The known partnerships agreed one by one, as pairs of rows."""
    pairs = np.array(
        list(Partnership.objects.bilateral().values_list("one", "other")), np.int64
    ).reshape(-1, 2)
    found = rows.positions(pairs.ravel()).reshape(-1, 2)
    return found[(found >= 0).all(axis=1)]
