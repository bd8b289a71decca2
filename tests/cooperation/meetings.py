"""Meetings that are proposed, answered and agreed, as the tests need them."""

import datetime as dt
import uuid

from entrecidades.cooperation.choices import Fit
from entrecidades.cooperation.services import agree_on_date, answer_dates, begin_thread, say
from tests.conftest import A_MOMENT

FIRST, SECOND = A_MOMENT + dt.timedelta(days=5), A_MOMENT + dt.timedelta(days=8)


def proposed(contact, by, *, entity=None, times=(FIRST, SECOND), at=A_MOMENT):
    """A meeting for which one end has proposed dates."""
    ends = [contact.asker, contact.asked]
    thread = begin_thread(sides=ends, introduction=contact)
    message = say(
        thread=thread,
        entity=entity or contact.asker,
        words="Podemos falar?",
        language="pt",
        token=uuid.uuid4(),
        times=times,
        by=by,
        at=at,
    )
    return message.meeting


def answered(meeting, by, entity, *fits, at=A_MOMENT):
    """The meeting once somebody has said how its dates suit."""
    said = dict(zip(meeting.message.proposed, fits or [Fit.SUITS, Fit.IF_NEEDED], strict=True))
    return answer_dates(meeting_id=meeting.pk, entity=entity, fits=said, by=by, at=at)


def agreed(meeting, by, entity, moment=FIRST, at=A_MOMENT):
    """The meeting once a date is agreed."""
    return agree_on_date(meeting_id=meeting.pk, entity=entity, moment=moment, by=by, at=at)


def words(text="Outro dia"):
    """What somebody says with a step."""
    return {"words": text, "language": "pt", "token": uuid.uuid4()}
