"""Conversations: who reads and writes, what begins them, what is told, and what is taken back."""

import datetime as dt
import uuid
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.db.models import QuerySet
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.audit.models import Trace
from entrecidades.cooperation.choices import IntroductionState
from entrecidades.cooperation.models import Introduction, Message
from entrecidades.cooperation.rules import (
    OPEN_TO_TALK,
    NobodyTalks,
    NotYourStep,
    ReadAlready,
    as_kept,
)
from entrecidades.cooperation.selectors import enclosed_for, messages_seen_by, speakers_for
from entrecidades.cooperation.services import begin_thread, let_in, note_read, say, take_back, talk
from entrecidades.documents.models import Document
from entrecidades.documents.services import examine
from entrecidades.mail.jobs import tell_of_message
from entrecidades.network.choices import Visibility
from entrecidades.network.models import Mandate
from entrecidades.network.rules import NotAllowed
from entrecidades.network.selectors import reader_of
from entrecidades.queue.models import Job
from tests.conftest import A_DAY, A_MOMENT
from tests.documents.conftest import upload, without_a_child  # noqa: F401 - a fixture
from tests.factories.accounts import PersonFactory
from tests.factories.cooperation import IntroductionFactory
from tests.race import at_once, slowly

pytestmark = pytest.mark.django_db
LATER = A_MOMENT + dt.timedelta(hours=1)


@pytest.fixture
def contact(maputo, curitiba, anci):
    """A contact that Curitiba has accepted, through an association."""
    facts = {"asker": maputo, "asked": curitiba, "broker": anci}
    return IntroductionFactory(state=IntroductionState.ACCEPTED, **facts)


@pytest.fixture
def thread(contact):
    return begin_thread(sides=[contact.asker, contact.asked], introduction=contact)


@pytest.fixture
def written(thread, maputo, officer):
    """A function that writes for Maputo."""

    def go(words="Bom dia", **facts):
        facts = {"entity": maputo, "language": "pt", "by": officer, "token": uuid.uuid4()} | facts
        return say(thread=thread, words=words, **{"at": A_MOMENT, **facts})

    return go


def read(person):
    """What somebody reads."""
    return [message.words for message in messages_seen_by(reader_of(person, on=A_DAY))]


def test_the_first_answer_begins_the_talk_and_keeps_the_contact_alive(written, contact):
    written()
    contact.refresh_from_db()
    assert (contact.state, contact.moved_at) == (IntroductionState.TALKING, A_MOMENT)
    acts = list(Trace.objects.order_by("pk").values_list("act", flat=True))
    assert acts == ["cooperation:introduction:step", "cooperation:message:say"]
    written(at=LATER)
    contact.refresh_from_db()
    assert contact.moved_at == LATER
    names = Job.objects.values_list("name", flat=True)
    assert "cooperation.tell_of_introduction" not in names
    assert list(names).count("cooperation.tell_of_message") == 2


def test_both_sides_read_it_and_nobody_else(written, officer, counterpart, stranger, coordinator):
    written()
    Introduction.objects.update(visibility=Visibility.PUBLIC)
    operator = PersonFactory(is_staff=True, is_superuser=True)
    assert [read(person) for person in (officer, counterpart)] == [["Bom dia"]] * 2
    assert [read(person) for person in (stranger, coordinator, operator)] == [[], [], []]


def test_the_association_reads_it_once_one_of_the_two_lets_it_in(
    written, thread, counterpart, coordinator, stranger
):
    written()
    with pytest.raises(NotAllowed):
        let_in(thread=thread, by=stranger, at=A_MOMENT)
    with pytest.raises(NotAllowed):
        let_in(thread=thread, by=coordinator, at=A_MOMENT)
    let_in(thread=thread, by=counterpart, at=A_MOMENT)
    let_in(thread=thread, by=counterpart, at=A_MOMENT)
    assert read(coordinator) == ["Bom dia"]
    assert Trace.objects.filter(act="cooperation:thread:let-in").count() == 1


def test_the_associations_word_begins_no_talk(written, thread, contact, counterpart, coordinator):
    let_in(thread=thread, by=counterpart, at=A_MOMENT)
    written(entity=contact.broker, by=coordinator)
    contact.refresh_from_db()
    assert contact.state == IntroductionState.ACCEPTED


@pytest.mark.parametrize("state", IntroductionState)
def test_one_writes_only_while_the_contact_is_open_to_talk(written, contact, state):
    Introduction.objects.filter(pk=contact.pk).update(state=state)
    if state in OPEN_TO_TALK:
        assert written().pk
    else:
        with pytest.raises(NobodyTalks):
            written()
        assert Message.objects.count() == 0


def test_who_may_not_answer_does_not_write(written, officer, stranger, maputo, curitiba):
    with pytest.raises(NotAllowed):
        written(by=stranger)
    with pytest.raises(NotAllowed):
        written(entity=curitiba)
    Mandate.objects.filter(person=officer).update(role="technician")
    with pytest.raises(NotAllowed):
        written()
    assert Message.objects.count() == 0


