"""What a conversation says of the dates of a meeting, and what the reader may do about them."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from entrecidades.cooperation.calendars import by_both_clocks
from entrecidades.cooperation.choices import Fit, MeetingState, MeetingStep
from entrecidades.cooperation.dates import MEETING_LIFE, agreeable
from entrecidades.cooperation.models import Meeting, Message
from entrecidades.cooperation.selectors.meetings import asked_of, bodies_of, said_of
from entrecidades.kernel import clock
from entrecidades.kernel.lives import steps_from
from entrecidades.network.models import Entity
from entrecidades.web.forms.meetings import AnswerForm, CallOffForm, MoveForm

#: Forms about meetings that were not accepted, by the step and the meeting's public identifier.
Refused = Mapping[tuple[str, str], forms.Form]
Writers = Mapping[str, Entity]
KINDS = {Fit.SUITS: "yes", Fit.IF_NEEDED: "maybe", Fit.NOT: "no"}
SAYS = {
    MeetingState.CALLED_OFF: "error",
    MeetingState.REFUSED: "warn",
    MeetingState.LAPSED: "warn",
}


def meeting_told(message: Message, writers: Writers, refused: Refused) -> dict[str, Any] | None:
    """The dates that a message proposes now, with answers and forms; None where it proposes none.

    ``writers`` are the sides for which the reader may act, by their public identifiers.
    """
    meeting = getattr(message, "meeting", None)
    if meeting is None:
        return None
    steps = set(steps_from(MEETING_LIFE, MeetingState(meeting.state))) if writers else set()
    answering = answerers(meeting, writers)
    dates = _dates(meeting, may_agree=MeetingStep.AGREE in steps)
    found: dict[str, Any] = {
        "row": meeting,
        "state": MeetingState(meeting.state).label,
        "kind": SAYS.get(MeetingState(meeting.state), "info"),
        "dates": dates,
        "agreed": by_both_clocks(meeting.begins_at, bodies_of(meeting))
        if meeting.state in {MeetingState.AGREED, MeetingState.PAST}
        else [],
        "has_file": meeting.begins_at is not None,
        "writers": writers,
        "waits": meeting.state == MeetingState.PROPOSED and not answering,
    }
    if answering and MeetingStep.ANSWER in steps and any(not one["is_past"] for one in dates):
        found["answer"] = refused.get(("answer", str(meeting.public_id))) or AnswerForm(
            meeting=meeting, speakers=answering, at=clock.now()
        )
    for step, form in ((MeetingStep.MOVE, MoveForm), (MeetingStep.CALL_OFF, CallOffForm)):
        if step in steps:
            known = refused.get((step.value, str(meeting.public_id)))
            found[step.value] = known or form(speakers=writers, prefix=prefix_of(step, meeting))
    return found


def prefix_of(step: MeetingStep, meeting: Meeting) -> str:
    """What the fields of a form about a meeting begin with, so that many stand on one page."""
    return f"{step.value}-{meeting.public_id}"


def answerers(meeting: Meeting, writers: Writers) -> dict[str, Entity]:
    """The sides for which the reader may answer: all but the one that proposes."""
    proposer = meeting.message.entity_id
    return {key: one for key, one in writers.items() if one.pk != proposer}


def _dates(meeting: Meeting, *, may_agree: bool) -> list[dict[str, Any]]:
    """Each date by both clocks, who has answered what, and whether it can be agreed."""
    said, asked, now = said_of(meeting), asked_of(meeting), clock.now()
    names = {one.entity_id: one.entity.name_in() for one in meeting.answers.all()}
    bodies = bodies_of(meeting)
    return [
        {
            "value": moment.isoformat(),
            "clocks": by_both_clocks(moment, bodies),
            "is_past": moment <= now,
            "is_agreed": meeting.begins_at == moment and meeting.state == MeetingState.AGREED,
            "answers": [
                {
                    "words": _("%(name)s: %(answer)s")
                    % {"name": names[body], "answer": fits[moment].label},
                    "kind": KINDS[fits[moment]],
                }
                for body, fits in said.items()
                if moment in fits
            ],
            "may_agree": may_agree and moment > now and agreeable(moment, said, asked),
        }
        for moment in meeting.message.proposed
    ]
