"""Questions about countries."""

from collections.abc import Iterable

from django.db.models import Count, F, OuterRef, QuerySet, Subquery

from entrecidades.network.models import Country, Entity, Partnership, Place, Region


def countries_told() -> QuerySet[Country]:
    """Countries with their numbers of places, and where their largest city lies."""
    largest = Place.objects.filter(country=OuterRef("pk")).order_by("-population", "pk")
    return Country.objects.annotate(
        latitude=Subquery(largest.values("latitude")[:1]),
        longitude=Subquery(largest.values("longitude")[:1]),
    )


def tallies() -> dict[str, dict[str, int]]:
    """For each country code: how many places, bodies and known partnerships abroad."""
    places = dict(Place.objects.order_by().values_list("country").annotate(Count("pk")))
    bodies = dict(
        Entity.objects.unmerged().order_by().values_list("country").annotate(Count("pk"))
    )
    abroad = Partnership.objects.order_by().exclude(one__country=F("other__country"))
    partners: dict[str, int] = {}
    for end in ("one__country", "other__country"):
        for code, count in abroad.values_list(end).annotate(Count("pk")):
            partners[code] = partners.get(code, 0) + count
    return {
        code: {
            "places": places.get(code, 0),
            "entities": bodies.get(code, 0),
            "partnerships": partners.get(code, 0),
        }
        for code in places.keys() | bodies.keys() | partners.keys()
    }


def largest_cities(country: Country, limit: int) -> list[Place]:
    """The most populous places of a country."""
    return list(country.places.select_related("region").order_by("-population", "pk")[:limit])


def languages_by_country() -> dict[str, list[str]]:
    """The languages in which each country's bodies work, by its code."""
    return dict(Country.objects.values_list("code", "languages"))


def regions_of(countries: Iterable[str]) -> list[Region]:
    """The regions of some countries."""
    return list(Region.objects.filter(country__in=countries))


def middles(codes: Iterable[str]) -> dict[str, tuple[float, float]]:
    """Latitude and longitude of the largest city of each of these countries that has any."""
    found = {}
    for code in codes:
        places = Place.objects.filter(country=code).order_by("-population", "pk")
        if middle := places.values_list("latitude", "longitude").first():
            found[code] = middle
    return found
