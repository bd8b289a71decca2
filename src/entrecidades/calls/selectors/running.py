"""Who runs the calls of a programme: people of the bodies that coordinate it, in any country."""

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.calls.choices import CallState
from entrecidades.calls.models import Call, CallQuerySet
from entrecidades.cooperation.models import Coordination, Programme
from entrecidades.network.models import Entity
from entrecidades.network.models.entity import EntityQuerySet
from entrecidades.network.rules import NotAllowed
from entrecidades.network.selectors import entities_where

Somebody = AbstractBaseUser | AnonymousUser


def bodies_running(person: Somebody, programme: Programme, *, on: date) -> EntityQuerySet:
    """The bodies for which a person may run the calls of a programme."""
    coordinating = Coordination.objects.filter(programme=programme).values("entity")
    return entities_where(person, Permission.CALL_RUN, on=on).filter(pk__in=coordinating)


def runs(person: Somebody, programme: Programme, *, on: date) -> bool:
    """Whether a person runs the calls of a programme."""
    return bodies_running(person, programme, on=on).exists()


def require_runner(person: Somebody, programme: Programme, *, on: date) -> Entity:
    """The body for which a person runs the calls of a programme; refuse her if there is none.

    Raises
    ------
    NotAllowed
        When none of her bodies coordinates the programme, or her role does not allow it.
    """
    body = bodies_running(person, programme, on=on).order_by("pk").first()
    if body is None:
        raise NotAllowed(_("Calls of this programme are run by those who coordinate it."))
    return body


def programmes_run_by(person: Somebody, *, on: date) -> list[Programme]:
    """The programmes whose calls a person runs."""
    bodies = entities_where(person, Permission.CALL_RUN, on=on)
    mine = Coordination.objects.filter(entity__in=bodies).values("programme")
    return list(Programme.objects.filter(pk__in=mine))


def calls_run_by(person: Somebody, *, on: date) -> CallQuerySet:
    """The calls that a person runs, drafts among them."""
    bodies = entities_where(person, Permission.CALL_RUN, on=on)
    programmes = Coordination.objects.filter(entity__in=bodies).values("programme")
    return Call.objects.filter(programme__in=programmes)


def calls_seen_by(person: Somebody, *, on: date) -> CallQuerySet:
    """The calls that a person may read of: all but the drafts of others."""
    hers = calls_run_by(person, on=on).order_by().values("pk")
    return Call.objects.filter(~Q(state=CallState.DRAFT) | Q(pk__in=hers)).select_related(
        "programme", "entity"
    )
