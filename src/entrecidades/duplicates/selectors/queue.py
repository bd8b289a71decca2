"""The queue of pairs, the merges carried out, and the register as the engine reads it."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db.models import Q, QuerySet

from entrecidades.engines.folding import fold
from entrecidades.engines.samebody import Body, Number
from entrecidades.network.choices import DuplicateState, MergeState
from entrecidades.network.models import Duplicate, Entity, EntityName, Identifier, Merge

BLOCK = 5000
ENDS = ("one__country", "other__country", "one__region", "other__region")


def duplicates_wished(
    *, country: str = "", least: float = 0.0, state: str = ""
) -> QuerySet[Duplicate]:
    """Pairs of a country ("" every one), from a score on, in a state ("" every one).

    Open pairs of which one was merged into a third wait for nobody.
    """
    found = Duplicate.objects.select_related(*ENDS).order_by("-score", "pk")
    if country:
        found = found.filter(Q(one__country=country) | Q(other__country=country))
    if least:
        found = found.filter(score__gte=least)
    if state:
        found = found.filter(state=state)
    if state == DuplicateState.OPEN:
        gone = Merge.objects.filter(state=MergeState.STANDING).values("absorbed")
        found = found.exclude(one__in=gone).exclude(other__in=gone)
    return found


def countries_with_duplicates() -> list[str]:
    """The countries of the pairs, by their codes."""
    return sorted(set(Duplicate.objects.order_by().values_list("one__country", flat=True)))


def merges() -> QuerySet[Merge]:
    """Every merge, the newest first."""
    return Merge.objects.select_related("survivor__country", "absorbed__country", "by")


def bodies_described() -> list[Body]:
    """Every entry that stands for itself, as the engine compares it, in three questions."""
    return _described(Entity.objects.unmerged(), EntityName.objects, Identifier.objects)


def described(keys: Sequence[int]) -> list[Body]:
    """Some entries as the engine compares them, in the order of their keys."""
    return _described(
        Entity.objects.filter(pk__in=keys),
        EntityName.objects.filter(entity__in=keys),
        Identifier.objects.filter(entity__in=keys),
    )


def _described(entities: Any, named: Any, numbered: Any) -> list[Body]:
    """Entries with their names and numbers."""
    names: defaultdict[int, list[str]] = defaultdict(list)
    for entity, key in named.order_by("entity", "pk").values_list("entity", "key").iterator(BLOCK):
        names[entity].append(key)
    numbers: defaultdict[int, list[Number]] = defaultdict(list)
    facts = ("entity", "scheme", "value", "valid_from", "valid_to")
    for entity, *told in numbered.order_by("entity", "pk").values_list(*facts).iterator(BLOCK):
        numbers[entity].append(Number(*told))
    return [
        Body(
            key=row.pk,
            names=tuple(dict.fromkeys([fold(row.name), *filter(None, names[row.pk])])),
            kind=row.kind,
            tier=row.tier,
            country=row.country_id,
            acronym=row.acronym,
            region=row.region_id or 0,
            seat=row.seat_id or 0,
            website=row.website,
            numbers=tuple(numbers[row.pk]),
            since=row.valid_from,
            until=row.valid_to,
        )
        for row in entities.order_by("pk").iterator(BLOCK)
    ]


def told_apart() -> set[tuple[int, int]]:
    """The pairs that somebody said are two bodies, also for what was merged into either since."""
    into = dict(
        Merge.objects.filter(state=MergeState.STANDING).values_list("absorbed", "survivor")
    )
    said = Duplicate.objects.filter(state=DuplicateState.DIFFERENT).values_list("one", "other")
    return {_ordered([_end(key, into) for key in pair]) for pair in said}


def _end(key: int, into: dict[int, int]) -> int:
    """Where a body is today."""
    while key in into:
        key = into[key]
    return key


def _ordered(keys: Sequence[int]) -> tuple[int, int]:
    one, other = sorted(keys)
    return one, other
