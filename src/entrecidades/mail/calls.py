"""Letters about calls: deadlines, partners who are asked, sheets to read, results, pairs."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language

from entrecidades.accounts.models import Person
from entrecidades.accounts.permissions import Permission
from entrecidades.accounts.roles import roles_with
from entrecidades.calls.choices import ApplicationState, CallState
from entrecidades.calls.models import Application, Call, Pair, Part, Reading
from entrecidades.kernel import clock
from entrecidades.network.clocks import elsewhere
from entrecidades.network.countries import clock_city
from entrecidades.network.models import Entity, Mandate, holding
from entrecidades.network.selectors import entities_where
from entrecidades.queue.services import enqueue

Facts = dict[str, Any]


def tell_of_call(call_id: int, state: str) -> None:
    """Tell all who wrote an application that the call opens, is cancelled or has more time."""
    states = [ApplicationState.DRAFT, ApplicationState.SUBMITTED, ApplicationState.LAPSED]
    concerned = Application.objects.filter(call=call_id, state__in=states)
    _promise("call", call_id, _of_bodies(concerned), state)


def tell_of_deadline(call_id: int, closes_at: str) -> None:
    """Remind those who have a draft that the call closes soon."""
    drafts = Application.objects.filter(call=call_id, state=ApplicationState.DRAFT)
    for draft in drafts.order_by("pk"):
        _promise("deadline", draft.pk, _of_bodies([draft]), closes_at)


def tell_of_application(application_id: int, state: str) -> None:
    """Tell the people of all its bodies what has become of an application, and why."""
    found = Application.objects.filter(pk=application_id)
    _promise("application", application_id, _of_bodies(found), state)


def tell_of_part(part_id: int) -> None:
    """Tell the people of a body that it is asked to take part."""
    part = _part(part_id)
    _promise("part", part_id, _acting([part.entity_id] if part else []), "")


def tell_of_confirmation(part_id: int) -> None:
    """Tell the body that leads that a partner has confirmed."""
    part = _part(part_id)
    _promise("confirmation", part_id, _acting([part.application.lead_id] if part else []), "")


def tell_of_reading(reading_id: int) -> None:
    """Tell a reader that an application waits for her."""
    reading = Reading.objects.select_related("reader").filter(pk=reading_id).first()
    if reading and reading.reader:
        _promise("reading", reading_id, [reading.reader], "")


def tell_of_pair(pair_id: int) -> None:
    """Tell the people of two bodies that they were paired."""
    pair = Pair.objects.standing().whole().filter(pk=pair_id).first()
    ends = [pair.first.entity_id, pair.second.entity_id] if pair else []
    _promise("pair", pair_id, _acting(ends), "")


def _part(part_id: int) -> Part | None:
    """A part that still takes part."""
    rows = Part.objects.filter(declined_at=None).select_related("application__call", "entity")
    return rows.filter(pk=part_id).first()


def _of_bodies(applications: Iterable[Application]) -> list[Person]:
    """The people who may apply for one of the bodies of these applications."""
    parts = Part.objects.filter(application__in=applications, declined_at=None)
    return _acting(parts.values_list("entity", flat=True))


def _acting(bodies: Iterable[int]) -> list[Person]:
    """The people of some bodies, by their keys, who may apply for them today, each once."""
    roles = roles_with(Permission.APPLY)
    held = Mandate.objects.filter(holding(clock.today()), entity__in=list(bodies), role__in=roles)
    people = Person.objects.filter(pk__in=held.values("person"), is_active=True)
    return list(people.order_by("pk"))


def _promise(kind: str, subject_id: int, readers: Iterable[Person], told: str) -> None:
    """Promise one letter to each reader."""
    for reader in readers:
        enqueue("mail.write", kind=kind, subject_id=subject_id, reader_id=reader.pk, told=told)


def call(subject_id: int) -> Facts | None:
    """The call that a letter is about, with its days as its own clock tells them."""
    subject = Call.objects.filter(pk=subject_id).first()
    return _told(subject) if subject else None


def by_her_clocks(facts: Facts, reader: Person) -> Facts:
    """When the call closes by the clocks of the reader's bodies that take part, if they differ."""
    subject: Call = facts["call"]
    if subject.closes_at is None:
        return {}
    parts = Part.objects.filter(application__call=subject, declined_at=None)
    hers = entities_where(reader, Permission.APPLY, on=clock.today())
    bodies = hers.filter(pk__in=parts.values("entity")).select_related("seat")
    told = elsewhere(subject.closes_at, subject.clock, bodies.order_by("pk"))
    return {"elsewhere": [{"closes": _by(there), "body": body.name_in()} for there, body in told]}


def _told(subject: Call) -> Facts:
    """A call, and when it closes by its own clock."""
    closes = subject.closes_at
    return {
        "call": subject,
        "closes": _by(closes.astimezone(subject.clock)) if closes else "",
        "cancelled": subject.state == CallState.CANCELLED,
        "zone": clock_city(subject.clock.key, get_language()),
    }


def _by(moment: datetime) -> str:
    """A moment by the clock of its own zone: a template would tell it by the house's."""
    return date_format(moment, "DATETIME_FORMAT")


def deadline(subject_id: int) -> Facts | None:
    """A draft that is not submitted yet; none when it is."""
    found = _application(subject_id)
    return found if found and found["application"].state == ApplicationState.DRAFT else None


def application(subject_id: int) -> Facts | None:
    """The application that a letter is about, with what was decided of it."""
    return _application(subject_id)


def _application(subject_id: int) -> Facts | None:
    """An application with its call and its bodies."""
    subject = Application.objects.whole().filter(pk=subject_id).first()
    if subject is None:
        return None
    return {"application": subject, "bodies": _named(subject.bodies()), **_told(subject.call)}


def part(subject_id: int) -> Facts | None:
    """The part of a body, with the application."""
    found = _part(subject_id)
    return {"part": found, **(_application(found.application_id) or {})} if found else None


def reading(subject_id: int) -> Facts | None:
    """What a reader was given, without who applies where she is not to know."""
    found = Reading.objects.select_related("application__call").filter(pk=subject_id).first()
    return {"reading": found, **_told(found.application.call)} if found else None


def pair(subject_id: int) -> Facts | None:
    """Two bodies that were paired; nothing if they are a pair no longer."""
    found = Pair.objects.standing().whole().filter(pk=subject_id).first()
    if found is None:
        return None
    names = [one.entity.name_in() for one in (found.first, found.second)]
    return {"pair": found, "first": names[0], "second": names[1], "call": found.round.call}


def _named(bodies: Iterable[Entity]) -> str:
    """Bodies, as a sentence lists them."""
    return ", ".join(body.name_in() for body in bodies)


def call_state(state: str) -> str:
    """A state of a call in words."""
    return str(CallState(state).label)


def application_state(state: str) -> str:
    """A state of an application in words."""
    return str(ApplicationState(state).label)


def moment(told: str) -> datetime:
    """The moment that a promise names."""
    return datetime.fromisoformat(told)
