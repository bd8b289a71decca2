"""One letter to one reader: found, written in her language, and handed to the mail server.

It is called outside any transaction and may be called again after a crash
(docs/adr/0021). Its Message-ID is made of the promise's key, so that a repeat
is told from a second letter by every mail programme.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import override

from entrecidades.accounts.models import Person
from entrecidades.cooperation.choices import IntroductionState
from entrecidades.cooperation.models import Introduction
from entrecidades.mail import agreements, calls, meetings, privacy, programmes, projects, talk
from entrecidades.network.choices import Stance
from entrecidades.network.models import Statement
from entrecidades.network.selectors.statements import record_of
from entrecidades.practices.models import Posting
from entrecidades.queue.rules import NeverAgain

REFUSED_FOR_GOOD = range(500, 600)
Facts = dict[str, Any]
#: What goes with a letter: its name, its bytes, its kind.
File = tuple[str, bytes, str]


class MailIsAway(Exception):
    """The mail server did not take a letter now; it may take it later."""


def _introduction(subject_id: int) -> Facts | None:
    """The contact that a letter is about, with its two bodies."""
    rows = Introduction.objects.select_related("asker", "asked")
    subject = rows.filter(pk=subject_id).first()
    return {"introduction": subject} if subject else None


def _posting(subject_id: int) -> Facts | None:
    """The posting that a letter is about."""
    subject = Posting.objects.filter(pk=subject_id).first()
    return {"posting": subject} if subject else None


def _statement(subject_id: int) -> Facts | None:
    """What one side has said, and the record of which it was said."""
    statement = Statement.objects.select_related("entity").filter(pk=subject_id).first()
    record = record_of(statement) if statement else None
    return {"statement": statement, "record": record} if record else None


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of letter: its templates, what it is about, and how to read what it tells.

    ``hers`` are the facts that are other ones for each reader; ``file`` is what goes with it.
    """

    subject: str
    body: str
    find: Callable[[int], Facts | None]
    told: Callable[[str], object]
    hers: Callable[[Facts, Person], Facts] | None = None
    file: Callable[[Facts], File | None] | None = None


KINDS: Mapping[str, Kind] = {
    "introduction": Kind(
        "mail/introduction_subject.txt",
        "mail/introduction.txt",
        _introduction,
        lambda state: IntroductionState(state).label,
    ),
    "silence": Kind(
        "mail/silence_subject.txt", "mail/silence.txt", _introduction, date.fromisoformat
    ),
    "message": Kind(
        "mail/message_subject.txt", "mail/message.txt", talk.message, str, talk.by_whom
    ),
    "meeting": Kind(
        "mail/meeting_subject.txt",
        "mail/meeting.txt",
        meetings.meeting,
        str,
        file=meetings.file,
    ),
    "statement": Kind(
        "mail/statement_subject.txt",
        "mail/statement.txt",
        _statement,
        lambda stance: Stance(stance).label,
    ),
    "agreement": Kind(
        "mail/agreement_subject.txt", "mail/agreement.txt", agreements.agreement, agreements.event
    ),
    "project": Kind("mail/project_subject.txt", "mail/project.txt", projects.project_told, str),
    "expiry": Kind("mail/expiry_subject.txt", "mail/expiry.txt", _posting, date.fromisoformat),
    "call": Kind(
        "mail/call_subject.txt",
        "mail/call.txt",
        calls.call,
        calls.call_state,
        calls.by_her_clocks,
    ),
    "deadline": Kind(
        "mail/deadline_subject.txt",
        "mail/deadline.txt",
        calls.deadline,
        calls.moment,
        calls.by_her_clocks,
    ),
    "application": Kind(
        "mail/application_subject.txt",
        "mail/application.txt",
        calls.application,
        calls.application_state,
    ),
    "pair": Kind("mail/pair_subject.txt", "mail/pair.txt", calls.pair, str),
    "part": Kind("mail/part_subject.txt", "mail/part.txt", calls.part, str, calls.by_her_clocks),
    "confirmation": Kind(
        "mail/confirmation_subject.txt", "mail/confirmation.txt", calls.part, str
    ),
    "reading": Kind("mail/reading_subject.txt", "mail/reading.txt", calls.reading, str),
    "declaration": Kind(
        "mail/declaration_subject.txt", "mail/declaration.txt", programmes.declaration, str
    ),
    "offer": Kind("mail/offer_subject.txt", "mail/offer.txt", programmes.offer, str),
    "erasure": Kind("mail/erasure_subject.txt", "mail/erasure.txt", privacy.erasure, str),
    "dormancy": Kind(
        "mail/dormancy_subject.txt", "mail/dormancy.txt", privacy.dormancy, date.fromisoformat
    ),
    "request_clock": Kind("mail/clock_subject.txt", "mail/clock.txt", privacy.request_clock, int),
    "incident_clock": Kind(
        "mail/clock_subject.txt", "mail/clock.txt", privacy.incident_clock, int
    ),
}


