"""An answer by mail is said in its conversation, by whom it was asked of, and by nobody else."""

import datetime as dt
import io
import os
import uuid
from email.message import EmailMessage

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.cli.__main__ import main
from entrecidades.config.jobs import KEEPERS
from entrecidades.cooperation.choices import IntroductionState
from entrecidades.cooperation.models import Message
from entrecidades.cooperation.rules import ReadAlready
from entrecidades.cooperation.services import begin_thread, say, take_back
from entrecidades.mail.answers.addresses import Ticket, address_of, ticket_at
from entrecidades.mail.answers.taking import (
    IN_AN_HOUR,
    OPEN,
    AnotherWrote,
    NobodyThere,
    Outcome,
    take,
)
from entrecidades.network.models import Mandate
from entrecidades.queue.services import keep_one
from tests.conftest import A_MOMENT
from tests.factories.cooperation import IntroductionFactory
from tests.mail.answering import answer
from tests.race import at_once

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
MAILBOX = "answers@entrecidades.example"
SOON = A_MOMENT + dt.timedelta(hours=1)
FAR = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def answered(settings):
    settings.ANSWERS_AT = MAILBOX


@pytest.fixture
def thread(maputo, curitiba):
    facts = {"asker": maputo, "asked": curitiba, "state": IntroductionState.ACCEPTED}
    return begin_thread(sides=[maputo, curitiba], introduction=IntroductionFactory(**facts))


@pytest.fixture
def asked(thread, maputo, officer):
    """What Maputo wrote to Curitiba."""
    return write(thread, maputo, officer)


def write(thread, entity, person, words="Como separam o lixo?", at=A_MOMENT):
    facts = {"language": "pt", "token": uuid.uuid4(), "at": at}
    return say(thread=thread, entity=entity, words=words, by=person, **facts)


def letters():
    """Keep every promise; the letters that went out."""
    while keep_one(KEEPERS, now=FAR):
        pass
    return mail.outbox


@given(
    ticket=st.builds(Ticket, *[st.integers(1, 2**62)] * 3),
    other=st.text("0123456789abcdefghijklmnopqrstuvwxyz-", max_size=60),
)
def test_an_address_tells_what_it_was_given_for_and_nobody_makes_one(ticket, other):
    address = address_of(ticket)
    assert len(address.split("@")[0]) <= 64
    assert ticket_at(address) == ticket_at(address.upper()) == ticket
    mailbox, host = MAILBOX.split("@")
    assert ticket_at(f"{mailbox}+{other}@{host}") in {None, ticket}
    assert ticket_at(address.replace(host, "elsewhere.example")) is None
    raised = Ticket(ticket.message + 1, ticket.entity, ticket.person)
    sign = address.split("@")[0].rsplit("-", 1)[1]
    forged = address_of(raised).split("@")[0].rsplit("-", 1)[0]
    assert ticket_at(f"{forged}-{sign}@{host}") is None


def test_the_letter_has_the_words_and_where_to_answer(asked, curitiba, counterpart):
    (letter,) = letters()
    assert letter.to == [counterpart.email]
    assert asked.words in letter.body
    assert ticket_at(letter.reply_to[0]) == Ticket(asked.pk, curitiba.pk, counterpart.pk)
    assert "<<missing" not in letter.body


def test_without_a_mailbox_for_answers_letters_have_neither(settings, asked, counterpart):
    settings.ANSWERS_AT = ""
    (letter,) = letters()
    assert asked.words not in letter.body
    assert letter.reply_to == []


def test_whose_mandate_ends_before_the_letter_is_written_reads_nothing(asked, counterpart):
    assert keep_one(KEEPERS, now=FAR)  # who is to be told: her letter is promised
    Mandate.objects.filter(person=counterpart).update(
        valid_to=A_MOMENT.date() - dt.timedelta(days=1)
    )
    (letter,) = letters()
    assert asked.words not in letter.body
    assert letter.reply_to == []


def test_each_message_has_its_letter(asked, thread, maputo, officer, counterpart):
    write(thread, maputo, officer, "E o vidro?")
    assert ["E o vidro?" in one.body for one in letters()] == [False, True]


def test_an_answer_is_said_in_the_conversation(asked, thread, curitiba, counterpart):
    (letter,) = letters()
    assert take(answer(letter), at=SOON) == Outcome.SAID
    said = thread.messages.last()
    assert (said.words, said.entity, said.written_by) == ("Em três ilhas.", curitiba, counterpart)
    assert said.is_by_mail
    assert said.written_at == SOON
    assert thread.sides.get(entity=curitiba).read_at == SOON
    thread.introduction.refresh_from_db()
    assert thread.introduction.state == IntroductionState.TALKING


def test_it_keeps_the_language_in_which_its_body_writes(asked, thread, curitiba, counterpart):
    facts = {"language": "fr", "token": uuid.uuid4(), "at": A_MOMENT}
    say(thread=thread, entity=curitiba, words="Bonjour", by=counterpart, **facts)
    take(answer(letters()[0]), at=SOON)
    assert thread.messages.last().language == "fr"


def test_handed_in_twice_it_is_said_once(asked, counterpart):
    raw = answer(letters()[0])
    assert take(raw, at=SOON) == take(raw, at=SOON) == Outcome.SAID
    assert Message.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_handed_in_by_two_servers_at_once_it_is_said_once(asked, counterpart):
    raw = answer(letters()[0])
    assert at_once(lambda _number: take(raw, at=SOON), times=4) == [Outcome.SAID] * 4
    assert Message.objects.count() == 2


