"""The dates of a meeting on the page of a contact, in its letters, and as a file."""

import uuid

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entrecidades.cooperation.choices import Fit
from entrecidades.cooperation.models import Meeting
from entrecidades.cooperation.selectors.meetings import meetings_awaiting
from entrecidades.mail.letters import write
from entrecidades.mail.meetings import tell_of_meeting
from entrecidades.network.models import Place
from entrecidades.queue.models import Job
from tests.conftest import A_MOMENT, entrusted
from tests.cooperation.meetings import FIRST, agreed, answered, proposed
from tests.factories.cooperation import IntroductionFactory, MeetingFactory, MessageFactory
from tests.web.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


@pytest.fixture
def contact(maputo, curitiba):
    for end, zone in ((maputo, "Africa/Maputo"), (curitiba, "America/Sao_Paulo")):
        Place.objects.filter(pk=end.seat_id).update(timezone=zone)
    return IntroductionFactory(asker=maputo, asked=curitiba, state="talking")


@pytest.fixture
def meeting(contact, officer):
    return proposed(contact, officer)


def address(meeting):
    contact = meeting.message.thread.introduction
    return f"{contact.get_absolute_url()}dates/{meeting.public_id}/"


def fits(meeting, entity, *said):
    """The form with an answer to each date."""
    prefix = f"answer-{meeting.public_id}-"
    moments = meeting.message.proposed
    given = {f"{prefix}{one.isoformat()}": fit for one, fit in zip(moments, said, strict=False)}
    return {"step": "answer", f"{prefix}entity": str(entity.public_id), **given}


def typed(step, meeting, entity, **facts):
    """The form that moves a meeting, or calls it off."""
    given = {"entity": str(entity.public_id), "words": "Férias", "language": "pt"}
    given |= {"token": str(uuid.uuid4()), **facts}
    return {"step": step} | {f"{step}-{meeting.public_id}-{k}": v for k, v in given.items()}


def test_the_desk_tells_whose_word_a_meeting_waits_for(
    client, meeting, officer, counterpart, curitiba
):
    maputo = meeting.message.entity
    where = f"{meeting.message.thread.introduction.get_absolute_url()}#dates-{meeting.public_id}"

    def on_the_desk(somebody):
        client.force_login(somebody)
        page = client.get("/en/desk/")
        return text_of(page) if where in page.content.decode() else ""

    assert "Maputo waits for your answer, until Nov. 27, 2009" in on_the_desk(counterpart)
    assert not on_the_desk(officer)
    assert not on_the_desk(entrusted(curitiba, role="technician"))
    answered(meeting, counterpart, curitiba)
    assert not on_the_desk(counterpart)
    assert "choose one of the dates" in on_the_desk(officer)
    answered(meeting, counterpart, curitiba, Fit.NOT, Fit.NOT)
    assert "propose others" in on_the_desk(officer)
    answered(meeting, counterpart, curitiba)
    agreed(meeting, officer, maputo)
    assert not on_the_desk(officer)


@pytest.mark.parametrize(
    ("facts", "waits"),
    [
        ({}, 1),
        ({"due_at": A_MOMENT}, 0),
        ({"state": "called_off"}, 0),
        ({"state": "lapsed"}, 0),
    ],
)
def test_dates_that_are_over_wait_for_nobody(meeting, counterpart, facts, waits):
    Meeting.objects.update(**facts)
    assert meetings_awaiting(counterpart, at=A_MOMENT).count() == waits


def test_dates_of_a_contact_that_is_over_wait_for_nobody(meeting, contact, counterpart):
    type(contact).objects.update(state="lapsed")
    assert not meetings_awaiting(counterpart, at=A_MOMENT).exists()


def test_ten_meetings_cost_the_desk_as_many_questions_as_one(
    client, meeting, contact, officer, counterpart
):
    client.force_login(counterpart)
    client.get("/en/desk/")
    counts = []
    for _number in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get("/en/desk/")
        counts.append(len(asked))
        for _one in range(9):
            message = MessageFactory(thread=meeting.message.thread, entity=contact.asker)
            MeetingFactory(message=message, state="proposed", begins_at=None)
    assert counts[0] == counts[1] <= 24


def test_one_side_answers_and_the_other_agrees(client, meeting, officer, counterpart, curitiba):
    client.force_login(counterpart)
    page = text_of(client.get(meeting.message.thread.introduction.get_absolute_url()))
    assert "Maputo: Tuesday, Nov. 24, 2009, 2 p.m." in page
    assert "Curitiba: Tuesday, Nov. 24, 2009, 10 a.m." in page  # summer time, until 2019
    answer = client.post(address(meeting), fits(meeting, curitiba, "suits", "not"))
    assert answer.status_code == 302
    client.force_login(officer)
    contact = meeting.message.thread.introduction
    page = text_of(client.get(contact.get_absolute_url()))
    assert "Curitiba: does not suit" in page
    assert page.count("Agree on this date") == 1
    answer = client.post(address(meeting), {"step": "agree", "moment": FIRST.isoformat()})
    assert answer.status_code == 302
    assert "A date is agreed" in text_of(client.get(contact.get_absolute_url()))
    file = client.get(f"{address(meeting)}calendar/")
    assert file["Content-Type"].startswith("text/calendar")
    assert b"DTSTART:20091124T120000Z" in file.content


