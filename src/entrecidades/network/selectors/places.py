"""Questions about places: lists by wish, tallies, and the land as a picture needs it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, TypeVar

from django.db.models import Avg, Count, F, Model, Q, QuerySet, Sum
from django.db.models.functions import Floor

from entrecidades.kernel.lookups import begins
from entrecidades.network.choices import Role
from entrecidades.network.models import Country, Place, PlaceName, Region
from entrecidades.network.models.place import PlaceQuerySet

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class PlaceWish:
    """What a reader of the list of cities asked for; empty parts ask for nothing.

    ``regions`` are pairs of a country's and a region's code; they narrow their
    own country and leave the others whole. ``spoken_in`` are the countries whose
    languages were asked for, None when none was. ``among`` are questions for the keys
    of places, each of which must hold.
    """

    countries: Sequence[str] = ()
    regions: Sequence[tuple[str, str]] = ()
    spoken_in: Sequence[str] | None = None
    least: int | None = None
    most: int | None = None
    roles: Sequence[Role] = ()
    key: str = ""
    among: Sequence[QuerySet[Any, Any]] = ()


def places_wished(wish: PlaceWish) -> PlaceQuerySet:
    """The places that fulfil every part of a wish."""
    found = _where(Place.objects.all(), wish.countries, wish.regions)
    if wish.spoken_in is not None:
        found = found.filter(country__in=wish.spoken_in)
    return _held(_sized(found, wish), wish)


def place_with_id(words: str) -> Place | None:
    """The place with a public id such as ``mz/maputo``; None when there is none."""
    country, _stroke, slug = words.replace("\0", "").strip().lower().partition("/")
    return Place.objects.filter(country=country.upper()[:2], slug=slug).first()


def _sized(found: PlaceQuerySet, wish: PlaceWish) -> PlaceQuerySet:
    """Of a size; one that is not known is not below any bound."""
    if wish.least is not None:
        found = found.filter(population__gte=wish.least)
    if wish.most is not None:
        found = found.filter(population__range=(1, wish.most))
    return found


def _held(found: PlaceQuerySet, wish: PlaceWish) -> PlaceQuerySet:
    """Of a role, under a name, and among others."""
    if wish.roles:
        mask = int(reduce(or_, wish.roles))
        found = found.annotate(held=F("roles").bitand(mask)).filter(held__gt=0)
    if wish.key:
        found = found.filter(pk__in=called(wish.key))
    for keys in wish.among:
        found = found.filter(pk__in=keys)
    return found


def _where(
    found: PlaceQuerySet, countries: Sequence[str], regions: Sequence[tuple[str, str]]
) -> PlaceQuerySet:
    """Whole countries, and of some only their regions."""
    narrowed = {country for country, _code in regions}
    whole = [country for country in countries if country not in narrowed]
    if not countries and not regions:
        return found
    rows = Region.objects.filter(
        reduce(or_, (Q(country=country, code=code) for country, code in regions), Q(pk__in=[]))
    )
    within = Q(region__in=list(rows.values_list("pk", flat=True))) if regions else Q(pk__in=[])
    return found.filter(within | Q(country__in=whole) if whole else within)


def called(key: str) -> QuerySet[Any, Any]:
    """The keys of the places one of whose names begins with a folded key."""
    own = Place.objects.filter(begins("key", key)).order_by().values("pk")
    others = PlaceName.objects.filter(begins("key", key)).values("place")
    return own.union(others)


def in_order(rows: QuerySet[Row], keys: Iterable[int]) -> list[Row]:
    """The rows with these keys, in the order of the keys."""
    wanted = list(keys)
    found = rows.in_bulk(wanted)
    return [found[key] for key in wanted if key in found]


def tally_by_country(places: PlaceQuerySet) -> dict[str, int]:
    """How many of these places lie in each country."""
    counted = places.order_by().values_list("country").annotate(Count("pk"))
    return dict(counted)


def tally_by_region(places: PlaceQuerySet) -> dict[int, int]:
    """How many of these places lie in each region, by the region's key."""
    counted = places.order_by().values_list("region").annotate(Count("pk"))
    return {region: count for region, count in counted if region is not None}


def tally_by_role(places: PlaceQuerySet) -> dict[Role, int]:
    """How many of these places hold each role that any of them holds."""
    tally: dict[Role, int] = {}
    counted = places.exclude(roles=0).order_by().values_list("roles").annotate(Count("pk"))
    for held, count in counted:
        for role in Role:
            if held & role:
                tally[role] = tally.get(role, 0) + count
    return tally


def land(cell: float = 1.0) -> list[tuple[float, float, int]]:
    """The inhabited land, coarsely: middle of each cell of so many degrees, and its people."""
    cells = (
        Place.objects.order_by()
        .annotate(row=Floor(F("latitude") / cell), column=Floor(F("longitude") / cell))
        .values("row", "column")
        .annotate(lat=Avg("latitude"), lon=Avg("longitude"), people=Sum("population"))
    )
    return list(cells.values_list("lat", "lon", "people"))


def positions_in(country: Country) -> list[tuple[float, float, int]]:
    """Latitude, longitude and population of every place of a country."""
    rows = country.places.order_by("pk")
    return list(rows.values_list("latitude", "longitude", "population"))


def positions() -> list[tuple[float, float, int]]:
    """Latitude, longitude and population of every place of the world."""
    rows = Place.objects.order_by("pk")
    return list(rows.values_list("latitude", "longitude", "population"))
