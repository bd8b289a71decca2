"""An answer arrives: it is said in its conversation, or its writer is told why not.

The conversation itself decides who may write; what is decided here is whether a letter comes
from whom it says, and what of it was said. Nobody is answered who does not hold an address that
we gave to her (docs/adr/0048).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses, parseaddr
from enum import Enum
from uuid import NAMESPACE_URL, UUID, uuid5

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from entrecidades.accounts.models import Person
from entrecidades.cooperation.models import Message
from entrecidades.cooperation.services import note_read, say
from entrecidades.kernel.errors import Refusal
from entrecidades.mail.answers.addresses import Ticket, ticket_at
from entrecidades.mail.answers.reading import files_in, is_automatic, said_in
from entrecidades.mail.letters import send_letter
from entrecidades.network.models import Entity

#: So long an address is answered, and so many messages of one person are taken in an hour: two
#: machines that answer each other and do not say that they are machines soon fall silent.
OPEN, AN_HOUR, IN_AN_HOUR = timedelta(days=60), timedelta(hours=1), 12
ADDRESSED = ("Delivered-To", "X-Original-To", "To", "Cc")


class Outcome(Enum):
    """What became of a letter that arrived."""

    SAID = "it stands in the conversation"
    REFUSED = "its writer was told why it does not stand in the conversation"
    AUTOMATIC = "a machine wrote it; nothing was done"


class NobodyThere(Exception):
    """The address is none that we gave out, or what it was given for has gone."""


class AnotherWrote(Exception):
    """The address was given to somebody else than who wrote."""


def take(raw: bytes, *, at: datetime, to: str = "") -> Outcome:
    """Take one letter as it arrived.

    Parameters
    ----------
    raw
        The letter as mail servers hand it on (RFC 5322).
    to
        The address at which it arrived, where the mail server tells it; else the letter's own
        heads are asked.

    Raises
    ------
    NobodyThere
        At this address nobody answers.
    AnotherWrote
        It comes from another mailbox than the one that was written to.
    MailIsAway
        Its writer could not be told now why it was refused: to be handed in again.
    """
    letter = message_from_bytes(raw, policy=policy.default)
    assert isinstance(letter, EmailMessage)  # noqa: S101 - what this policy makes
    ticket = next((one for one in map(ticket_at, _addresses(letter, to)) if one), None)
    if ticket is None:
        raise NobodyThere
    if is_automatic(letter):
        return Outcome.AUTOMATIC
    message, entity, person = _found(ticket)
    if parseaddr(str(letter.get("From", "")))[1].casefold() != person.email.casefold():
        raise AnotherWrote
    words = said_in(letter, parseaddr(settings.DEFAULT_FROM_EMAIL)[1])
    # Handed in twice, as mail servers do that were cut off, it is the same answer.
    token = uuid5(NAMESPACE_URL, f"{letter.get('Message-ID', '')}\n{ticket}\n{words}")
    answer = _Answer(message, entity, person, words, token)
    with override(person.language or settings.LANGUAGE_CODE):
        try:
            _say(answer, at)
        except ValidationError as refusal:
            _tell(answer, reasons=refusal.messages)
            return Outcome.REFUSED
        if files := files_in(letter):
            _tell(answer, files=files)
    return Outcome.SAID


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a person says for a body to a message; the token is the answer's own."""

    to: Message
    entity: Entity
    person: Person
    words: str
    token: UUID


def _addresses(letter: EmailMessage, to: str) -> Iterator[str]:
    """Where it arrived, then to whom it says it goes."""
    yield to
    heads = [str(head) for name in ADDRESSED for head in letter.get_all(name, [])]
    yield from (address for _name, address in getaddresses(heads))


def _found(ticket: Ticket) -> tuple[Message, Entity, Person]:
    """What a ticket was given for."""
    rows = Message.objects.select_related("thread__introduction")
    message = rows.filter(pk=ticket.message).exclude(thread__introduction=None).first()
    entity = Entity.objects.filter(pk=ticket.entity).first()
    person = Person.objects.filter(pk=ticket.person, is_active=True).first()
    if message is None or entity is None or person is None:
        raise NobodyThere
    return message, entity, person


@transaction.atomic
def _say(answer: _Answer, at: datetime) -> None:
    """Say it where the page would say it, and note as read what it answers."""
    if at > answer.to.written_at + OPEN:
        raise Refusal(_("This address took answers for %d days, and they are over.") % OPEN.days)
    if not answer.words:
        told = _("No answer was found in your letter. Write it above all that is quoted.")
        raise Refusal(told)
    said = Message.objects.filter(written_by=answer.person).exclude(token=answer.token)
    if said.filter(written_at__gt=at - AN_HOUR).count() >= IN_AN_HOUR:
        told = _("You have written very much in the last hour. Go on later, or on the page.")
        raise Refusal(told)
    thread, entity = answer.to.thread, answer.entity
    earlier = thread.messages.filter(entity=entity).order_by("-written_at").first()
    say(
        thread=thread,
        entity=entity,
        words=answer.words,
        language=earlier.language if earlier else get_language() or settings.LANGUAGE_CODE,
        token=answer.token,
        by=answer.person,
        at=at,
        is_by_mail=True,
    )
    if not thread.messages.exclude(entity=entity).filter(pk__gt=answer.to.pk).exists():
        note_read(thread=thread, entities=[entity], at=at)


def _tell(answer: _Answer, *, reasons: Sequence[str] = (), files: int = 0) -> None:
    """Tell her what of her answer was not taken; what was not said she gets back."""
    contact = answer.to.thread.introduction
    facts = {"reasons": reasons, "words": answer.words if reasons else "", "files": files}
    facts["talk_at"] = f"{contact.get_absolute_url()}#talk" if contact else "/"
    templates = ("mail/not_taken.txt", "mail/not_taken_subject.txt")
    reader = answer.person
    send_letter(
        str(answer.token), *templates, to=reader.email, language=reader.language, facts=facts
    )
