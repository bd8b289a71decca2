"""The letter about what was written in a conversation, and where it is answered."""

from typing import Any

from entrecidades.accounts.models import Person
from entrecidades.cooperation.models import Message
from entrecidades.cooperation.selectors import speakers_for, words_travel
from entrecidades.kernel import clock
from entrecidades.mail.answers.addresses import Ticket, address_of
from entrecidades.mail.answers.reading import END, MARK
from entrecidades.network.countries import language_name

Facts = dict[str, Any]


def message(subject_id: int) -> Facts | None:
    """Who has written, and in which contact; the words too where letters carry them."""
    rows = Message.objects.select_related("entity", "thread__introduction")
    subject = rows.filter(pk=subject_id).first()
    if subject is None:
        return None
    introduction = subject.thread.introduction
    talk_at = f"{introduction.get_absolute_url()}#talk" if introduction else "/"
    return {
        "message": subject,
        "writer": subject.entity,
        "introduction": introduction,
        "talk_at": talk_at,
        "travels": words_travel(),
        "has_more": bool(subject.times) or subject.enclosures.exists(),
    }


def by_whom(facts: Facts, reader: Person) -> Facts:
    """For which body the reader answers, at which address, and in which language she reads."""
    message = facts["message"]
    mine = speakers_for(message.thread, reader, on=clock.today())
    sides = message.thread.sides.exclude(entity=message.entity_id).filter(entity__in=mine)
    side = sides.select_related("entity").order_by("pk").first()
    if side is None:  # her mandate has ended since the letter was promised
        return {"travels": False, "answers_at": ""}
    ticket = Ticket(message.pk, side.entity_id, reader.pk)
    return {
        "answers_at": address_of(ticket),
        "answers_for": side.entity,
        "mark": MARK,
        "end": END,
        "written_in": language_name(message.language, reader.language),
    }