@pytest.mark.usefixtures("counterpart")
def test_what_came_later_stays_unread(asked, thread, curitiba):
    (letter,) = letters()
    later = A_MOMENT + dt.timedelta(minutes=1)
    write(thread, asked.entity, asked.written_by, "E o vidro?", at=later)
    take(answer(letter), at=SOON)
    assert thread.sides.get(entity=curitiba).read_at is None


def test_what_went_by_mail_is_not_taken_back(asked, officer):
    with pytest.raises(ReadAlready, match="by mail"):
        take_back(message=asked, by=officer, at=SOON)
    assert Message.objects.filter(pk=asked.pk).exists()


def test_another_mailbox_is_refused(asked, counterpart):
    raw = answer(letters()[0], From="mallory@example.org")
    with pytest.raises(AnotherWrote):
        take(raw, at=SOON)
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    "to", ["", MAILBOX, "answers+1-1-1-aaaaaaaaaaaaaaaa@entrecidades.example", "x\0@y", "<<>>"]
)
def test_at_another_address_there_is_nobody(asked, counterpart, to):
    raw = answer(letters()[0]).replace(b"answers+", b"answers-")
    with pytest.raises(NobodyThere):
        take(raw, at=SOON, to=to)


def test_the_address_at_which_it_arrived_counts_before_its_heads(asked, counterpart):
    (letter,) = letters()
    raw = answer(letter, To="undisclosed-recipients:;")
    assert take(raw, at=SOON, to=letter.reply_to[0]) == Outcome.SAID


def test_who_left_is_nobody(asked, counterpart):
    (letter,) = letters()
    counterpart.is_active = False
    counterpart.save()
    with pytest.raises(NobodyThere):
        take(answer(letter), at=SOON)


def refused(raw, at=SOON):
    """A refused answer: what its writer is told."""
    before = Message.objects.count()
    mail.outbox.clear()
    assert take(raw, at=at) == Outcome.REFUSED
    assert Message.objects.count() == before
    (told,) = mail.outbox
    assert told.reply_to == []
    assert told.extra_headers["Auto-Submitted"] == "auto-generated"
    assert "<<missing" not in told.body
    return told


def test_a_closed_contact_takes_no_answer_and_gives_the_words_back(asked, thread, counterpart):
    (letter,) = letters()
    type(thread.introduction).objects.update(state=IntroductionState.DECLINED)
    assert "Em três ilhas." in refused(answer(letter)).body


def test_whose_mandate_ended_is_told(asked, counterpart):
    (letter,) = letters()
    Mandate.objects.filter(person=counterpart).update(
        valid_to=A_MOMENT.date() - dt.timedelta(days=1)
    )
    assert "Em três ilhas." in refused(answer(letter)).body


def test_nothing_said_is_refused(asked, counterpart):
    refused(answer(letters()[0], words=""))


def test_too_much_is_refused_and_not_lost(asked, counterpart):
    assert "ab " * 2500 in refused(answer(letters()[0], words="ab " * 2500 + "fim")).body


def test_an_old_address_answers_no_more(asked, counterpart):
    refused(answer(letters()[0]), at=A_MOMENT + OPEN + dt.timedelta(minutes=1))


def test_two_machines_that_answer_each_other_fall_silent(asked, thread, curitiba, counterpart):
    (letter,) = letters()
    for number in range(IN_AN_HOUR):
        raw = answer(letter, Message_ID=f"<{number}@maputo.example>", words=f"Ausente {number}")
        assert take(raw, at=SOON) == Outcome.SAID
    refused(answer(letter, Message_ID="<n@maputo.example>"))


def test_an_absence_note_says_nothing_to_anybody(asked, counterpart):
    raw = answer(letters()[0], Auto_Submitted="auto-replied")
    mail.outbox.clear()
    assert take(raw, at=SOON) == Outcome.AUTOMATIC
    assert Message.objects.count() == 1
    assert mail.outbox == []


def test_files_are_not_taken_and_that_is_told(asked, thread, counterpart):
    (letter,) = letters()
    made = EmailMessage()
    made["From"], made["To"] = letter.to[0], letter.reply_to[0]
    made.set_content("Em anexo.")
    made.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="a.pdf")
    mail.outbox.clear()
    assert take(made.as_bytes(), at=SOON) == Outcome.SAID
    assert thread.messages.last().words == "Em anexo."
    assert len(mail.outbox) == 1


@given(raw=st.binary(max_size=400))
def test_no_bytes_stop_it(raw):
    with pytest.raises(NobodyThere):
        take(raw, at=SOON)


def received(monkeypatch, raw, *words):
    """The exit code of the command, 0 when it took the letter."""
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw)))
    try:
        main(["receive", *words])
    except SystemExit as stop:
        return stop.code
    return 0


def test_the_command_tells_a_mail_server_what_to_do(
    monkeypatch, settings, capsys, asked, counterpart
):
    (letter,) = letters()
    raw = answer(letter)
    assert received(monkeypatch, raw, "--to", letter.reply_to[0]) == 0
    assert received(monkeypatch, b"To: nobody@example.org\n\nHello") == os.EX_NOUSER
    stranger = answer(letter, From="mallory@example.org")
    assert received(monkeypatch, stranger) == os.EX_NOPERM
    settings.ANSWERS_AT = ""
    assert received(monkeypatch, raw) == os.EX_CONFIG
    assert "Traceback" not in capsys.readouterr().err


def test_a_message_that_is_no_mail_has_no_sign_of_it(asked):
    assert not asked.is_by_mail
    with pytest.raises(ValidationError):
        write(asked.thread, asked.entity, asked.written_by, words=" ")
