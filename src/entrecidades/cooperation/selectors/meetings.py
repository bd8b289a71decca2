"""Questions about meetings: who is asked of their dates, and what was answered."""

from datetime import datetime

from entrecidades.cooperation.choices import Fit
from entrecidades.cooperation.models import Meeting
from entrecidades.network.models import Entity


def asked_of(meeting: Meeting) -> frozenset[int]:
    """The keys of the bodies whom the dates have to suit: the ends, but who proposes.

    An association that takes part may say what suits it; nothing waits for its answer.
    """
    thread = meeting.message.thread
    contact = thread.introduction
    if contact:
        ends = {contact.asker_id, contact.asked_id}
    else:
        ends = set(thread.sides.values_list("entity", flat=True))
    return frozenset(ends - {meeting.message.entity_id})


def said_of(meeting: Meeting) -> dict[int, dict[datetime, Fit]]:
    """What each body has said of each date, by its key."""
    said: dict[int, dict[datetime, Fit]] = {}
    for one in meeting.answers.all():
        said.setdefault(one.entity_id, {})[one.moment] = Fit(one.fit)
    return said


def bodies_of(meeting: Meeting) -> list[Entity]:
    """The bodies that meet: the two ends of the contact, or all who take part."""
    contact = meeting.message.thread.introduction
    if contact:
        return [contact.asker, contact.asked]
    return [side.entity for side in meeting.message.thread.sides.select_related("entity__seat")]
