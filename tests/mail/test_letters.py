"""A letter goes to whose turn it is, in her language, with a link that leads there."""

import datetime as dt

import pytest
from django.core import mail

from entrecidades.config.jobs import KEEPERS
from entrecidades.mail.jobs import tell_of_expiry, tell_of_introduction, tell_of_silence
from entrecidades.queue.models import Job
from entrecidades.queue.services import enqueue, keep_one
from tests.conftest import entrusted
from tests.factories.accounts import PersonFactory
from tests.factories.cooperation import IntroductionFactory
from tests.factories.network import MandateFactory
from tests.factories.practices import PostingFactory

LATER = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)

pytestmark = pytest.mark.usefixtures("on_the_day")


@pytest.fixture
def contact(maputo, curitiba, officer, counterpart):
    return IntroductionFactory(asker=maputo, asked=curitiba)


def delivered():
    """Keep every promise; to whom the letters went."""
    while keep_one(KEEPERS, now=LATER):
        pass
    assert not Job.objects.exclude(state=Job.State.DONE).exists()
    return [letter.to for letter in mail.outbox]


def read_by(contact, **facts):
    type(contact).objects.filter(pk=contact.pk).update(**facts)
    tell_of_introduction(introduction_id=contact.pk)
    return delivered()


def test_a_forwarded_request_is_read_by_the_city_that_was_asked(contact, counterpart):
    assert read_by(contact) == [[counterpart.email]]


def test_a_request_that_waits_is_read_by_the_association(contact, anci, coordinator):
    assert read_by(contact, state="requested", broker=anci) == [[coordinator.email]]


@pytest.mark.parametrize("state", ["accepted", "declined", "talking", "agreed", "lapsed"])
def test_an_answer_is_read_by_the_city_that_asked(contact, officer, state):
    assert read_by(contact, state=state) == [[officer.email]]


def test_it_tells_who_asks_what_and_where_to_answer(contact, settings):
    read_by(contact)
    letter = mail.outbox[0]
    assert "Maputo" in letter.subject
    assert "Curitiba" in letter.subject
    assert "\n" not in letter.subject
    assert contact.message in letter.body
    assert f"{settings.PUBLIC_URL}/pt-br/" in letter.body
    assert str(contact.public_id) in letter.body
    assert "<<missing" not in letter.body


def test_signs_arrive_as_they_were_written(contact):
    read_by(contact, message="L'Aquila & <Maputo>")
    assert "L'Aquila & <Maputo>" in mail.outbox[0].body


def test_somebody_with_two_mandates_gets_one_letter(contact, curitiba, counterpart):
    MandateFactory(entity=curitiba, person=counterpart)
    assert read_by(contact) == [[counterpart.email]]


def test_a_closed_account_gets_none(contact, counterpart):
    counterpart.is_active = False
    counterpart.save()
    assert read_by(contact) == []


def test_every_officer_of_the_city_gets_one(contact, curitiba, counterpart):
    second = entrusted(curitiba, email="second@curitiba.example")
    assert read_by(contact) == [[counterpart.email], [second.email]]


@pytest.mark.parametrize("role", ["evaluator", "event_staff", "technician", "approver"])
def test_who_could_not_answer_is_not_written_to(contact, curitiba, counterpart, role):
    MandateFactory(entity=curitiba, person=PersonFactory(), role=role)
    assert read_by(contact) == [[counterpart.email]]


def test_the_promise_is_kept_by_the_keeper_it_names(contact, counterpart):
    enqueue("cooperation.tell_of_introduction", introduction_id=contact.pk, state="forwarded")
    assert delivered() == [[counterpart.email]]


def test_each_step_is_told_as_it_was_though_another_came_since(contact, counterpart):
    type(contact).objects.update(state="declined")
    tell_of_introduction(introduction_id=contact.pk, state="forwarded")
    assert delivered() == [[counterpart.email]]
    assert "declined" not in mail.outbox[0].subject


def test_each_reader_has_a_promise_of_her_own_that_names_nobody(contact, curitiba, counterpart):
    second = entrusted(curitiba, email="second@curitiba.example")
    tell_of_introduction(introduction_id=contact.pk, state="forwarded")
    jobs = Job.objects.filter(name="mail.write")
    assert [job.facts["reader_id"] for job in jobs] == [counterpart.pk, second.pk]
    assert "@" not in str([job.facts for job in jobs])


def test_a_letter_has_one_id_however_often_it_is_sent(contact, counterpart):
    tell_of_introduction(introduction_id=contact.pk)
    delivered()
    Job.objects.filter(name="mail.write").update(state=Job.State.WAITING, due_at=LATER)
    delivered()
    ids = {letter.message()["Message-ID"] for letter in mail.outbox}
    assert (len(mail.outbox), len(ids)) == (2, 1)
    assert str(Job.objects.get(name="mail.write").key) in ids.pop()


def test_who_has_left_meanwhile_gets_none(contact, counterpart):
    tell_of_introduction(introduction_id=contact.pk)
    counterpart.delete()
    assert delivered() == []


def test_who_lets_a_contact_fall_silent_is_reminded_until_when(contact, counterpart):
    tell_of_silence(introduction_id=contact.pk, lapses_on="2010-02-17")
    assert delivered() == [[counterpart.email]]
    letter = mail.outbox[0]
    assert "17 de Fevereiro de 2010" in letter.body or "17 de fevereiro de 2010" in letter.body
    assert str(contact.public_id) in letter.body


def test_of_a_conversation_both_sides_are_reminded(contact, officer, counterpart):
    type(contact).objects.update(state="talking")
    tell_of_silence(introduction_id=contact.pk, lapses_on="2010-02-17")
    assert sorted(delivered()) == sorted([[officer.email], [counterpart.email]])


def test_a_body_hears_that_its_posting_runs_out(maputo, officer, settings):
    posting = PostingFactory(entity=maputo, title={"en": "Feiras & mercados"})
    tell_of_expiry(posting_id=posting.pk, last_day="2009-12-03")
    assert delivered() == [[officer.email]]
    letter = mail.outbox[0]
    assert "Feiras & mercados" in letter.subject
    assert f"{settings.PUBLIC_URL}/pt/" in letter.body
    assert str(posting.public_id) in letter.body


def test_of_a_posting_that_is_gone_nobody_hears(maputo, officer):
    posting = PostingFactory(entity=maputo)
    tell_of_expiry(posting_id=posting.pk, last_day="2009-12-03")
    posting.delete()
    tell_of_expiry(posting_id=posting.pk or 0, last_day="2009-12-03")
    assert delivered() == []
