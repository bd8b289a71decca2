"""What may happen to the dates of a meeting, one function per act.

The conversation's row is held first, then the meeting's: of two who agree on different dates at
once the second is refused.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.audit.services import record
from entrecidades.cooperation.choices import Act, Fit, MeetingStep
from entrecidades.cooperation.dates import (
    LENGTH,
    NOTICE,
    DateIsOver,
    NotAnsweredYet,
    NotProposed,
    agreeable,
    step_of_answer,
)
from entrecidades.cooperation.models import DateAnswer, Introduction, Meeting
from entrecidades.cooperation.rules import NotYourStep
from entrecidades.cooperation.selectors.meetings import asked_of, said_of
from entrecidades.cooperation.services.meeting_steps import lead, promise
from entrecidades.cooperation.services.talk import check_open, held, note_movement, say
from entrecidades.network.models import Entity
from entrecidades.network.selectors import require


@transaction.atomic
def answer_dates(
    *,
    meeting_id: int,
    entity: Entity,
    fits: Mapping[datetime, Fit],
    by: AbstractBaseUser,
    at: datetime,
) -> Meeting:
    """Say for a body how each date suits it that is still to come.

    Raises
    ------
    ValidationError
        When the person may not answer for the body (`NotAllowed`), it takes no part or has
        proposed the dates itself (`NotYourStep`), a date is not proposed now (`NotProposed`) or
        has no answer, all are over (`DateIsOver`), or something is agreed (`IllegalStep`).
    """
    meeting, introduction = _held(meeting_id, entity, by, at)
    check_open(introduction)
    if meeting.message.entity_id == entity.pk:
        raise NotYourStep(_("You have proposed these dates: the other side says which suit."))
    coming = [moment for moment in meeting.message.proposed if moment > at]
    if not coming:
        raise DateIsOver(_("All these dates are over. Propose others."))
    if not {*fits} <= {*meeting.message.proposed}:
        raise NotProposed(_("These dates are not proposed any more. Look at the new ones."))
    if not {*coming} <= {*fits}:
        raise ValidationError(_("Say of each date whether it suits you."))
    said = {**said_of(meeting), entity.pk: {moment: fits[moment] for moment in coming}}
    step = step_of_answer(coming, said, asked_of(meeting))
    lead(meeting, step, by=by, body=entity, at=at)
    meeting.answers.filter(entity=entity).delete()
    DateAnswer.objects.bulk_create(
        DateAnswer(meeting=meeting, entity=entity, moment=moment, fit=fits[moment])
        for moment in coming
    )
    _note(introduction, entity, by, at)
    return meeting


@transaction.atomic
def agree_on_date(
    *, meeting_id: int, entity: Entity, moment: datetime, by: AbstractBaseUser, at: datetime
) -> Meeting:
    """Agree on a date that suits whoever was asked; both sides are told.

    Raises
    ------
    ValidationError
        When the person may not answer for the body (`NotAllowed`), it takes no part
        (`NotYourStep`), the date is not proposed now (`NotProposed`), is over (`DateIsOver`) or
        does not suit who was asked (`NotAnsweredYet`), or one is agreed already (`IllegalStep`).
    """
    meeting, introduction = _held(meeting_id, entity, by, at)
    check_open(introduction)
    if moment not in meeting.message.proposed:
        raise NotProposed(_("This date is not proposed any more. Look at the new ones."))
    if moment <= at:
        raise DateIsOver(_("This date is over. Propose others."))
    # The step is taken first: that another date is agreed says more than who answered what.
    told = at if moment - at <= NOTICE else None
    facts = {"begins_at": moment, "due_at": moment + LENGTH, "reminded_at": told}
    lead(meeting, MeetingStep.AGREE, by=by, body=entity, at=at, **facts)
    if not agreeable(moment, said_of(meeting), asked_of(meeting)):
        raise NotAnsweredYet(_("The other side has not said that this date suits."))
    _note(introduction, entity, by, at)
    return meeting


@transaction.atomic
def move_meeting(
    *,
    meeting_id: int,
    entity: Entity,
    words: str,
    language: str,
    token: UUID,
    times: Sequence[datetime],
    by: AbstractBaseUser,
    at: datetime,
) -> Meeting:
    """Propose other dates for a meeting, saying why; what was answered and agreed is off.

    Raises
    ------
    ValidationError
        As `say` does, when no date is proposed, or when its life has no such step (`IllegalStep`).
    """
    meeting, _introduction = _held(meeting_id, entity, by, at)
    if meeting.message.thread.messages.filter(token=token).exists():
        return meeting
    if not times:
        raise ValidationError(_("Propose at least one date."))
    lead(meeting, MeetingStep.MOVE, by=by, body=entity, at=at, reminded_at=None)
    meeting.answers.all().delete()
    facts: dict[str, Any] = {"words": words, "language": language, "token": token, "times": times}
    say(thread=meeting.message.thread, entity=entity, by=by, at=at, about=meeting, **facts)
    return meeting


@transaction.atomic
def call_off(
    *,
    meeting_id: int,
    entity: Entity,
    words: str,
    language: str,
    token: UUID,
    by: AbstractBaseUser,
    at: datetime,
) -> Meeting:
    """Call a meeting off, saying why; both sides are told.

    Raises
    ------
    ValidationError
        As `say` does, or when its life has no such step (`IllegalStep`).
    """
    meeting, _introduction = _held(meeting_id, entity, by, at)
    thread = meeting.message.thread
    if thread.messages.filter(token=token).exists():
        return meeting
    lead(meeting, MeetingStep.CALL_OFF, by=by, body=entity, at=at)
    facts: dict[str, Any] = {"words": words, "language": language, "token": token}
    say(thread=thread, entity=entity, by=by, at=at, about=meeting, **facts)
    return meeting


@transaction.atomic
def let_pass(*, meeting_id: int, at: datetime) -> bool:
    """Note that the dates of a meeting are over; False if somebody was faster."""
    meeting = Meeting.objects.passed(at).select_for_update(of=("self",)).filter(pk=meeting_id)
    if (found := meeting.first()) is None:
        return False
    lead(found, MeetingStep.PASS, by=None, body=None, at=at)
    return True


@transaction.atomic
def remind_of_meeting(*, meeting_id: int, at: datetime) -> bool:
    """Promise a letter to the sides of a meeting that begins within a day, once for each date."""
    meeting = Meeting.objects.near(at).select_for_update(of=("self",)).filter(pk=meeting_id)
    if (found := meeting.first()) is None:
        return False
    found.reminded_at = at
    found.save(update_fields=["reminded_at"])
    thread = found.message.thread
    subject = thread.introduction or thread
    record(Act.REMIND_MEETING, subject=subject, by=None, meeting=found.pk)
    promise(found, "remind")
    return True


def _held(
    meeting_id: int, entity: Entity, by: AbstractBaseUser, at: datetime
) -> tuple[Meeting, Introduction | None]:
    """A meeting and its contact, both held, if the person acts for a side of them."""
    require(by, Permission.ANSWER, entity, on=at.date())
    thread = Meeting.objects.select_related("message__thread").get(pk=meeting_id).message.thread
    introduction = held(thread)
    if not thread.sides.filter(entity=entity).exists():
        raise NotYourStep(_("%(name)s takes no part in this conversation.") % {"name": entity})
    return Meeting.objects.select_for_update(of=("self",)).get(pk=meeting_id), introduction


def _note(
    introduction: Introduction | None, entity: Entity, by: AbstractBaseUser, at: datetime
) -> None:
    """What is done about dates keeps a contact alive, as words do."""
    if introduction:
        note_movement(introduction, entity, by=by, at=at)
