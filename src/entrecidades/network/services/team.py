"""Changing what somebody is in a body, and ending it."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.models import Person
from entrecidades.accounts.permissions import Permission
from entrecidades.accounts.roles import MandateRole, roles_with
from entrecidades.accounts.services import revoke_credentials
from entrecidades.audit.services import record
from entrecidades.network.choices import Act
from entrecidades.network.models import Invitation, Mandate, holding
from entrecidades.network.rules import LastAdmin, NotOffered, roles_offered
from entrecidades.network.selectors.rights import require
from entrecidades.network.services.register import entrust, take_turn

INVITERS = roles_with(Permission.INVITE)


@transaction.atomic
def end_mandate(*, mandate: Mandate, by: Person | None, at: datetime) -> None:
    """She no longer acts for the body in this role, at once; what she was given out ends too.

    Her invitations for the body are withdrawn. Anybody may end her own mandate.

    Raises
    ------
    NotAllowed
        It is not hers, and she may not invite for the body.
    LastAdmin
        Nobody would be left who can invite.
    """
    held = _held(mandate, by=by, at=at)
    if held is None:
        return
    _refuse_to_leave_nobody(held, by=by, on=at.date())
    _end(held, on=at.date())
    person = _person_of(held)
    record(Act.END_MANDATE, subject=held.entity, by=by, person=person.pk, role=held.role)
    Invitation.objects.unused(at).filter(entity=held.entity, by=person).update(withdrawn_at=at)
    revoke_credentials(person=person, by=by, at=at)


@transaction.atomic
def change_role(
    *, mandate: Mandate, role: MandateRole, by: Person, at: datetime
) -> Mandate | None:
    """She acts for the body in another role from today on; what she was given out ends.

    Raises
    ------
    NotAllowed
        She may not change roles in the body.
    NotOffered
        The body does not give that role.
    LastAdmin
        Nobody would be left who can invite.
    """
    require(by, Permission.INVITE, mandate.entity, on=at.date())
    if role not in roles_offered(mandate.entity.kind):
        raise NotOffered(_("This body does not invite into that role."))
    held = _held(mandate, by=by, at=at)
    if held is None or held.role == role:
        return held
    if role not in INVITERS:
        _refuse_to_leave_nobody(held, by=by, on=at.date())
    person, before = _person_of(held), held.role
    _end(held, on=at.date())
    changed = entrust(entity=held.entity, person=person, role=role, since=at.date(), by=by)
    change = f"{before} → {role.value}"
    record(Act.CHANGE_ROLE, subject=held.entity, by=by, person=person.pk, change=change)
    revoke_credentials(person=person, by=by, at=at)
    return changed


def _held(mandate: Mandate, *, by: Person | None, at: datetime) -> Mandate | None:
    """The mandate under the lock of its body, if it holds still and she may touch it."""
    # Two administrators who end each other take turns at the body's row.
    take_turn(mandate.entity)
    day = at.date()
    held = (
        Mandate.objects.filter(holding(day), pk=mandate.pk)
        .exclude(person=None)
        .select_related("entity", "person")
        .first()
    )
    if held and by is not None and held.person_id != by.pk:
        require(by, Permission.INVITE, held.entity, on=day)
    return held


def _person_of(held: Mandate) -> Person:
    """Whoever holds it; `_held` finds none without a person."""
    return Person.objects.get(mandates=held.pk)


def _refuse_to_leave_nobody(held: Mandate, *, by: Person | None, on: date) -> None:
    """Only operators take the last one away who can invite."""
    if by is None or held.role not in INVITERS:
        return
    others = Mandate.objects.filter(
        holding(on), entity=held.entity, role__in=INVITERS, person__is_active=True
    ).exclude(pk=held.pk)
    if not others.exclude(person=held.person).exists():
        raise LastAdmin(_("Invite a deputy first: nobody else could invite for the body."))


def _end(held: Mandate, *, on: date) -> None:
    """It held until yesterday; one that began today has not been."""
    yesterday = on - timedelta(days=1)
    if held.valid_from and held.valid_from > yesterday:
        held.delete()
        return
    held.valid_to = yesterday
    held.save(update_fields=["valid_to"])
