"""Letters about the dates of a meeting, with the file for a calendar where one was agreed."""

from typing import Any

from entrecidades.accounts.models import Person
from entrecidades.accounts.permissions import Permission
from entrecidades.accounts.roles import roles_with
from entrecidades.cooperation.calendars import KIND, by_both_clocks, file_name, meeting_file
from entrecidades.cooperation.choices import MeetingStep
from entrecidades.cooperation.models import Meeting, ThreadSide
from entrecidades.cooperation.selectors.meetings import bodies_of
from entrecidades.kernel import clock
from entrecidades.network.models import Mandate, holding
from entrecidades.queue.services import enqueue

Facts = dict[str, Any]
ANSWERED = {MeetingStep.ANSWER, MeetingStep.REFUSE}


def tell_of_meeting(meeting_id: int, event: str, state: str) -> None:
    """Tell the sides of a conversation what was done about dates; an answer, who proposed them.

    What no longer is so is told to nobody: what was done since has a letter of its own.
    """
    rows = Meeting.objects.select_related("message")
    meeting = rows.exclude(message__thread__introduction=None).filter(pk=meeting_id).first()
    if meeting is None or meeting.state != state:
        return
    bodies = ThreadSide.objects.filter(thread=meeting.message.thread_id)
    if event in ANSWERED:
        bodies = bodies.filter(entity=meeting.message.entity_id)
    holders = Mandate.objects.filter(
        holding(clock.today()),
        entity__in=bodies.values("entity"),
        role__in=roles_with(Permission.ANSWER),
    )
    for reader in Person.objects.filter(pk__in=holders.values("person"), is_active=True):
        enqueue(
            "mail.write", kind="meeting", subject_id=meeting_id, reader_id=reader.pk, told=event
        )


def meeting(subject_id: int) -> Facts | None:
    """The meeting that a letter is about: its bodies, its dates by their clocks, its contact."""
    rows = Meeting.objects.select_related("message__entity", "message__thread__introduction")
    found = rows.filter(pk=subject_id).first()
    if found is None or found.message.thread.introduction is None:
        return None
    introduction = found.message.thread.introduction
    bodies = bodies_of(found)
    return {
        "meeting": found,
        "names": " – ".join(one.name_in() for one in bodies),
        "proposer": found.message.entity,
        "talk_at": f"{introduction.get_absolute_url()}#talk",
        "agreed": by_both_clocks(found.begins_at, bodies) if found.begins_at else [],
        "proposed": [by_both_clocks(moment, bodies) for moment in found.message.proposed],
    }


def file(facts: Facts) -> tuple[str, bytes, str] | None:
    """The file for a calendar, with letters that change what stands in it."""
    if facts["told"] not in {MeetingStep.AGREE, MeetingStep.MOVE, MeetingStep.CALL_OFF}:
        return None
    told = meeting_file(facts["meeting"])
    return (file_name(facts["meeting"]), told, KIND) if told else None
