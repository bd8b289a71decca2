"""The lists of the registry as records, row by row from the database."""

from collections.abc import Iterable, Iterator, Mapping

from django.db.models import QuerySet
from django.utils.translation import get_language

from entrecidades.exchange.exports.sheet import Record
from entrecidades.network.choices import Role
from entrecidades.network.countries import country_name
from entrecidades.network.models import Country, Entity, Partnership, Place

#: Rows read at a time; more would only take memory.
CHUNK = 2000

CITIES = (
    *("id", "geonameid", "name", "country", "country_name", "region_code", "region"),
    *("latitude", "longitude", "population", "timezone", "roles"),
)
COUNTRIES = (
    *("id", "name", "continent", "capital", "area_km2", "currency", "languages"),
    *("places", "entities", "partnerships", "latitude", "longitude"),
)
ENTITIES = (
    *("id", "address", "name", "acronym", "kind", "tier", "country", "country_name", "region"),
    *("seat", "seat_name", "part_of", "population", "languages", "identifiers", "website"),
    *("valid_from", "valid_to", "source_title", "source_url"),
)
COUNTERPARTS = (
    *("rank", "id", "name", "country", "country_name", "region"),
    *("latitude", "longitude", "population", "score", "reasons", "address"),
)
COMPARED = (
    *("id", "name", "country", "country_name", "region", "kind", "latitude", "longitude"),
    *("population", "roles", "languages", "offers", "needs", "address"),
)
PARTNERSHIPS = (
    *("id", "one", "one_name", "one_country", "other", "other_name", "other_country"),
    *("first_year", "network", "confidence", "confirmation", "sources"),
)


def role_names(roles: int) -> tuple[str, ...]:
    """The roles of a place under stable English names.

    Examples
    --------
    >>> role_names(9)
    ('capital', 'port')
    """
    return tuple(str(role.name).lower() for role in Role if roles & role)


def city_records(places: QuerySet[Place]) -> Iterator[Record]:
    """Places as records; a population that is not known is empty, not zero."""
    language = get_language()
    fields = ("slug", "geonameid", "name", "country_id", "region__code", "region__name")
    more = ("latitude", "longitude", "population", "timezone", "roles")
    rows = places.values_list(*fields, *more)
    for slug, number, name, code, region, named, lat, lon, people, zone, roles in rows.iterator(
        CHUNK
    ):
        where = (code, country_name(code, language), region, named)
        facts = (lat, lon, people or None, zone or None, role_names(roles))
        yield Record((f"{code.lower()}/{slug}", number, name, *where, *facts), ((lon, lat),))


def country_records(
    countries: Iterable[Country], tallies: Mapping[str, Mapping[str, int]]
) -> Iterator[Record]:
    """Countries as records, placed where their largest city lies.

    ``countries`` come from `countries_told`, ``tallies`` from `tallies`.
    """
    for country in countries:
        counts = tallies.get(country.code, {})
        lat, lon = getattr(country, "latitude", None), getattr(country, "longitude", None)
        values = (
            *(country.code, str(country), country.continent, country.capital or None),
            *(country.area_km2 or None, country.currency or None, tuple(country.languages)),
            *(counts.get(name, 0) for name in ("places", "entities", "partnerships")),
            *(lat, lon),
        )
        placed = () if lat is None or lon is None else ((lon, lat),)
        yield Record(values, placed)


def entity_records(entities: QuerySet[Entity]) -> Iterator[Record]:
    """Bodies as records, placed where their seat is."""
    language = get_language()
    rows = entities.select_related("region", "seat", "parent").prefetch_related("identifiers")
    for body in rows.iterator(CHUNK):
        seat, parent = body.seat, body.parent
        numbers = tuple(f"{one.scheme}:{one.value}" for one in body.identifiers.all())
        values = (
            *(str(body.public_id), _address(body), body.name, body.acronym or None),
            *(body.kind, body.tier or None),
            *(body.country_id, country_name(body.country_id, language)),
            *(str(body.region) if body.region else None,),
            *((seat.public_id, seat.name) if seat else (None, None)),
            *(_address(parent) if parent else None, body.population, tuple(body.languages)),
            *(numbers, body.website or None, body.valid_from, body.valid_to),
            *(body.source_title or None, body.source_url or None),
        )
        yield Record(values, ((seat.longitude, seat.latitude),) if seat else ())


def partnership_records(partnerships: QuerySet[Partnership]) -> Iterator[Record]:
    """Known partnerships as records, each a line between its two places."""
    for pair in partnerships.iterator(CHUNK):
        one, other = pair.one, pair.other
        values = (
            *(pair.external_id, one.public_id, one.name, one.country_id),
            *(other.public_id, other.name, other.country_id),
            *(pair.first_year, pair.network or None, pair.confidence or None),
            *(pair.confirmation, tuple(pair.sources)),
        )
        ends = ((one.longitude, one.latitude), (other.longitude, other.latitude))
        yield Record(values, ends)


def _address(body: Entity) -> str:
    """A body's short address, as in the paths of the pages."""
    return f"{body.country_id.lower()}/{body.slug}"
