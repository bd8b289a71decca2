"""A letter to the members is sent by pieces, stopped and resumed; no reader gets it twice."""

from datetime import datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.audit.services import record
from entrecidades.kernel.lives import next_state
from entrecidades.members.choices import Act, CircularState, CircularStep, CopyState
from entrecidades.members.models import Circular, Copy
from entrecidades.members.rules import (
    LIFE,
    Faulty,
    ReadersChanged,
    WrittenMeanwhile,
    check_pace,
)
from entrecidades.members.selectors import Addressees, addressees_of, sent_lately, still_reads
from entrecidades.members.services.writing import held
from entrecidades.members.wording import problems_of
from entrecidades.network.selectors import require
from entrecidades.network.services import take_turn
from entrecidades.queue.services import enqueue


@transaction.atomic
def send_circular(
    *, circular_id: int, version: int, copies: int, by: AbstractBaseUser, at: datetime
) -> Circular:
    """Send the letter that was shown to as many people as were shown; sent twice, it is refused.

    Raises
    ------
    ValidationError
        `NotAllowed`, `IllegalStep`; `Faulty` with everything that is wrong with it;
        `WrittenMeanwhile`, `ReadersChanged` when it is not what was shown; `TooMany`.
    """
    row = held(circular_id)
    take_turn(row.entity)
    require(by, Permission.WRITE_MEMBERS, row.entity, on=at.date())
    row.state = next_state(LIFE, CircularState(row.state), CircularStep.SEND)
    if row.version != version:
        raise WrittenMeanwhile(_("The letter was changed meanwhile. Look at it again."))
    if problems := problems_of(row.subject, row.text):
        raise Faulty(problems)
    check_pace(sent_lately(row.entity, at=at))
    found = addressees_of(row, on=at.date())
    _check_readers(found, copies)
    Copy.objects.bulk_create(
        Copy(
            circular=row,
            entity_id=one.member.key,
            person_id=person,
            language=language,
            lacks=[str(fact) for fact in one.member.lacks],
        )
        for one in found.reached
        for person, language in one.readers
    )
    row.sent_at, row.turn = at, 1
    row.left_out = {"nobody": len(found.nobody), "declined": len(found.declined)}
    row.save(update_fields=["state", "sent_at", "turn", "left_out"])
    told = {"members": len(found.reached), "copies": found.copies, **row.left_out}
    record(Act.SEND, subject=row, by=by, body=row.entity, **told)
    enqueue("members.send_some", circular_id=row.pk, turn=row.turn)
    return row


def _check_readers(found: Addressees, copies: int) -> None:
    """Refuse to write to nobody, or to others than were shown."""
    if not found.copies:
        raise ReadersChanged(_("There is nobody who could read the letter."))
    if found.copies != copies:
        told = _("The letter would now go to %(now)d people, not to %(shown)d. Look again.")
        raise ReadersChanged(told % {"now": found.copies, "shown": copies})


@transaction.atomic
def stop_circular(*, circular_id: int, by: AbstractBaseUser, at: datetime) -> Circular:
    """No copy leaves any more until somebody lets it go on.

    Raises
    ------
    ValidationError
        `NotAllowed`, `IllegalStep`.
    """
    row = held(circular_id)
    require(by, Permission.WRITE_MEMBERS, row.entity, on=at.date())
    row.state = next_state(LIFE, CircularState(row.state), CircularStep.STOP)
    row.save(update_fields=["state"])
    record(Act.STOP, subject=row, by=by, body=row.entity, waiting=_waiting(row))
    return row


@transaction.atomic
def resume_circular(*, circular_id: int, by: AbstractBaseUser, at: datetime) -> Circular:
    """The copies that wait are sent; those that left are not sent again.

    Raises
    ------
    ValidationError
        `NotAllowed`, `IllegalStep`.
    """
    row = held(circular_id)
    require(by, Permission.WRITE_MEMBERS, row.entity, on=at.date())
    row.state = next_state(LIFE, CircularState(row.state), CircularStep.RESUME)
    row.turn += 1
    row.save(update_fields=["state", "turn"])
    record(Act.RESUME, subject=row, by=by, body=row.entity, waiting=_waiting(row))
    enqueue("members.send_some", circular_id=row.pk, turn=row.turn)
    return row


def _waiting(row: Circular) -> int:
    """How many copies have not left."""
    return row.copies.filter(state=CopyState.WAITING).count()


@transaction.atomic
def take_copy(*, circular_id: int, turn: int, at: datetime) -> Copy | None:
    """The next copy, now on its way; nothing when all have left, or the letter is not sent on.

    It is noted before it is handed over: whoever dies in between leaves it so, and it is not
    handed over again. The letter's row is the lock: two workers never take one copy.
    """
    row = held_quietly(circular_id)
    if row is None or row.state != CircularState.SENDING or row.turn != turn:
        return None
    while copy := _first_waiting(row):
        why_not = still_reads(copy, on=at.date())
        copy.state, copy.settled_at = why_not or CopyState.ON_ITS_WAY, at
        copy.save(update_fields=["state", "settled_at"])
        if why_not is None:
            return copy
    row.state, row.ended_at = next_state(LIFE, CircularState(row.state), CircularStep.END), at
    row.save(update_fields=["state", "ended_at"])
    return None


def _first_waiting(row: Circular) -> Copy | None:
    """The next copy of a letter, with what it says."""
    waiting = row.copies.filter(state=CopyState.WAITING)
    told = waiting.select_related("circular__entity", "person", "entity__country")
    return told.prefetch_related("entity__names").order_by("pk").first()


def held_quietly(circular_id: int) -> Circular | None:
    """A letter's row until the transaction ends; nothing when it is gone."""
    rows = Circular.objects.select_related("entity").select_for_update(of=("self",))
    return rows.filter(pk=circular_id).first()


def settle_copy(*, copy: Copy, state: CopyState, at: datetime) -> None:
    """What became of a copy that was on its way."""
    on_its_way = Copy.objects.filter(pk=copy.pk, state=CopyState.ON_ITS_WAY)
    on_its_way.update(state=state, settled_at=at)


@transaction.atomic
def promise_more(*, circular_id: int, turn: int, at: datetime, pause: timedelta) -> None:
    """Promise the next piece of a letter that is still being sent, after a pause."""
    row = held_quietly(circular_id)
    if row and row.state == CircularState.SENDING and row.turn == turn:
        job = enqueue("members.send_some", circular_id=circular_id, turn=turn)
        job.due_at = at + pause
        job.save(update_fields=["due_at"])
