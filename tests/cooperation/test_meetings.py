"""The dates of a meeting: proposed, answered, agreed, moved, called off, and over."""

import datetime as dt
from itertools import product
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.audit.models import Trace
from entrecidades.cooperation.calendars import meeting_file
from entrecidades.cooperation.choices import Fit, MeetingState, MeetingStep
from entrecidades.cooperation.dates import (
    MEETING_LIFE,
    DateIsOver,
    NotAnsweredYet,
    NotProposed,
    agreeable,
    step_of_answer,
)
from entrecidades.cooperation.jobs import turn_meetings
from entrecidades.cooperation.models import Introduction, Meeting, Message
from entrecidades.cooperation.rules import NobodyTalks, NotYourStep, ReadAlready
from entrecidades.cooperation.services import (
    call_off,
    let_in,
    let_pass,
    move_meeting,
    remind_of_meeting,
    take_back,
    take_step,
)
from entrecidades.kernel import clock
from entrecidades.kernel.lives import IllegalStep, next_state
from entrecidades.network.rules import NotAllowed
from entrecidades.queue.models import Job
from tests.conftest import A_MOMENT
from tests.cooperation.meetings import FIRST, SECOND, agreed, answered, proposed, words
from tests.factories.cooperation import IntroductionFactory

pytestmark = pytest.mark.django_db
S, T = MeetingState, MeetingStep

HOST = urlsplit(settings.PUBLIC_URL).hostname


@pytest.fixture
def contact(maputo, curitiba, anci):
    return IntroductionFactory(asker=maputo, asked=curitiba, broker=anci, state="talking")


@pytest.fixture
def meeting(contact, officer):
    """Maputo has proposed two dates to Curitiba."""
    return proposed(contact, officer)


def told():
    """What is promised to be told of meetings, in order."""
    rows = Job.objects.filter(name="cooperation.tell_of_meeting").order_by("pk")
    return list(rows.values_list("facts__event", flat=True))


@given(st.sampled_from([*product(S, T)]))
def test_a_step_leads_where_the_table_says_or_is_refused_with_a_sentence(pair):
    state, step = pair
    if pair in MEETING_LIFE:
        assert next_state(MEETING_LIFE, state, step) == MEETING_LIFE[pair]
        return
    with pytest.raises(IllegalStep) as refusal:
        next_state(MEETING_LIFE, state, step)
    assert refusal.value.messages == [f"Impossible while it is “{state.label}”: {step.label}."]


def test_every_state_is_reached_and_the_ends_are_final():
    assert {S.PROPOSED, *MEETING_LIFE.values()} == set(S)
    ends = {state for state in S if not any((state, step) in MEETING_LIFE for step in T)}
    assert ends == {S.CALLED_OFF, S.PAST}


# Drawn as pairs, once each: a busy machine is no reason to call the drawing slow.
FITS = st.sampled_from([*product(Fit, Fit)])


@given(st.lists(FITS, min_size=1, max_size=5))
def test_a_date_can_be_agreed_exactly_when_nobody_asked_rules_it_out(fits):
    moments = [FIRST + dt.timedelta(days) for days in range(len(fits))]
    said = {
        body: dict(zip(moments, [pair[body] for pair in fits], strict=True)) for body in (0, 1)
    }
    suiting = [agreeable(moment, said, {0, 1}) for moment in moments]
    assert suiting == [Fit.NOT not in pair for pair in fits]
    step = step_of_answer(moments, said, {0, 1})
    assert (step == T.ANSWER) == any(suiting)


def test_it_is_proposed_answered_and_agreed_and_the_sides_are_told(  # noqa: PLR0917 - who takes part
    meeting, contact, officer, counterpart, maputo, curitiba
):
    assert (meeting.state, meeting.due_at) == (S.PROPOSED, SECOND)
    assert answered(meeting, counterpart, curitiba).state == S.ANSWERED
    done = agreed(meeting, officer, maputo, SECOND)
    assert (done.state, done.begins_at, done.sequence) == (S.AGREED, SECOND, 1)
    assert told() == ["answer", "agree"]
    acts = Trace.objects.filter(act__startswith="cooperation:meeting").order_by("pk")
    assert [trace.act.rpartition(":")[2] for trace in acts] == ["answer", "step"]
    contact.refresh_from_db()
    assert contact.moved_at == A_MOMENT


def test_who_was_asked_may_agree_too(meeting, counterpart, curitiba):
    answered(meeting, counterpart, curitiba)
    assert agreed(meeting, counterpart, curitiba).begins_at == FIRST


def test_before_the_other_side_has_answered_and_on_what_it_rules_out_nothing_is_agreed(
    meeting, officer, counterpart, maputo, curitiba
):
    with pytest.raises(IllegalStep):
        agreed(meeting, officer, maputo)
    answered(meeting, counterpart, curitiba, Fit.NOT, Fit.IF_NEEDED)
    with pytest.raises(NotAnsweredYet):
        agreed(meeting, officer, maputo, FIRST)
    meeting.refresh_from_db()
    assert (meeting.state, meeting.begins_at) == (S.ANSWERED, None)
    assert agreed(meeting, officer, maputo, SECOND).state == S.AGREED


