"""What a mail server does to a letter: it is taken, refused for now, or refused for good."""

import datetime as dt
import smtplib

import pytest
from django.core.mail import EmailMessage

from entrecidades.config.jobs import KEEPERS
from entrecidades.mail.jobs import tell_of_introduction
from entrecidades.queue.models import Job
from entrecidades.queue.services import keep_one
from tests.conftest import entrusted
from tests.factories.cooperation import IntroductionFactory
from tests.mail.smtp import HANG_UP, sink

NOW = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def server(settings):
    with sink() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
        settings.EMAIL_TIMEOUT = 0.5
        yield server


@pytest.fixture
def letter(maputo, curitiba, counterpart, on_the_day):
    contact = IntroductionFactory(asker=maputo, asked=curitiba)
    tell_of_introduction(introduction_id=contact.pk)
    return Job.objects.get(name="mail.write")


def sent(server, says, *, at="DATA"):
    """Keep the promise once while the server answers so; the promise afterwards."""
    server.answer = lambda command, _reader: says if command == at else None
    keep_one(KEEPERS, now=NOW)
    return Job.objects.get(name="mail.write")


def test_what_is_taken_is_done(server, letter, counterpart):
    assert sent(server, None).state == Job.State.DONE
    ((reader, message_id),) = server.taken
    assert reader == counterpart.email
    assert message_id.startswith(f"<{letter.key}@")


@pytest.mark.parametrize("at", ["RCPT", "DATA"])
def test_what_is_refused_for_good_is_given_up_at_once(server, letter, counterpart, at):
    job = sent(server, f"550 <{counterpart.email}> is not known here", at=at)
    assert (job.state, job.attempts) == (Job.State.FAILED, 1)
    assert "550 <…> is not known here" in job.error


@pytest.mark.parametrize(
    ("at", "says"),
    [
        ("RCPT", "450 come back later"),
        ("DATA", "451 come back later"),
        ("MAIL", "550 who are you"),
        ("EHLO", HANG_UP),
        ("RCPT", HANG_UP),
    ],
)
def test_what_is_refused_for_now_is_tried_again(server, letter, counterpart, at, says):
    job = sent(server, says, at=at)
    assert (job.state, server.taken) == (Job.State.WAITING, [])
    assert job.due_at > NOW
    assert counterpart.email not in job.error
    server.answer = lambda _command, _reader: None
    assert keep_one(KEEPERS, now=job.due_at).state == Job.State.DONE
    assert len(server.taken) == 1


def test_a_server_that_hangs_up_after_taking_it_sees_the_same_letter_again(server, letter):
    job = sent(server, HANG_UP)
    assert job.state == Job.State.WAITING
    server.answer = lambda _command, _reader: None
    keep_one(KEEPERS, now=job.due_at)
    assert len(server.taken) == 2
    assert len({*server.taken}) == 1


def test_one_reader_who_is_refused_does_not_cost_the_others_theirs(
    server, maputo, curitiba, counterpart, on_the_day
):
    second = entrusted(curitiba, email="second@curitiba.example")
    contact = IntroductionFactory(asker=maputo, asked=curitiba)
    tell_of_introduction(introduction_id=contact.pk)
    server.answer = lambda command, reader: (
        "550 no" if command == "RCPT" and reader == counterpart.email else None
    )
    assert [keep_one(KEEPERS, now=NOW).state for _ in range(2)] == ["failed", "done"]
    assert [reader for reader, _id in server.taken] == [second.email]


def test_the_sink_is_a_mail_server(server):
    server.answer = lambda command, _reader: "554 no" if command == "DATA" else None
    with pytest.raises(smtplib.SMTPDataError):
        EmailMessage("A", "B", "a@b.example", ["c@d.example"]).send()
