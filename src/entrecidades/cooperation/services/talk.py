"""What may happen in a conversation, one function per act."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.audit.services import record
from entrecidades.cooperation.choices import Act, IntroductionState, IntroductionStep
from entrecidades.cooperation.dates import check_to_come
from entrecidades.cooperation.models import (
    Enclosure,
    Introduction,
    Meeting,
    Message,
    Thread,
    ThreadSide,
)
from entrecidades.cooperation.rules import (
    ENCLOSURES,
    LETTERS,
    OPEN_TO_TALK,
    TIMES,
    NobodyTalks,
    NotYourStep,
    ReadAlready,
    as_kept,
)
from entrecidades.cooperation.selectors import unread_by_others, words_travel
from entrecidades.cooperation.services.introductions import move
from entrecidades.documents.services import Examined, hand_in
from entrecidades.network.models import Entity
from entrecidades.network.selectors import may, require
from entrecidades.queue.services import enqueue


@transaction.atomic
def begin_thread(*, sides: Iterable[Entity], introduction: Introduction | None = None) -> Thread:
    """A conversation of some bodies; asked for again, a first contact's is the same one."""
    if introduction is None:
        thread = Thread.objects.create()
    else:
        # The contact's row is the lock: two who write first write into one conversation.
        Introduction.objects.select_for_update(of=("self",)).get(pk=introduction.pk)
        thread, _is_new = Thread.objects.get_or_create(introduction=introduction)
    for entity in sides:
        ThreadSide.objects.get_or_create(thread=thread, entity=entity)
    return thread


@transaction.atomic
def say(
    *,
    thread: Thread,
    entity: Entity,
    words: str,
    language: str,
    token: UUID,
    by: AbstractBaseUser,
    at: datetime,
    times: Sequence[datetime] = (),
    enclosed: Sequence[Examined] = (),
    about: Meeting | None = None,
    is_by_mail: bool = False,
) -> Message:
    """Write for a body in a conversation, and promise the other sides a letter.

    Sent twice, it is said once. The first answer in a contact begins the conversation.
    What is enclosed was examined before, so that no file is looked into while rows are held.
    Dates that are proposed are those of a new meeting, or of the one that it is ``about``; of
    that one its own letter tells.

    Raises
    ------
    ValidationError
        When the person may not answer for the body (`NotAllowed`), the body takes no part
        (`NotYourStep`), the contact is not open to talk (`NobodyTalks`), the message is empty, or
        too much goes with it.
    """
    require(by, Permission.ANSWER, entity, on=at.date())
    introduction = held(thread)
    if not thread.sides.filter(entity=entity).exists():
        raise NotYourStep(_("%(name)s takes no part in this conversation.") % {"name": entity})
    if said := thread.messages.filter(token=token).first():
        return said
    check_open(introduction)
    _check_amount(words, times, enclosed)
    check_to_come(times, at)
    message = Message(thread=thread, entity=entity, words=words, language=language, token=token)
    message.is_by_mail = is_by_mail
    message.times, message.written_by_id, message.written_at = as_kept(times), by.pk, at
    message.full_clean()
    message.save()
    _enclose(message, enclosed, by=by)
    if times:
        _put_dates(message, about)
    if introduction:
        note_movement(introduction, entity, by=by, at=at)
    record(Act.SAY, subject=thread.introduction or thread, by=by, body=entity, message=message.pk)
    if about is None:
        enqueue("cooperation.tell_of_message", message_id=message.pk)
    return message


def _enclose(message: Message, files: Sequence[Examined], *, by: AbstractBaseUser) -> None:
    """Hand in what goes with a message, as documents of the body that writes."""
    facts: dict[str, Any] = {
        "entity": message.entity,
        "language": message.language,
        "at": message.written_at,
    }
    for file in files:
        document = hand_in(upload=file, title="", by=by, **facts)
        Enclosure.objects.create(message=message, document=document)


def _put_dates(message: Message, meeting: Meeting | None) -> None:
    """Let the dates of a message be those of a meeting: of a new one, or of one that is moved."""
    meeting = meeting or Meeting()
    meeting.message = message
    meeting.due_at = message.proposed[-1]
    meeting.moved_at = message.written_at
    meeting.save()


