"""Handing a desk over in one step, passing it on when somebody invited arrives, and undoing it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.models import Person
from entrecidades.accounts.permissions import Permission
from entrecidades.accounts.services import revoke_credentials
from entrecidades.audit.services import record
from entrecidades.handover.choices import Act
from entrecidades.handover.models import HandOver
from entrecidades.handover.rules import (
    NobodyStays,
    NotConfirmed,
    NotOnTheTeam,
    NotTwo,
    TooLate,
    is_undoable,
)
from entrecidades.handover.selectors.held import mandates_now_or_later
from entrecidades.handover.services.moving import (
    begin_mandates,
    end_mandates,
    move_all,
    move_some,
    restore_mandates,
)
from entrecidades.network.models import Entity, Invitation
from entrecidades.network.selectors.rights import mandates_of, require
from entrecidades.network.services import take_turn
from entrecidades.queue.services import enqueue


@transaction.atomic
def hand_over(
    *,
    body: Entity,
    leaver: Person,
    to: Person | Invitation,
    confirmed: bool,
    by: Person,
    at: datetime,
) -> HandOver:
    """One person's desk in a body is another's from now on, all of it, in one transaction.

    The leaver's mandates end; the successor has her roles, and whatever was open and waited
    for the leaver waits for the successor. To somebody who is only invited it is passed on when
    she accepts; until then whoever confirms keeps it. If it was the leaver's last body, she is
    logged out everywhere. Both are promised a letter.

    Raises
    ------
    NotConfirmed
        It was not confirmed.
    NotAllowed
        She may not hand over for the body.
    NotOnTheTeam
        Leaver or successor do not act for the body (any more); or the invitation was used or
        withdrawn.
    NotTwo
        Leaver and successor are one.
    NobodyStays
        The successor is only invited, and it is the leaver who confirms.
    """
    take_turn(body)
    require(by, Permission.HAND_OVER, body, on=at.date())
    if not confirmed:
        raise NotConfirmed(_("Confirm that you have read what moves: nothing has changed."))
    keeper = _keeper(body, leaver, to, by=by, at=at)
    invited = to if isinstance(to, Invitation) else None
    moved = move_all(leaver=leaver, to=keeper, body=body, at=at)
    ended = end_mandates(person=leaver, body=body, at=at)
    roles = [] if invited else [was["role"] for was in ended]
    begun = begin_mandates(person=keeper, body=body, roles=roles, on=at.date())
    done = HandOver.objects.create(
        entity=body,
        leaver=leaver,
        kept_by=keeper,
        invitation=invited,
        by=by,
        made_at=at,
        ended=ended,
        begun=begun,
        moved=moved,
    )
    tell_of_hand_over(done, by=by)
    if not mandates_of(leaver, on=at.date()).exists():
        revoke_credentials(person=leaver, by=by, at=at)
    return done


def tell_of_hand_over(done: HandOver, *, by: Person | None) -> None:
    """History tells what changed hands, and both are promised a letter."""
    _tell_history(Act.HAND_OVER, done, by=by, moved=done.moved)
    enqueue("handover.tell_of_hand_over", hand_over_id=done.pk)


def _keeper(
    body: Entity, leaver: Person, to: Person | Invitation, *, by: Person, at: datetime
) -> Person:
    """Who keeps the desk from now on, if all of them stand where they are said to stand."""
    if not _acts(leaver, body, at=at):
        raise NotOnTheTeam(_("%(name)s does not act for the body any more.") % {"name": leaver})
    if isinstance(to, Invitation):
        unused = Invitation.objects.unused(at).select_for_update(of=("self",))
        if not unused.filter(pk=to.pk, entity=body).exists():
            raise NotOnTheTeam(_("The invitation is no longer open: choose a successor again."))
        if by.pk == leaver.pk:
            raise NobodyStays(
                _("The successor has not accepted yet: let a colleague who stays hand over.")
            )
        return by
    if to.pk == leaver.pk:
        raise NotTwo(_("Choose somebody else as successor: nobody hands over to herself."))
    if not to.is_active or not _acts(to, body, at=at):
        raise NotOnTheTeam(_("%(name)s does not act for the body any more.") % {"name": to})
    return to


def _acts(person: Person, body: Entity, *, at: datetime) -> bool:
    """Whether somebody acts for the body, or will."""
    return mandates_now_or_later(person, body, at=at).exists()


@transaction.atomic
def pass_on(*, invitation: Invitation, at: datetime) -> list[HandOver]:
    """Whoever was invited as a successor and has accepted is given the desks kept for her."""
    heir = invitation.accepted_by
    take_turn(invitation.entity)
    waiting = HandOver.objects.select_for_update(of=("self",)).filter(
        invitation=invitation, passed_on_at=None, undone_at=None
    )
    passed = []
    for one in waiting.select_related("entity", "kept_by", "leaver").order_by("pk"):
        if (
            heir is None
            or heir.pk in {one.leaver_id, one.kept_by_id}
            or not _acts(heir, one.entity, at=at)
        ):
            continue
        moved = move_some(one.moved, leaver=one.kept_by, to=heir, body=one.entity, at=at)
        one.kept_by, one.passed_on_at = heir, at
        one.save(update_fields=["kept_by", "passed_on_at"])
        _tell_history(Act.PASS_ON, one, by=heir, moved=moved)
        passed.append(one)
    return passed


@transaction.atomic
def undo_hand_over(*, hand_over: HandOver, by: Person, at: datetime) -> HandOver:
    """Within a day, the desk is the leaver's again; whoever followed keeps what she had before.

    What was done meanwhile stays done. If the successor acts for the body no longer, all that
    waits for her goes to the leaver too.

    Raises
    ------
    NotAllowed
        She may not hand over for the body.
    TooLate
        It is older than a day, or was undone; or the leaver's account is closed.
    """
    take_turn(hand_over.entity)
    body = hand_over.entity
    require(by, Permission.HAND_OVER, body, on=at.date())
    one = (
        HandOver.objects.select_for_update(of=("self",))
        .select_related("leaver", "kept_by", "entity")
        .get(pk=hand_over.pk)
    )
    if one.undone_at or not is_undoable(made_at=one.made_at, at=at):
        raise TooLate(_("This hand-over can no longer be undone: hand over anew."))
    if not one.leaver.is_active:
        raise TooLate(_("The account of %(name)s is closed.") % {"name": one.leaver})
    one.undone_at, one.undone_by = at, by
    one.save(update_fields=["undone_at", "undone_by"])
    restore_mandates(person=one.leaver, body=body, ended=one.ended)
    for begun in one.begun:
        one.kept_by.mandates.filter(pk=int(begun["mandate"])).delete()
    moved = move_some(one.moved, leaver=one.kept_by, to=one.leaver, body=body, at=at)
    if not _acts(one.kept_by, body, at=at):
        rest = move_all(leaver=one.kept_by, to=one.leaver, body=body, at=at)
        moved = {key: moved.get(key, []) + rest.get(key, []) for key in {**moved, **rest}}
    _tell_history(Act.UNDO, one, by=by, moved=moved)
    enqueue("handover.tell_of_undo", hand_over_id=one.pk)
    return one


def _tell_history(
    act: Act, done: HandOver, *, by: Person | None, moved: dict[str, list[int]]
) -> None:
    """One trace with everything that changed."""
    record(
        act,
        subject=done.entity,
        by=by,
        body=done.entity,
        leaver=done.leaver_id,
        successor=done.kept_by_id,
        ended=[was["role"] for was in done.ended],
        begun=[now["role"] for now in done.begun],
        moved=moved,
    )
