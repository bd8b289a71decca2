"""Everything that may happen to the register of entities."""

from collections.abc import Iterable
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from entrecidades.accounts.permissions import Permission
from entrecidades.accounts.roles import MandateRole
from entrecidades.audit.changes import changes_since, made_with, snapshot
from entrecidades.audit.services import record
from entrecidades.engines.folding import fold
from entrecidades.kernel import ids
from entrecidades.network.choices import Act, Kind, Tier, Visibility
from entrecidades.network.countries import official_languages
from entrecidades.network.models import (
    Entity,
    EntityName,
    Mandate,
    Place,
    PlaceChange,
    Shared,
)
from entrecidades.network.selectors.rights import require


def free_slug(name: str, *, country: str) -> str:
    """A slug no other body of the country bears: its name, then its name and a number."""
    wanted = ids.slug_of(name)[:100] or "entity"
    taken = set(
        Entity.objects.filter(country=country, slug__startswith=wanted).values_list(
            "slug", flat=True
        )
    )
    return ids.free_among(wanted, taken)


def government_of(place: Place, *, slug: str) -> Entity:
    """The local government of a place as the gazetteer tells of it, not written yet."""
    return Entity(
        name=place.name,
        slug=slug,
        kind=Kind.LOCAL_GOVERNMENT,
        tier=Tier.MUNICIPALITY,
        country_id=place.country_id,
        region_id=place.region_id,
        seat=place,
        population=place.population or None,
        languages=list(official_languages(place.country_id)),
        source_title="GeoNames",
        source_url="https://www.geonames.org/",
    )


@transaction.atomic
def register_local_government(*, place: Place, by: AbstractBaseUser | None) -> Entity:
    """The local government that has its seat in a place, registered if it was not yet."""
    # The place's row is the lock: two officers who register one city at once find one body.
    Place.objects.select_for_update(of=("self",)).get(pk=place.pk)
    known = (
        Entity.objects.governing()
        .unmerged()
        .filter(seat=place, tier=Tier.MUNICIPALITY)
        .order_by("pk")
        .first()
    )
    if known:
        return known
    entity = government_of(place, slug=free_slug(place.slug, country=place.country_id))
    entity.save()
    name_entity(entity, language="", name=place.name)
    note_change(place)
    told = made_with(entity, "name", "kind", "tier", "seat", "population", "languages")
    record(
        Act.REGISTER,
        subject=entity,
        by=by,
        changes=told,
        name=entity.name,
        place=place.public_id,
    )
    return entity


def name_entity(entity: Entity, *, language: str, name: str) -> EntityName:
    """Give a body a name in a language ("" where the language is not known)."""
    named, _made = EntityName.objects.get_or_create(
        entity=entity, language=language, name=name, defaults={"key": fold(name)[:300]}
    )
    return named


def note_change(place: Place) -> None:
    """Tell the readers of place profiles that this one is out of date."""
    PlaceChange.objects.create(place=place)


def note_changes(places: Iterable[int]) -> None:
    """Tell the readers of place profiles that these, by their keys, are out of date."""
    PlaceChange.objects.bulk_create(PlaceChange(place_id=place) for place in sorted(set(places)))


def take_turn(entity: Entity) -> None:
    """Whoever changes who acts for a body, or begins something for it, waits here for her turn.

    What she may do is asked after this, so that nobody acts on a mandate that ends meanwhile.
    """
    Entity.objects.select_for_update(of=("self",)).get(pk=entity.pk)


@transaction.atomic
def entrust(
    *,
    entity: Entity,
    person: AbstractBaseUser,
    role: MandateRole,
    since: date,
    by: AbstractBaseUser | None,
) -> Mandate:
    """Let a person act for a body in a role from a day on; asked twice, it stays one mandate."""
    mandate, made = Mandate.objects.get_or_create(
        entity=entity,
        person_id=person.pk,
        role=role,
        valid_to=None,
        defaults={"valid_from": since},
    )
    if made:
        facts = {"person": person.pk, "role": role, "since": since.isoformat()}
        record(Act.ENTRUST, subject=entity, by=by, about=person, **facts)
    return mandate


@transaction.atomic
def share(
    *,
    record_of: Shared,
    visibility: Visibility,
    embargo_until: date | None,
    by: AbstractBaseUser,
    on: date,
) -> None:
    """Decide with whom a record is shared, and whether not before some day.

    Raises
    ------
    NotAllowed
        When the person may not decide this for the body whose record it is.
    ValidationError
        When the kind of record cannot be shared so narrowly.
    """
    owner: Entity = getattr(record_of, record_of.OWNER)
    require(by, Permission.SHARE, owner, on=on)
    was = [record_of.visibility, _day(record_of.embargo_until)]
    before = snapshot(record_of, "visibility", "embargo_until")
    record_of.visibility, record_of.embargo_until = visibility, embargo_until
    touched = {"visibility", "embargo_until"}
    record_of.full_clean(exclude={field.name for field in record_of._meta.fields} - touched)
    record_of.save(update_fields=touched)
    if owner.seat:
        note_change(owner.seat)
    record(
        Act.SHARE,
        subject=record_of,
        by=by,
        body=owner,
        changes=changes_since(before, record_of),
        was=was,
        now=[visibility, _day(embargo_until)],
    )


def _day(day: date | None) -> str:
    """A day as a trace keeps it."""
    return day.isoformat() if day else ""