def held(thread: Thread) -> Introduction | None:
    """The rows that writing needs, held: the contact's, if there is one, else the thread's."""
    if thread.introduction_id:
        rows = Introduction.objects.select_for_update(of=("self",))
        return rows.get(pk=thread.introduction_id)
    Thread.objects.select_for_update(of=("self",)).get(pk=thread.pk)
    return None


def check_open(introduction: Introduction | None) -> None:
    """Refuse to write in a contact that is not accepted, or over."""
    if introduction and introduction.state not in OPEN_TO_TALK:
        state = IntroductionState(introduction.state).label
        told = _("Nobody writes in a contact while it is “%(state)s”.") % {"state": state}
        raise NobodyTalks(told)


def _check_amount(words: str, times: Sequence[datetime], enclosed: Sequence[Examined]) -> None:
    """Refuse nothing at all, and more than a reader can take in."""
    if not words.strip():
        raise ValidationError(_("Write something first."))
    if len(words) > LETTERS:
        raise ValidationError(_("The message is longer than %d letters.") % LETTERS)
    if len(times) > TIMES or len(enclosed) > ENCLOSURES:
        raise ValidationError(_("At most five dates and five documents go with one message."))


def note_movement(
    introduction: Introduction, entity: Entity, *, by: AbstractBaseUser, at: datetime
) -> None:
    """What is said keeps a contact alive; the first word of one of its ends begins the talk."""
    is_end = entity.pk in {introduction.asker_id, introduction.asked_id}
    if introduction.state == IntroductionState.ACCEPTED and is_end:
        move(introduction, IntroductionStep.TALK, by=by, at=at)
    introduction.moved_at = at
    introduction.save(update_fields=["moved_at"])


@transaction.atomic
def take_back(*, message: Message, by: AbstractBaseUser, at: datetime) -> None:
    """Take one's own message back before any other side has read it; it was never there.

    The documents that went with it stay among those of the body.

    Raises
    ------
    ValidationError
        When it is somebody else's (`NotYourStep`), or was read (`ReadAlready`).
    """
    held(message.thread)
    list(ThreadSide.objects.select_for_update(of=("self",)).filter(thread=message.thread_id))
    require(by, Permission.ANSWER, message.entity, on=at.date())
    if message.written_by_id != by.pk:
        raise NotYourStep(_("Only who wrote a message can take it back."))
    if words_travel():
        raise ReadAlready(_("It went to the other side by mail: it stays."))
    if not unread_by_others(message) or Meeting.objects.begun(message).exists():
        raise ReadAlready(_("The other side has read it already: it stays."))
    subject = message.thread.introduction or message.thread
    record(Act.TAKE_BACK, subject=subject, by=by, body=message.entity, message=message.pk)
    message.delete()


@transaction.atomic
def note_read(*, thread: Thread, entities: Iterable[Entity], at: datetime) -> int:
    """Note that some sides have read all that was said until now; for how many it was new."""
    rows = ThreadSide.objects.select_for_update(of=("self",)).filter(
        thread=thread, entity__in=entities
    )
    new = 0
    for side in rows:
        theirs = thread.messages.exclude(entity=side.entity_id)
        latest = theirs.order_by("-written_at").values_list("written_at", flat=True).first()
        if latest and (side.read_at is None or side.read_at < latest):
            side.read_at = max(at, latest)
            side.save(update_fields=["read_at"])
            new += 1
    return new


@transaction.atomic
def let_in(*, thread: Thread, by: AbstractBaseUser, at: datetime) -> None:
    """Let the association of a contact take part; from then on it reads what was and is said.

    Raises
    ------
    ValidationError
        When the person may not answer for one of the two ends (`NotAllowed`), or no association
        passed the contact on (`NotYourStep`).
    """
    introduction = held(thread)
    if introduction is None or introduction.broker is None:
        raise NotYourStep(_("No association passed this contact on."))
    ends, on = [introduction.asker, introduction.asked], at.date()
    body = next((one for one in ends if may(by, Permission.ANSWER, one, on=on)), ends[0])
    require(by, Permission.ANSWER, body, on=on)
    _side, is_new = ThreadSide.objects.get_or_create(thread=thread, entity=introduction.broker)
    if is_new:
        record(Act.LET_IN, subject=introduction, by=by, body=body, let_in=introduction.broker_id)
