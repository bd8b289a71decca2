"""Load the world's places: whole or not at all, in bulk, and a second time without a change."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from entrecidades.exchange.models import Load
from entrecidades.exchange.progress import Progress, in_blocks, silently
from entrecidades.exchange.readers.gazetteer import (
    PlaceRow,
    gazetteer_version,
    read_countries,
    read_places,
    read_region_names,
)
from entrecidades.network.countries import currency_of, official_languages
from entrecidades.network.models import Country, Place, PlaceName, Region

BLOCK = 5000
NAME = "gazetteer"
PLACE_COLUMNS = (
    "id", "geonameid", "slug", "name", "key", "country_id", "region_id",
    "latitude", "longitude", "population", "timezone", "roles",
)  # fmt: skip
NAME_COLUMNS = ("place_id", "name", "key")


def load_gazetteer(*, at: datetime, progress: Progress = silently) -> int:
    """Load countries, regions, places and their names; returns how many places were new.

    A gazetteer of the same edition is not read again. A newer edition adds the
    places that are new; places already known keep their address and what has
    been written about them.
    """
    edition = gazetteer_version()
    if Load.objects.filter(name=NAME, version=edition).exists():
        return 0
    progress("read", 0, 1)
    known = set(Place.objects.exclude(geonameid=None).values_list("geonameid", flat=True))
    new = read_places(_slugs_taken(), known)
    progress("read", 1, 1)
    with transaction.atomic():
        load_countries()
        _write_places(new, progress)
        Load.objects.update_or_create(
            name=NAME, defaults={"version": edition, "rows": len(new), "at": at}
        )
    return len(new)


def _slugs_taken() -> dict[str, set[str]]:
    """The addresses that places already have, by country."""
    taken: dict[str, set[str]] = {}
    for country, slug in Place.objects.order_by().values_list("country", "slug"):
        taken.setdefault(country, set()).add(slug)
    return taken


def load_countries() -> None:
    """Every country CLDR can name, with what the gazetteer and CLDR tell of it."""
    Country.objects.bulk_create(
        (
            Country(
                code=row.code,
                continent=row.continent,
                capital=row.capital,
                area_km2=row.area_km2,
                currency=currency_of(row.code),
                languages=list(official_languages(row.code)),
            )
            for row in read_countries()
        ),
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["continent", "capital", "area_km2", "currency", "languages"],
    )


def _write_places(rows: list[PlaceRow], progress: Progress) -> None:
    """Write places and their names, numbering them here so that names need no look-up."""
    regions = _regions(rows)
    countries = set(Country.objects.values_list("code", flat=True))
    rows = [row for row in rows if row.country in countries]
    first = (Place.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    numbered = list(enumerate(rows, first))
    places = (_place(pk, row, regions) for pk, row in numbered)
    _copy(Place._meta.db_table, PLACE_COLUMNS, list(places), stage="places", progress=progress)
    names = [(pk, name, key) for pk, row in numbered for name, key in row.other_names]
    _copy(PlaceName._meta.db_table, NAME_COLUMNS, names, stage="names", progress=progress)
    _continue_numbering(first + len(rows))


def _regions(rows: Iterable[PlaceRow]) -> dict[tuple[str, str], int]:
    """The first-level divisions the rows lie in, made where they were missing."""
    names = read_region_names()
    wanted = sorted({(row.country, row.region) for row in rows if row.region})
    Region.objects.bulk_create(
        (Region(country_id=c, code=code, name=names.get((c, code), "")) for c, code in wanted),
        ignore_conflicts=True,
    )
    return {(c, code): pk for pk, c, code in Region.objects.values_list("pk", "country", "code")}


def _place(pk: int, row: PlaceRow, regions: dict[tuple[str, str], int]) -> tuple[Any, ...]:
    """One place as the values of `PLACE_COLUMNS`."""
    region = regions.get((row.country, row.region))
    return (
        pk, row.geonameid, row.slug, row.name, row.key, row.country, region,
        row.latitude, row.longitude, row.population, row.timezone, row.roles,
    )  # fmt: skip


def _copy(
    table: str,
    columns: tuple[str, ...],
    rows: Sequence[tuple[Any, ...]],
    *,
    stage: str,
    progress: Progress,
) -> None:
    """Write many rows as fast as the database takes them.

    A million names through the ORM take minutes; COPY and executemany take
    seconds. The values never become part of the statement.
    """
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        for block in in_blocks(rows, BLOCK, stage=stage, progress=progress):
            if connection.vendor == "postgresql":
                with cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
                    for row in block:
                        copy.write_row(row)
            else:
                holes = ", ".join(["%s"] * len(columns))
                # The names come from our models and the values are bound: nothing is injected.
                insert = f'INSERT INTO "{table}" ({names}) VALUES ({holes})'  # noqa: S608
                cursor.executemany(insert, list(block))


def _continue_numbering(after: int) -> None:
    """Tell PostgreSQL, which keeps a counter of its own, which numbers are taken."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), %s, false)",
                [Place._meta.db_table, after],
            )