def write(key: str, kind: str, subject_id: int, reader_id: int, told: str) -> None:
    """Write a letter and hand it to the mail server; none if its reader or its matter has gone.

    Raises
    ------
    NeverAgain
        The server refused this reader or this letter for good.
    MailIsAway
        It refused for now.
    """
    letter = KINDS[kind]
    reader = Person.objects.filter(pk=reader_id, is_active=True).first()
    if reader is None:
        return
    with override(reader.language or settings.LANGUAGE_CODE):
        facts = letter.find(subject_id)
        if facts is None:
            return
        facts |= {"told": letter.told(told)}
        facts |= letter.hers(facts, reader) if letter.hers else {}
        file = letter.file(facts) if letter.file else None
    where = {"to": reader.email, "language": reader.language}
    where["answers_at"] = facts.get("answers_at", "")
    send_letter(key, letter.body, letter.subject, facts=facts, file=file, **where)


def send_letter(
    key: str,
    body: str,
    subject: str,
    *,
    to: str,
    language: str,
    facts: Facts,
    file: File | None = None,
    answers_at: str = "",
) -> None:
    """Render a letter's two templates in a language, and hand it to the mail server.

    Raises
    ------
    NeverAgain
        The server refused this reader or this letter for good.
    MailIsAway
        It refused for now.
    """
    with override(language or settings.LANGUAGE_CODE):
        told = {**facts, "site": settings.PUBLIC_URL}
        title = " ".join(render_to_string(subject, told).split())
        text = render_to_string(body, told)
    headers = {"Message-ID": message_id(key), "Auto-Submitted": "auto-generated"}
    letter = EmailMessage(title, text, None, [to], headers=headers)
    if file:
        letter.attach(*file)
    letter.reply_to = [answers_at] if answers_at else []
    hand_over(letter)


def message_id(key: str) -> str:
    """What a letter is called for ever, of whichever attempt.

    Examples
    --------
    >>> message_id("0b7c").startswith("<0b7c@")
    True
    """
    return f"<{key}@{urlsplit(settings.PUBLIC_URL).hostname}>"


def hand_over(letter: EmailMessage) -> None:
    """Give a letter to the server, and tell a refusal for good from one for now.

    What is refused for good is this reader or this letter. A refused log-in or
    sender is the operator's to repair: it is refused for now. The reader's
    address does not get into the log.
    """
    try:
        letter.send()
    except SMTPRecipientsRefused as refusal:
        code, said = next(iter(refusal.recipients.values()))
        answer = _answer(code, said, letter)
    except SMTPDataError as refusal:
        code, answer = refusal.smtp_code, _answer(refusal.smtp_code, refusal.smtp_error, letter)
    else:
        return
    if code in REFUSED_FOR_GOOD:
        raise NeverAgain(answer)
    raise MailIsAway(answer)


def _answer(code: int, said: bytes | str, letter: EmailMessage) -> str:
    """What the server answered, without the reader's address."""
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    return f"{code} {words}".replace(letter.to[0], "…")
