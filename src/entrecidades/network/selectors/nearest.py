"""Find places and bodies by what somebody typed, and guess what she meant when nothing fits."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.db.models.functions import Length

from entrecidades.engines.folding import fold
from entrecidades.engines.spelling import distances, slips
from entrecidades.kernel.lookups import begins
from entrecidades.network.models import Entity, Place, PlaceName
from entrecidades.network.selectors.entities import EntityWish, entities_wished
from entrecidades.network.selectors.places import called, in_order

#: How many names of like length and beginning are compared letter by letter.
COMPARED = 20_000
#: A beginning shorter than this fits too many names to be worth a guess.
BEGINNING = 2


def places_called(text: str, limit: int) -> list[Place]:
    """The places whose name begins so: those called just so first, then by size."""
    key = fold(text)
    if not key:
        return []
    exact = PlaceName.objects.filter(key=key).values("place")
    just_so = Case(
        When(key=key, then=Value(0)),
        When(pk__in=exact, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    found = Place.objects.filter(pk__in=called(key))
    return list(_told(found).order_by(just_so, "-population", "pk")[:limit])


def entities_called(text: str, limit: int) -> list[Entity]:
    """The bodies one of whose names begins so, or whose acronym it is."""
    key = fold(text)
    found = entities_wished(EntityWish(key=key)) if key else Entity.objects.none()
    return list(found.select_related("country").prefetch_related("names")[:limit])


def nearest_places(text: str, limit: int) -> list[Place]:
    """The places whose names are most like what was typed, for when none begins so.

    One slip of the hand is undone exactly; failing that, names of the same
    beginning and like length are compared, and those with the fewest slips win.
    """
    key = fold(text)[:100]
    if len(key) < BEGINNING:
        return []
    found = _largest(_keyed(slips(key)), limit)
    return found or _compared(key, limit)


def _keyed(keys: list[str]) -> list[int]:
    """The keys of the places that bear one of these names."""
    own = Place.objects.filter(key__in=keys).order_by().values_list("pk", flat=True)
    others = PlaceName.objects.filter(key__in=keys).values_list("place", flat=True)
    return [*own, *others]


def _largest(keys: Iterable[int], limit: int) -> list[Place]:
    """The most populous of these places."""
    found = _told(Place.objects.filter(pk__in=set(keys)))
    return list(found.order_by("-population", "pk")[:limit])


def _compared(key: str, limit: int) -> list[Place]:
    """The places with the fewest slips among names of the same beginning and like length."""
    slack = max(2, len(key) // 3)
    bearers: list[tuple[str, int]] = []
    named: list[tuple[QuerySet[Any, Any], str]] = [
        (Place.objects.order_by(), "pk"),
        (PlaceName.objects.all(), "place"),
    ]
    for rows, place in named:
        alike = rows.filter(begins("key", key[:BEGINNING])).annotate(long=Length("key"))
        alike = alike.filter(long__range=(len(key) - slack, len(key) + slack))
        bearers += alike.values_list("key", place)[:COMPARED]
    apart = distances(key, [name for name, _place in bearers])
    near: dict[int, int] = {}
    for number in apart.argsort(kind="stable")[: limit * 5].tolist():
        if apart[number] <= slack:
            near.setdefault(bearers[number][1], int(apart[number]))
    found = in_order(_told(Place.objects.all()), near)
    return sorted(found, key=lambda place: (near[place.pk], -place.population))[:limit]


def _told(places: QuerySet[Place]) -> QuerySet[Place]:
    """With what a line about a place says."""
    return places.select_related("country", "region")
