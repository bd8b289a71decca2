"""Who may speak about a record that names them, and what they have said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from entrecidades.accounts.permissions import Permission
from entrecidades.audit.selectors.history import name_of
from entrecidades.network.choices import Tier
from entrecidades.network.models import Entity, Place, Statement
from entrecidades.network.models.entity import EntityQuerySet
from entrecidades.network.models.statement import Confirmable
from entrecidades.network.selectors.rights import entities_where


@dataclass(frozen=True, slots=True)
class SideSaid:
    """One side of a record: whom it names, and what that side has said of it, if anything."""

    names: Entity | Place
    said: Statement | None


def speakers_of(side: Entity | Place) -> EntityQuerySet:
    """The bodies that speak for a side: the body itself; of a place, its municipality."""
    if isinstance(side, Entity):
        return Entity.objects.filter(pk=side.pk)
    return Entity.objects.governing().unmerged().filter(seat=side, tier=Tier.MUNICIPALITY)


def sides_said(record: Confirmable) -> Sequence[SideSaid]:
    """Both sides of a record, in its own order, each with its latest word."""
    said = Statement.objects.filter(subject=name_of(record)).select_related("entity")
    words = list(said.order_by("-said_on", "-pk"))
    sides = []
    for field in record.SIDES:
        side = getattr(record, field)
        speaks = set(speakers_of(side).values_list("pk", flat=True))
        latest = next((one for one in words if one.entity_id in speaks), None)
        sides.append(SideSaid(side, latest))
    return sides


def record_of(statement: Statement) -> Confirmable | None:
    """The record that a statement is about, if it is still there."""
    label, _colon, key = statement.subject.partition(":")
    found = apps.get_model(label)._default_manager.filter(pk=key).first()
    return found if isinstance(found, Confirmable) else None


def other_speakers(statement: Statement) -> list[Entity]:
    """The bodies on the other side of the record that a statement is about."""
    record = record_of(statement)
    if record is None:
        return []
    sides = (speakers_of(getattr(record, field)) for field in record.SIDES)
    return [body for side in sides for body in side if body.pk != statement.entity_id]


def speaking_for(
    person: AbstractBaseUser | AnonymousUser, record: Confirmable, *, on: date
) -> list[Entity]:
    """The bodies for which a person may say something of a record on a day."""
    mine = entities_where(person, Permission.CONFIRM, on=on)
    named = [body for field in record.SIDES for body in speakers_of(getattr(record, field))]
    allowed = set(mine.filter(pk__in=[body.pk for body in named]).values_list("pk", flat=True))
    return [body for body in named if body.pk in allowed]
