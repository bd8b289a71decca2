"""Questions about bodies: who acts for whom, who is whose counterpart, what belongs where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from entrecidades.kernel.lookups import begins
from entrecidades.network.models import Entity, EntityName, Homologue, Mandate, Place, holding
from entrecidades.network.models.entity import EntityQuerySet
from entrecidades.network.selectors.rights import mandates_of


def entities_of(person: AbstractBaseUser | AnonymousUser, *, on: date) -> EntityQuerySet:
    """The bodies a person has to do with on a day, in whatever role; see `entities_where`."""
    own = mandates_of(person, on=on).values("entity")
    entrusted = Mandate.objects.filter(holding(on), agent__in=own).values("entity")
    return Entity.objects.filter(Q(pk__in=own) | Q(pk__in=entrusted))


def counterparts_of(entity: Entity) -> list[tuple[Entity, Homologue]]:
    """The bodies with the same role abroad, each with the tie that says so."""
    ties = (
        Homologue.objects.filter(Q(one=entity) | Q(other=entity))
        .select_related("one__country", "other__country")
        .prefetch_related("one__names", "other__names")
    )
    return [(tie.other if tie.one_id == entity.pk else tie.one, tie) for tie in ties]


@dataclass(frozen=True, slots=True)
class EntityWish:
    """What a reader of the list of bodies asked for; empty parts ask for nothing."""

    countries: Sequence[str] = ()
    kinds: Sequence[str] = ()
    tiers: Sequence[str] = ()
    schemes: Sequence[str] = ()
    key: str = ""


def entities_wished(wish: EntityWish) -> EntityQuerySet:
    """The bodies that fulfil every part of a wish."""
    found = Entity.objects.unmerged()
    if wish.countries:
        found = found.filter(country__in=wish.countries)
    if wish.kinds:
        found = found.filter(kind__in=wish.kinds)
    if wish.tiers:
        found = found.filter(tier__in=wish.tiers)
    if wish.schemes:
        found = found.filter(identifiers__scheme__in=wish.schemes).distinct()
    if wish.key:
        found = found.filter(_called(wish.key))
    return found


def _called(key: str) -> Q:
    """Bodies one of whose names begins so, or whose acronym is just that."""
    named = EntityName.objects.filter(begins("key", key)).values("entity")
    return Q(pk__in=named) | Q(acronym__iexact=key)


def entity_with_id(words: str) -> Entity | None:
    """The body with an id, as in its address (``br/fnp``), or with a public identifier.

    A city's id names its local government here, not the place.
    """
    country, stroke, slug = words.replace("\0", "").strip().partition("/")
    found = Entity.objects.select_related("country")
    if stroke:
        return found.filter(country=country.upper(), slug=slug).first()
    try:
        return found.filter(public_id=UUID(country)).first()
    except ValueError:
        return None


def seated_in(place: Place) -> list[Entity]:
    """The bodies that have their seat in a place, with their numbers, local governments first."""
    own = Entity.objects.unmerged().filter(seat=place)
    found = own.select_related("country").prefetch_related("identifiers", "names")
    return sorted(found, key=lambda entity: (entity.kind != "local_government", entity.name))


def is_claimed(place: Place, *, on: date) -> bool:
    """Whether somebody acts on a day for a body that has its seat in a place."""
    return Mandate.objects.filter(holding(on), entity__seat=place).exists()
