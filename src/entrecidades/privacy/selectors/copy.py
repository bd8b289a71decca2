"""Everything the house holds about a person, as plain values: what she is shown and handed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.sessions.models import Session
from django.db.models import Field, Model

from entrecidades.accounts.models import Person
from entrecidades.audit.models import Trace
from entrecidades.audit.rules import plain
from entrecidades.privacy.register import Basis, Entry, Leads, Way, register
from entrecidades.privacy.selectors.rows import rows_of

#: What a session holds of a person; the rest are keys of the machine, and secrets.
TOLD_OF_SESSIONS = ("_auth_user_id", "expire_date")
#: What a trace tells under the names of its columns; its salts are the machine's.
TOLD_OF_TRACES = {"sealed_facts": "facts", "sealed_changes": "changes", "apart": "personal"}


@dataclass(frozen=True, slots=True)
class Record:
    """One row of hers: which, and the fields that she may read."""

    number: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """All rows of one kind that are hers."""

    label: str
    bases: tuple[Basis, ...]
    fates: frozenset[str]
    records: tuple[Record, ...]


def copy_for(person: Person) -> list[Kind]:
    """Each kind of row of which the house holds some of hers; secrets are left out.

    Of a row that is a body's, she is shown what the body's own people see, and of what is
    personal there only what is hers.
    """
    kinds = (_kind(entry, person) for entry in register().values() if entry.ways)
    return [kind for kind in kinds if kind.records]


def _kind(entry: Entry, person: Person) -> Kind:
    """The rows of one kind, each once, however many ways lead to it."""
    found: dict[Any, tuple[Model, set[str]]] = {}
    reached = []
    for way in entry.ways:
        rows = list(rows_of(entry, way, person))
        reached += [way] if rows else []
        for row in rows:
            found.setdefault(row.pk, (row, set()))[1].update(way.fields)
    records = tuple(
        Record(_number(row), values_of(entry, row, fields)) for row, fields in found.values()
    )
    fates = frozenset(fate for way in reached for fate, names in way.fates.items() if names)
    return Kind(entry.label, _bases(reached), fates, records)


def _bases(reached: Iterable[Way]) -> tuple[Basis, ...]:
    """Why the house may hold them, each once."""
    return tuple(dict.fromkeys(way.basis for way in reached))


def _number(row: Model) -> str:
    """The row's number; a session's is its key, and a secret."""
    return "" if isinstance(row, Session) else str(row.pk)


def values_of(entry: Entry, row: Model, hers: set[str]) -> dict[str, Any]:
    """The values of a row that she may read, by field, as JSON knows them."""
    if any(way.leads == Leads.SESSION for way in entry.ways) and isinstance(row, Session):
        content = {**row.get_decoded(), "expire_date": row.expire_date}
        return {name: plain(content.get(name)) for name in TOLD_OF_SESSIONS}
    names = [name for name in entry.classes if name in hers]
    names += entry.of("public", "internal") if entry.label != "accounts.Person" else []
    return {name: _value(row, name) for name in dict.fromkeys(names)}


def _value(row: Model, name: str) -> Any:
    """One value; a row it points to is told by its name."""
    if isinstance(row, Trace) and name in TOLD_OF_TRACES:
        return plain(getattr(row, TOLD_OF_TRACES[name]))
    field: Field[Any, Any] = row._meta.get_field(name)  # type: ignore[assignment]  # never a reverse one
    if field.many_to_many:
        return [str(one) for one in getattr(row, name).all()]
    value = getattr(row, name)
    if isinstance(value, Person):
        return value.pk
    return str(value) if isinstance(value, Model) else plain(value)
