"""Which rows are a person's own, by every way that the register knows."""

import json
import re
from collections.abc import Collection, Iterable, Iterator
from functools import reduce
from operator import or_
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.db.models import BinaryField, Model, Q, QuerySet, TextField
from django.db.models.functions import Cast

from entrecidades.accounts.models import Person
from entrecidades.audit.models import Trace
from entrecidades.privacy.needles import Needles
from entrecidades.privacy.register import Entry, Leads, Way, register

#: Facts of a promise that name a person.
FACTS = ("reader_id", "person_id")


def addresses_of(person: Person) -> frozenset[str]:
    """Every e-mail address under which the house has known her, in small letters."""
    found = {
        person.email,
        *EmailAddress.objects.filter(user=person).values_list("email", flat=True),
    }
    for trace in Trace.objects.filter(about_id=person.pk).only("apart"):
        found |= {value for value in trace.personal.get("email", ()) if value}
    return frozenset(address.lower() for address in found)


def rows_of(entry: Entry, way: Way, person: Person) -> Iterable[Model]:
    """The rows that lead to her in this way, oldest first."""
    if way.leads == Leads.SESSION:
        return sessions_of(person)
    # What was removed is still held, until it is deleted: the door to all rows.
    rows: QuerySet[Any] = entry.model._base_manager.filter(_condition(way, person))
    return rows.order_by("pk")


def _condition(way: Way, person: Person) -> Q:
    """The condition that a row leads to her; a session has none and is read."""
    if way.leads == Leads.ADDRESS:
        return Q(**{f"{way.by}__in": addresses_of(person)})
    if way.leads == Leads.FACT:
        return reduce(or_, (Q(**{f"{way.by}__{name}": person.pk}) for name in FACTS))
    return Q(**{way.by: person.pk})


def sessions_of(person: Person) -> list[Session]:
    """Her sessions, and those in which she has begun to log in."""
    addresses = addresses_of(person)

    def hers(session: Session) -> bool:
        content = session.get_decoded()
        if content.get("_auth_user_id") == str(person.pk):
            return True
        told = json.dumps(content, default=str, ensure_ascii=False).lower()
        return any(address in told for address in addresses)

    return [session for session in Session.objects.order_by("pk").iterator() if hers(session)]


def texts_with(needles: Needles) -> Iterator[tuple[Model, list[str]]]:
    """Rows that name her in something written freely, with the columns that do.

    The database looks first, in any case and as JSON writes it; then each row is read.
    """
    for entry in register().values():
        for row in _suspects(entry, needles) if entry.texts else ():
            if columns := [n for n in entry.texts if needles.found_in(getattr(row, n))]:
                yield row, columns


def traces_naming(needles: Needles) -> Iterator[Trace]:
    """Traces in which words that are kept apart may name her, near enough for the database."""
    found = _holding(Trace.objects.order_by("pk"), ["apart"], needles)
    yield from found.only("apart").iterator(chunk_size=500)


def _suspects(entry: Entry, needles: Needles) -> list[Any]:
    """The rows whose free texts hold some word of hers, near enough for the database."""
    return list(_holding(entry.model._base_manager.all(), entry.texts, needles))


def _holding(rows: QuerySet[Any], columns: Collection[str], needles: Needles) -> QuerySet[Any]:
    """Rows of which a column holds the longest plain part of a needle, as text or as JSON.

    Files are no text to a database: where there are some, each row is looked at.
    """
    fields = [rows.model._meta.get_field(name) for name in columns]
    if any(isinstance(field, BinaryField) for field in fields):
        return rows
    looked = {f"as_text_{name}": Cast(name, TextField()) for name in columns}
    wanted = Q()
    for word in (part for needle in needles.words for part in _spellings(needle)):
        for column in looked:
            wanted |= Q(**{f"{column}__icontains": word})
    return rows.annotate(**looked).filter(wanted) if wanted else rows.none()


def _spellings(needle: str) -> set[str]:
    """The longest part of a needle that SQL finds in any case, as text and as JSON write it."""
    parts = re.split(r"[^\x20-\x7e]|\s", needle)
    return {max(parts, key=len)} - {""} or {needle, json.dumps(needle)[1:-1]}
