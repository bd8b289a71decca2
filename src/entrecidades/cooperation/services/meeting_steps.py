"""Leading a meeting whose row is held one step on, with its trace and its letter."""

from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser

from entrecidades.audit.services import record
from entrecidades.cooperation.choices import Act, MeetingState, MeetingStep
from entrecidades.cooperation.dates import MEETING_LIFE
from entrecidades.cooperation.models import Introduction, Meeting
from entrecidades.kernel.lives import next_state
from entrecidades.network.models import Entity
from entrecidades.queue.services import enqueue

#: Steps that calendars have to learn of, if a date was agreed.
IN_CALENDARS = frozenset({MeetingStep.AGREE, MeetingStep.MOVE, MeetingStep.CALL_OFF})


def lead(
    meeting: Meeting,
    step: MeetingStep,
    *,
    by: AbstractBaseUser | None,
    body: Entity | None,
    at: datetime,
    **facts: Any,
) -> None:
    """Lead a meeting one step on; what else changes with it is given by name.

    Raises
    ------
    IllegalStep
        When its life has no such step now.
    """
    was = MeetingState(meeting.state)
    meeting.state = next_state(MEETING_LIFE, was, step)
    meeting.moved_at = at
    meeting.sequence += step in IN_CALENDARS
    for name, value in facts.items():
        setattr(meeting, name, value)
    meeting.save()
    is_answer = step in {MeetingStep.ANSWER, MeetingStep.REFUSE}
    record(
        Act.ANSWER_DATES if is_answer else Act.STEP_MEETING,
        subject=meeting.message.thread.introduction or meeting.message.thread,
        by=by,
        body=body,
        step=step,
        was=was,
        now=meeting.state,
        meeting=meeting.pk,
    )
    # That agreed dates are over needs no letter: they have met.
    if meeting.state != MeetingState.PAST:
        promise(meeting, step)


def promise(meeting: Meeting, event: str) -> None:
    """Promise to tell what was done; of later steps other letters tell."""
    enqueue(
        "cooperation.tell_of_meeting",
        meeting_id=meeting.pk,
        event=str(event),
        state=str(meeting.state),
    )


def call_off_all(introduction: Introduction, *, by: AbstractBaseUser | None, at: datetime) -> None:
    """Call off what was to happen in a contact that is over; the contact's row is held."""
    rows = Meeting.objects.pending().filter(message__thread__introduction=introduction)
    for meeting in rows.select_for_update(of=("self",)).order_by("pk"):
        lead(meeting, MeetingStep.CALL_OFF, by=by, body=None, at=at)
