"""Questions about known partnerships: lists by wish, and tallies by country."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, When
from django.db.models.functions import Least

from entrecidades.network.models import Partnership, Place
from entrecidades.network.models.partnership import PartnershipQuerySet

ENDS = ("one__country", "other__country", "one__region", "other__region")


@dataclass(frozen=True, slots=True)
class PartnershipWish:
    """What a reader of the list of partnerships asked for; empty parts ask for nothing.

    ``networks`` may hold ``""`` for those agreed one by one. ``place`` is the
    key of one end.
    """

    country: str = ""
    other: str = ""
    confirmations: Sequence[str] = ()
    networks: Sequence[str] = ()
    place: int | None = None


def partnerships_of(place: Place) -> PartnershipQuerySet:
    """The known partnerships of a place, with both ends."""
    return Partnership.objects.of(place).select_related(*ENDS)


def partnerships_wished(wish: PartnershipWish) -> PartnershipQuerySet:
    """The partnerships that fulfil every part of a wish, with both ends."""
    found = Partnership.objects.select_related(*ENDS)
    for code in {wish.country, wish.other} - {""}:
        found = found.filter(Q(one__country=code) | Q(other__country=code))
    if wish.country and wish.other:
        found = found.between(wish.country, wish.other)
    if wish.confirmations:
        found = found.filter(confirmation__in=wish.confirmations)
    if wish.networks:
        found = found.filter(network__in=wish.networks)
    if wish.place is not None:
        found = found.filter(Q(one=wish.place) | Q(other=wish.place))
    return found


def partnered() -> QuerySet[Any, Any]:
    """The keys of all places with a known partner, as one question."""
    ends = Partnership.objects.order_by()
    return ends.values("one").union(ends.values("other"))


def tally_by_partner_country(country: str) -> list[tuple[str, int]]:
    """How many known partnerships a country's places have with each other country, most first."""
    counted = (
        Partnership.objects.order_by()
        .filter(Q(one__country=country) | Q(other__country=country))
        .exclude(one__country=F("other__country"))
        .annotate(
            there=Case(
                When(one__country=country, then=F("other__country")),
                default=F("one__country"),
                output_field=CharField(),
            )
        )
        .values_list("there")
        .annotate(number=Count("pk"))
        .order_by("-number", "there")
    )
    return list(counted)


def networks() -> list[str]:
    """The networks of many through which some pairs are known."""
    named = Partnership.objects.exclude(network="").order_by("network")
    return list(named.values_list("network", flat=True).distinct())


def tally_partners(places: Sequence[int]) -> dict[int, int]:
    """How many known partners each of these places has."""
    tally: dict[int, int] = {}
    for end in ("one", "other"):
        rows = Partnership.objects.order_by().filter(**{f"{end}__in": places})
        for place, count in rows.values_list(end).annotate(Count("pk")):
            tally[place] = tally.get(place, 0) + count
    return tally


def partnership_ends() -> list[tuple[str, str, float, float, float, float]]:
    """Both ends of every known partnership: countries, then latitude and longitude of each."""
    ends = ("latitude", "longitude")
    one, other = ([f"{end}__{part}" for part in ends] for end in ("one", "other"))
    rows = Partnership.objects.order_by("pk")
    return list(rows.values_list("one__country", "other__country", *one, *other))


def largest_pairs(country: str, other: str, limit: int) -> list[Partnership]:
    """The known partnerships of two countries whose smaller city is the largest."""
    pairs = partnerships_wished(PartnershipWish(country=country, other=other))
    smaller = Least("one__population", "other__population")
    return list(pairs.annotate(smaller=smaller).order_by("-smaller", "pk")[:limit])
