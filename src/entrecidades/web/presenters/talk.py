"""What the page of a contact says of its conversation."""

from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import get_language

from entrecidades.accounts.permissions import Permission
from entrecidades.cooperation.calendars import by_both_clocks
from entrecidades.cooperation.first_words import suggestions
from entrecidades.cooperation.models import Introduction, Message, Thread
from entrecidades.cooperation.rules import OPEN_TO_TALK
from entrecidades.cooperation.selectors import (
    is_recallable,
    messages_seen_by,
    threads_seen_by,
    words_travel,
)
from entrecidades.network.countries import language_name
from entrecidades.network.models import Entity
from entrecidades.network.selectors import Reader, entities_where
from entrecidades.web.forms.talk import MessageForm
from entrecidades.web.http import MemberRequest
from entrecidades.web.presenters.meetings import Refused, meeting_told

#: Of a long conversation so many messages are shown.
SHOWN = 200


def ends_of(introduction: Introduction) -> list[Entity]:
    """The two ends of a contact."""
    return [introduction.asker, introduction.asked]


def speakers(request: MemberRequest, introduction: Introduction) -> dict[str, Entity]:
    """The sides for which the reader may write, by their public identifiers."""
    reader = request.reader
    thread = thread_of(introduction, reader)
    sides = {one.pk for one in ends_of(introduction)}
    if thread:
        sides |= set(thread.sides.values_list("entity", flat=True))
    mine = entities_where(request.user, Permission.ANSWER, on=reader.on)
    found = mine.filter(pk__in=sides).select_related("seat", "country").prefetch_related("names")
    return {str(one.public_id): one for one in found.order_by("pk")}


def thread_of(introduction: Introduction, reader: Reader) -> Thread | None:
    """The conversation of a contact, if it has begun and the reader takes part in it."""
    return threads_seen_by(reader).filter(introduction=introduction).first()


def talk_context(
    request: MemberRequest,
    introduction: Introduction,
    form: MessageForm | None = None,
    refused: Refused | None = None,
) -> dict[str, Any]:
    """The messages, what is read, and the form, as far as the reader takes part.

    ``refused`` are forms about the dates of a meeting that were filled in and not accepted.
    """
    reader = request.reader
    mine = speakers(request, introduction)
    thread = thread_of(introduction, reader)
    rows = list(messages_seen_by(reader).filter(thread=thread)[:SHOWN]) if thread else []
    prefetch_related_objects(ends_of(introduction), "names", "seat")
    if thread:
        # They know their contact, which is read once for all of them.
        thread.introduction = introduction
        for row in rows:
            row.thread = thread
    writes = bool(mine) and introduction.state in OPEN_TO_TALK
    writers = mine if writes else {}
    begin = begun(introduction, mine) if writes and not rows else {}
    wanted = request.GET.get("begin", "")
    if writes and form is None:
        first = {"words": begin[wanted], "language": wanted} if wanted in begin else {}
        form = MessageForm(speakers=mine, initial=first)
    sides = list(thread.sides.select_related("entity")) if thread else []
    is_let_in = any(side.entity_id == introduction.broker_id for side in sides)
    ends = {one.pk for one in ends_of(introduction)}
    return {
        "takes_part": bool(ends & reader.own) or bool(thread),
        "messages": [_told(one, request, introduction, writers, refused or {}) for one in rows],
        "read": [side for side in sides if side.read_at and side.entity_id not in reader.own],
        "by_mail": words_travel(),
        "form": form if writes else None,
        "begin": [
            {"code": code, "name": language_name(code, get_language()), "words": words}
            for code, words in begin.items()
        ],
        "may_let_in": writes and introduction.broker and not is_let_in and bool(
            ends & {one.pk for one in mine.values()}
        ),
    }  # fmt: skip


def begun(introduction: Introduction, mine: dict[str, Entity]) -> dict[str, str]:
    """How the reader's side may begin, in both languages; nothing for the association."""
    keys = {one.pk for one in mine.values()}
    one, other = ends_of(introduction)
    if one.pk in keys:
        return suggestions(one, other)
    return suggestions(other, one) if other.pk in keys else {}


def _told(
    message: Message,
    request: MemberRequest,
    introduction: Introduction,
    writers: dict[str, Entity],
    refused: Refused,
) -> dict[str, Any]:
    """A message with its language named, and its dates by the clock of each end."""
    is_own = message.entity_id in request.reader.own
    return {
        "row": message,
        "language": language_name(message.language, get_language()),
        "is_ours": is_own,
        "moments": [by_both_clocks(one, ends_of(introduction)) for one in message.proposed],
        "meeting": meeting_told(message, writers, refused),
        "documents": [
            one.document for one in message.enclosures.all() if one.document.removed_at is None
        ],
        "may_take_back": message.written_by_id == request.user.pk and is_recallable(message),
    }