def test_an_associations_answer_agrees_for_nobody(  # noqa: PLR0917 - who takes part
    meeting, contact, officer, counterpart, coordinator, maputo, curitiba
):
    let_in(thread=meeting.message.thread, by=officer, at=A_MOMENT)
    answered(meeting, coordinator, contact.broker)
    with pytest.raises(NotAnsweredYet):
        agreed(meeting, officer, maputo)
    answered(meeting, counterpart, curitiba)
    assert agreed(meeting, officer, maputo).state == S.AGREED


def test_who_proposes_and_who_takes_no_part_do_not_answer(meeting, officer, stranger, maputo):
    with pytest.raises(NotYourStep):
        answered(meeting, officer, maputo)
    with pytest.raises(NotAllowed):
        answered(meeting, stranger, maputo)
    with pytest.raises(NotYourStep):
        answered(meeting, stranger, stranger.mandates.get().entity)
    assert not meeting.answers.exists()


def test_if_none_suits_it_says_so_and_an_answer_is_said_anew(meeting, counterpart, curitiba):
    assert answered(meeting, counterpart, curitiba, Fit.NOT, Fit.NOT).state == S.REFUSED
    assert told() == ["refuse"]
    assert answered(meeting, counterpart, curitiba, Fit.NOT, Fit.SUITS).state == S.ANSWERED
    assert meeting.answers.count() == 2


def test_each_date_to_come_is_answered_and_no_other(meeting, counterpart, curitiba):
    from entrecidades.cooperation.services import answer_dates  # noqa: PLC0415

    facts = {"meeting_id": meeting.pk, "entity": curitiba, "by": counterpart, "at": A_MOMENT}
    with pytest.raises(ValidationError, match="each date"):
        answer_dates(fits={FIRST: Fit.SUITS}, **facts)
    with pytest.raises(NotProposed):
        answer_dates(fits={A_MOMENT: Fit.SUITS, FIRST: Fit.SUITS, SECOND: Fit.SUITS}, **facts)
    facts["at"] = FIRST
    assert answer_dates(fits={SECOND: Fit.SUITS}, **facts).answers.count() == 1
    facts["at"] = SECOND
    with pytest.raises(DateIsOver):
        answer_dates(fits={}, **facts)


def test_a_date_that_is_over_is_neither_proposed_nor_agreed(  # noqa: PLR0917 - who takes part
    meeting, contact, officer, counterpart, maputo, curitiba
):
    with pytest.raises(DateIsOver):
        proposed(contact, officer, times=[A_MOMENT])
    answered(meeting, counterpart, curitiba)
    with pytest.raises(DateIsOver):
        agreed(meeting, officer, maputo, FIRST, at=FIRST)
    with pytest.raises(NotProposed):
        agreed(meeting, officer, maputo, FIRST + dt.timedelta(minutes=1))


def test_moved_it_has_new_dates_without_answers_and_says_why(
    meeting, officer, counterpart, maputo, curitiba
):
    answered(meeting, counterpart, curitiba)
    agreed(meeting, officer, maputo)
    facts = {"meeting_id": meeting.pk, "by": counterpart, "at": A_MOMENT, "entity": curitiba}
    later = FIRST + dt.timedelta(days=30)
    said = words()
    moved = move_meeting(**facts, **said, times=[later])
    move_meeting(**facts, **said, times=[later])  # the form, sent twice
    moved.refresh_from_db()
    assert (moved.state, moved.sequence, moved.answers.count()) == (S.PROPOSED, 2, 0)
    assert (moved.message.words, moved.message.proposed) == ("Outro dia", [later])
    assert Message.objects.count() == 2
    assert told() == ["answer", "agree", "move"]
    # Its own letter tells of it: the message has none.
    assert Job.objects.filter(name="cooperation.tell_of_message").count() == 1
    with pytest.raises(NotYourStep):
        answered(moved, counterpart, curitiba, Fit.SUITS)
    answered(moved, officer, maputo, Fit.SUITS)
    assert agreed(moved, counterpart, curitiba, later).sequence == 3
    with pytest.raises(ValidationError, match="at least one date"):
        move_meeting(**facts, **words(), times=[])


def test_called_off_it_is_over(meeting, counterpart, curitiba, officer, maputo):
    facts = {"meeting_id": meeting.pk, "by": counterpart, "at": A_MOMENT, "entity": curitiba}
    said = words("Férias")
    call_off(**facts, **said)
    call_off(**facts, **said)
    meeting.refresh_from_db()
    assert (meeting.state, Message.objects.count()) == (S.CALLED_OFF, 2)
    assert told() == ["call_off"]
    with pytest.raises(IllegalStep):
        call_off(**facts, **words())
    with pytest.raises(IllegalStep):
        move_meeting(**facts, **words(), times=[FIRST])
    assert Message.objects.count() == 2