def test_what_is_refused_is_told_and_what_was_typed_stays(client, meeting, officer, counterpart):
    maputo, curitiba = (meeting.message.entity, counterpart.mandates.get().entity)
    client.force_login(counterpart)
    answer = client.post(address(meeting), fits(meeting, curitiba, "suits"))
    assert answer.status_code == 422
    assert b'value="suits" required' in answer.content
    for moment in ("yesterday", "2009-11-24", FIRST.isoformat()):
        answer = client.post(address(meeting), {"step": "agree", "moment": moment})
        assert answer.status_code == 422
    assert "Impossible while it is" in text_of(answer)
    assert client.post(address(meeting), {"step": "dance"}).status_code == 422
    client.force_login(officer)
    answer = client.post(address(meeting), fits(meeting, maputo, "suits", "suits"))
    assert "You have proposed these dates" in text_of(answer)
    answered(meeting, counterpart, curitiba)
    answer = client.post(
        address(meeting), typed("move", meeting, maputo, when_1="2009-11-01T10:00")
    )
    assert answer.status_code == 422
    assert b"F\xc3\xa9rias</textarea>" in answer.content
    assert "lies in the past" in text_of(answer)
    meeting.refresh_from_db()
    assert meeting.state == "answered"


def test_it_is_moved_and_called_off(client, meeting, counterpart, curitiba):
    answered(meeting, counterpart, curitiba)
    client.force_login(counterpart)
    facts = typed("move", meeting, curitiba, when_1="2009-12-20T10:00")
    assert client.post(address(meeting), facts).status_code == 302
    meeting = Meeting.objects.get()
    assert meeting.message.times == ["2009-12-20T12:00:00+00:00"]
    page = text_of(client.get(meeting.message.thread.introduction.get_absolute_url()))
    assert "no longer: others were proposed" in page
    assert client.post(address(meeting), typed("call_off", meeting, curitiba)).status_code == 302
    assert Meeting.objects.get().state == "called_off"
    assert client.get(f"{address(meeting)}calendar/").status_code == 404


@pytest.mark.parametrize("given", ["2009-10-18T00:30", "nonsense"])
def test_an_hour_that_ones_clock_skips_is_no_date(client, contact, counterpart, curitiba, given):
    """In Curitiba summer time began on that day, at midnight."""
    client.force_login(counterpart)
    facts = {"entity": str(curitiba.public_id), "words": "Bom dia", "language": "pt"}
    facts |= {"token": str(uuid.uuid4()), "when_1": given}
    answer = client.post(f"{contact.get_absolute_url()}say/", facts)
    assert answer.status_code == 422
    assert "The clock is put forward over this time" in text_of(answer) or given == "nonsense"
    assert not Meeting.objects.exists()


def test_to_others_there_is_no_meeting(client, meeting, stranger, contact):
    client.force_login(stranger)
    assert client.post(address(meeting), {"step": "agree"}).status_code == 404
    assert client.get(f"{address(meeting)}calendar/").status_code == 404
    client.force_login(contact.asker.mandates.get().person)
    other = f"{contact.get_absolute_url()}dates/{uuid.uuid4()}/"
    assert client.post(other, {"step": "agree"}).status_code == 404


def test_a_conversation_with_many_dates_costs_as_many_queries_as_with_few(
    client, contact, officer, counterpart, curitiba
):
    client.force_login(officer)
    counts = []
    for number in (1, 5):
        for _one in range(number):
            answered(proposed(contact, officer), counterpart, curitiba)
        client.get(contact.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            client.get(contact.get_absolute_url())
        counts.append(len(queries))
    # Whether a message of one's own may still be taken back is asked for each: one query.
    assert counts[1] - counts[0] <= 5


def letters(meeting, event, state):
    """What is written when something was done about a meeting."""
    tell_of_meeting(meeting.pk, event, state)
    for job in Job.objects.filter(name="mail.write", facts__kind="meeting"):
        write(f"key-{job.pk}", **job.facts)
        job.delete()
    found, mail.outbox = mail.outbox, []
    return found


def test_both_sides_have_the_date_and_the_file_in_their_language(
    meeting, officer, counterpart, maputo, curitiba
):
    answered(meeting, counterpart, curitiba, Fit.SUITS, Fit.NOT)
    told = letters(meeting, "answer", "answered")
    assert [letter.to for letter in told] == [[officer.email]]
    agreed(meeting, officer, maputo)
    assert letters(meeting, "answer", "answered") == []  # it is no longer so
    told = letters(meeting, "agree", "agreed")
    assert {letter.to[0] for letter in told} == {officer.email, counterpart.email}
    for letter in told:
        ((name, content, kind),) = letter.attachments
        assert (name, kind) == (f"meeting-{meeting.public_id}.ics", "text/calendar")
        assert "METHOD:PUBLISH" in content
        assert "24 de Novembro" in letter.body or "24 de novembro" in letter.body.lower()
    told = letters(meeting, "remind", "agreed")
    assert [letter.attachments for letter in told] == [[], []]
