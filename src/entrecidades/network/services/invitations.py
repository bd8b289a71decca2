"""Inviting people to act for a body, and their yes."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.models import Person
from entrecidades.accounts.permissions import Permission
from entrecidades.accounts.roles import MandateRole
from entrecidades.accounts.rules import same_address
from entrecidades.audit.services import record
from entrecidades.network.choices import Act
from entrecidades.network.models import Entity, Invitation, Mandate
from entrecidades.network.rules import NotOffered, NotOpen, roles_offered
from entrecidades.network.selectors.rights import may, require
from entrecidades.network.services.register import entrust, take_turn
from entrecidades.network.tickets import hash_of, new_code
from entrecidades.queue.services import enqueue

HOLDS, MOST = timedelta(days=14), 50


@transaction.atomic
def invite(
    *, entity: Entity, role: MandateRole, email: str, language: str, by: Person, at: datetime
) -> tuple[Invitation, str]:
    """Somebody is invited, by letter if an address is given; the invitation and its code.

    The code is told here once: only its hash is kept.

    Raises
    ------
    NotAllowed
        She may not invite for the body.
    NotOffered
        The body does not give that role, or has fifty invitations open.
    """
    take_turn(entity)
    require(by, Permission.INVITE, entity, on=at.date())
    if role not in roles_offered(entity.kind):
        raise NotOffered(_("This body does not invite into that role."))
    if Invitation.objects.unused(at).filter(entity=entity).count() >= MOST:
        raise NotOffered(_("Fifty invitations are open: withdraw some first."))
    code = new_code()
    invitation = Invitation.objects.create(
        entity=entity,
        role=role,
        is_open=not email,
        email=same_address(email),
        language=language,
        code_hash=hash_of(code),
        by=by,
        made_at=at,
        expires_at=at + HOLDS,
    )
    record(Act.INVITE, subject=invitation, by=by, body=entity, role=role)
    if email:
        enqueue("network.tell_of_invitation", invitation_id=invitation.pk)
    return invitation, code


@transaction.atomic
def name_invited(*, invitation: Invitation, email: str, name: str, language: str) -> None:
    """Somebody who has the link or the code says who she is, and is written to.

    An invitation that was meant for an address writes to no other; the answer is the same.
    """
    address = same_address(email)
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not locked.is_open and locked.email != address:
        return
    locked.email, locked.name, locked.language = address, name, language
    locked.save(update_fields=["email", "name", "language"])
    enqueue("network.tell_of_invitation", invitation_id=locked.pk)


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Person, at: datetime) -> None:
    """The invitation holds no longer; one that was used or withdrawn stays as it is.

    Raises
    ------
    NotAllowed
        She may not invite for the body.
    """
    require(by, Permission.INVITE, invitation.entity, on=at.date())
    ended = Invitation.objects.unused(at).filter(pk=invitation.pk).update(withdrawn_at=at)
    if ended:
        record(Act.WITHDRAW, subject=invitation, by=by, body=invitation.entity)


@transaction.atomic
def accept_invitation(*, invitation: Invitation, person: Person, at: datetime) -> Mandate:
    """She acts for the body from today on; an invitation is accepted once.

    Raises
    ------
    NotOpen
        It was used, withdrawn or is too old, is meant for another address, or who sent it may
        not invite any more.
    """
    take_turn(invitation.entity)
    # The lock first and the question after it: a condition beside the lock is answered by how
    # the row was before its turn came.
    waiting = Invitation.objects.select_for_update(of=("self",))
    locked = waiting.select_related("entity", "by").get(pk=invitation.pk)
    holds = Invitation.objects.unused(at).filter(pk=locked.pk).exists()
    if not holds or not may(locked.by, Permission.INVITE, locked.entity, on=at.date()):
        raise NotOpen(_("This invitation no longer holds: ask for another one."))
    if not locked.is_open and locked.email != person.email:
        raise NotOpen(_("This invitation is meant for another address."))
    locked.accepted_at, locked.accepted_by = at, person
    locked.save(update_fields=["accepted_at", "accepted_by"])
    role = MandateRole(locked.role)
    record(Act.ACCEPT, subject=locked, by=person, body=locked.entity, role=role)
    enqueue("network.pass_on", invitation_id=locked.pk)
    return entrust(entity=locked.entity, person=person, role=role, since=at.date(), by=locked.by)