def test_with_the_contact_its_meetings_are_called_off(
    meeting, contact, counterpart, officer, maputo
):
    take_step(introduction_id=contact.pk, step="decline", by=counterpart, at=A_MOMENT)
    meeting.refresh_from_db()
    assert meeting.state == S.CALLED_OFF
    with pytest.raises(NobodyTalks):
        agreed(meeting, officer, maputo)


def test_a_message_that_proposes_dates_is_taken_back_with_them_until_more_is_done(
    meeting, contact, officer, counterpart, curitiba
):
    other = proposed(contact, officer)
    take_back(message=other.message, by=officer, at=A_MOMENT)
    assert list(Meeting.objects.all()) == [meeting]
    answered(meeting, counterpart, curitiba)
    with pytest.raises(ReadAlready):
        take_back(message=meeting.message, by=officer, at=A_MOMENT)


def test_time_lets_what_is_not_agreed_lapse_and_ends_what_was(
    meeting, officer, counterpart, maputo, curitiba
):
    assert not let_pass(meeting_id=meeting.pk, at=SECOND - dt.timedelta(minutes=1))
    assert let_pass(meeting_id=meeting.pk, at=SECOND)
    assert not let_pass(meeting_id=meeting.pk, at=SECOND)
    meeting.refresh_from_db()
    assert (meeting.state, told()) == (S.LAPSED, ["pass"])
    other = proposed(meeting.message.thread.introduction, officer)
    answered(other, counterpart, curitiba)
    agreed(other, officer, maputo)
    assert not let_pass(meeting_id=other.pk, at=FIRST)
    assert let_pass(meeting_id=other.pk, at=FIRST + dt.timedelta(hours=1))
    assert Meeting.objects.get(pk=other.pk).state == S.PAST
    assert told().count("pass") == 1


def test_one_is_reminded_the_day_before_and_once(meeting, officer, counterpart, maputo, curitiba):
    answered(meeting, counterpart, curitiba)
    agreed(meeting, officer, maputo)
    assert not remind_of_meeting(meeting_id=meeting.pk, at=FIRST - dt.timedelta(days=1, minutes=1))
    assert remind_of_meeting(meeting_id=meeting.pk, at=FIRST - dt.timedelta(hours=23))
    assert not remind_of_meeting(meeting_id=meeting.pk, at=FIRST - dt.timedelta(hours=22))
    assert told()[-1] == "remind"


def test_what_is_agreed_within_a_day_needs_no_reminder(
    contact, officer, counterpart, maputo, curitiba
):
    soon = A_MOMENT + dt.timedelta(hours=20)
    meeting = proposed(contact, officer, times=[soon])
    answered(meeting, counterpart, curitiba, Fit.SUITS)
    agreed(meeting, officer, maputo, soon)
    assert not remind_of_meeting(meeting_id=meeting.pk, at=A_MOMENT + dt.timedelta(hours=1))


def test_the_hourly_job_turns_all_of_them(contact, officer, monkeypatch):
    for _number in range(3):
        proposed(contact, officer)
    monkeypatch.setattr("entrecidades.cooperation.jobs.BATCH", 2)
    monkeypatch.setattr(clock, "now", lambda: SECOND)
    turn_meetings("2009-11-27")
    assert Job.objects.filter(name="cooperation.turn_meetings").count() == 1
    turn_meetings("2009-11-27")
    assert {*Meeting.objects.values_list("state", flat=True)} == {S.LAPSED}


def lines(meeting):
    """The calendar file, its long lines made whole."""
    return meeting_file(meeting).decode().replace("\r\n ", "").split("\r\n")


def test_the_file_names_bodies_and_follows_the_meeting(
    meeting, officer, counterpart, maputo, curitiba
):
    assert meeting_file(meeting) is None
    answered(meeting, counterpart, curitiba)
    done = agreed(meeting, officer, maputo)
    file = lines(done)
    for line in (
        "METHOD:PUBLISH",
        f"UID:meeting-{meeting.public_id}@{HOST}",
        "DTSTART:20091124T120000Z",
        "DTEND:20091124T130000Z",
        "SUMMARY:Meeting: Maputo – Curitiba",
        "SEQUENCE:1",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
    ):
        assert line in file, line
    whole = "\n".join(file)
    assert 'ORGANIZER;CN="Maputo":http' in whole
    assert "ATTENDEE" not in whole  # RFC 5546, 3.2.1
    assert officer.email not in whole
    assert counterpart.email not in whole
    off = call_off(meeting_id=done.pk, entity=maputo, by=officer, at=A_MOMENT, **words())
    file = lines(off)
    assert {"METHOD:CANCEL", "SEQUENCE:2", "STATUS:CANCELLED"} <= {*file}
    assert f"UID:meeting-{meeting.public_id}@{HOST}" in file


def test_the_contact_of_another_is_not_told_by_number(meeting, stranger):
    facts = {"meeting_id": meeting.pk, "by": stranger, "at": A_MOMENT}
    own = stranger.mandates.get().entity
    with pytest.raises(NotYourStep):
        call_off(entity=own, **facts, **words())
    with pytest.raises(NotYourStep):
        move_meeting(entity=own, times=[FIRST], **facts, **words())
    assert Introduction.objects.count() == 1