def test_a_body_that_takes_no_part_does_not_write(written, stranger):
    with pytest.raises(NotYourStep):
        written(entity=stranger.mandates.get().entity, by=stranger)


SIX = [A_MOMENT + dt.timedelta(days) for days in range(6)]


@pytest.mark.parametrize("facts", [{"words": " "}, {"words": "x" * 6001}, {"times": SIX}])
def test_what_is_empty_or_too_much_is_refused_and_leaves_nothing(written, contact, facts):
    with pytest.raises(ValidationError):
        written(**facts)
    contact.refresh_from_db()
    assert (contact.state, Message.objects.count()) == (IntroductionState.ACCEPTED, 0)


ZONES = ("America/Sao_Paulo", "Europe/Paris", "Europe/Rome", "Africa/Maputo", "Europe/Lisbon")
CLOCKS = st.sampled_from([ZoneInfo(name) for name in ZONES])
YEARS = (dt.datetime(2000, 1, 1), dt.datetime(2100, 1, 1))  # noqa: DTZ001 - the zone is drawn


@given(st.lists(st.datetimes(*YEARS, timezones=CLOCKS), max_size=5))
def test_proposed_moments_are_the_same_moments_wherever_they_are_read(moments):
    message = Message(times=as_kept(moments))
    assert message.proposed == sorted({one.astimezone(dt.UTC) for one in moments})


def test_a_document_goes_with_a_message_and_is_seen_as_it_is(
    written, officer, counterpart, stranger, without_a_child  # noqa: F811
):  # fmt: skip
    message = written(enclosed=[examine(upload("pdf"))])
    document = message.enclosures.get().document
    assert document.visibility == Visibility.PRIVATE
    seen = [
        set(Document.objects.filter(pk__in=enclosed_for(reader_of(person, on=A_DAY))))
        for person in (officer, counterpart, stranger)
    ]
    assert seen == [{document}, {document}, set()]


def test_unread_it_is_taken_back_and_read_it_stays(
    written, thread, officer, counterpart, curitiba
):
    first, second = written("a"), written("b", at=LATER)
    with pytest.raises((NotYourStep, NotAllowed)):
        take_back(message=second, by=counterpart, at=LATER)
    take_back(message=second, by=officer, at=LATER)
    assert read(counterpart) == ["a"]
    assert note_read(thread=thread, entities=[curitiba], at=LATER) == 1
    assert note_read(thread=thread, entities=[curitiba], at=LATER) == 0
    with pytest.raises(ReadAlready):
        take_back(message=first, by=officer, at=LATER)


def test_reading_ones_own_words_is_no_reading(written, thread, maputo):
    written()
    assert note_read(thread=thread, entities=[maputo], at=LATER) == 0


def test_the_other_side_is_written_to_once_until_it_reads(written, thread, curitiba, counterpart):
    def letters():
        return Job.objects.filter(name="mail.write", facts__kind="message").count()

    for moment in (A_MOMENT, LATER):
        tell_of_message(written(at=moment).pk)
    assert letters() == 1
    note_read(thread=thread, entities=[curitiba], at=LATER)
    third = written(at=LATER + dt.timedelta(hours=1))
    tell_of_message(third.pk)
    assert letters() == 2
    told = Job.objects.filter(name="mail.write").values_list("facts__reader_id", flat=True)
    assert set(told) == {counterpart.pk}
    tell_of_message(999_999)


def test_a_form_sent_twice_is_one_message(written):
    token = uuid.uuid4()
    assert written(token=token) == written("again", token=token)
    assert Message.objects.get().words == "Bom dia"


def test_a_conversation_is_begun_once_and_can_hang_on_nothing(contact, thread, maputo, curitiba):
    again = begin_thread(sides=[maputo, curitiba], introduction=contact)
    assert again == thread
    assert thread.sides.count() == 2
    assert begin_thread(sides=[maputo, curitiba]).introduction is None


def test_one_speaks_for_the_sides_one_may_answer_for(thread, officer, stranger, maputo):
    assert list(speakers_for(thread, officer, on=A_DAY)) == [maputo]
    assert not speakers_for(thread, stranger, on=A_DAY).exists()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_of_many_who_send_one_form_at_once_one_message_is_made(written, contact):
    token = uuid.uuid4()
    done = at_once(lambda _number: written(token=token), times=8)
    assert len({message.pk for message in done}) == 1
    assert Trace.objects.filter(act="cooperation:message:say").count() == 1


@pytest.mark.slow
@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_second_is_told_an_error(written, contact, monkeypatch):
    Introduction.objects.update(state=IntroductionState.TALKING)
    monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **_options: rows)
    monkeypatch.setattr(talk, "note_movement", lambda *_rows, **_facts: None)
    token = uuid.uuid4()
    with slowly(lambda: written(token=token)) as finish:
        (second,) = at_once(lambda _n: written(token=token) if finish_soon(finish) else 0, times=1)
    assert isinstance(second, IntegrityError)


def finish_soon(finish):
    """Let the other commit a moment later, while somebody waits for it."""
    import threading  # noqa: PLC0415

    threading.Timer(0.3, finish).start()
    return True
