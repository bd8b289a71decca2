"""What becomes of each row that names a body, if that body is merged into another."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import ManyToOneRel, Model

from entrecidades.audit.selectors.history import name_of
from entrecidades.duplicates.choices import Fate
from entrecidades.duplicates.rules import fate
from entrecidades.duplicates.selectors.references import (
    Table,
    Uniqueness,
    Values,
    tables,
    uniquenesses,
)
from entrecidades.kernel.provenance import Sourced
from entrecidades.network.choices import NameKind
from entrecidades.network.models import Entity, EntityName, Statement, Succession
from entrecidades.network.models.statement import Confirmable

#: Where a fact comes from does not make it another fact.
SOURCES = frozenset(one.attname for one in Sourced._meta.fields)


@dataclass(frozen=True, slots=True)
class Row:
    """One row that names the absorbed body, what becomes of it, and its new values."""

    instance: Model
    fate: Fate
    now: Mapping[str, Any] = field(default_factory=dict)

    @property
    def model(self) -> type[Model]:
        """The kind of thing it is."""
        return type(self.instance)


@dataclass(slots=True)
class Held:
    """What the survivor has in one table: what its rows say, and what may stand only once."""

    said: set[Values]
    once: dict[Uniqueness, set[Values]]


@dataclass(frozen=True, slots=True)
class Pair:
    """The two bodies, seen from one table."""

    table: Table
    survivor: Entity
    absorbed: Entity


def rows_of(survivor: Entity, absorbed: Entity) -> list[Row]:
    """Every row of every table that names the absorbed body, with what becomes of it."""
    found: list[Row] = []
    for table in tables():
        found += _rows_in(table, survivor, absorbed)
    return found


def _rows_in(table: Table, survivor: Entity, absorbed: Entity) -> list[Row]:
    """The rows of one table."""
    manager = table.model._base_manager
    ours = list(manager.filter(table.naming(absorbed.pk)).order_by("pk"))
    # The bodies' own rows are changed field by field, not moved.
    ours = [row for row in ours if table.model is not Entity or row.pk != absorbed.pk]
    if not ours:
        return []
    theirs = list(manager.filter(table.naming(survivor.pk)).order_by("pk"))
    rules = list(uniquenesses(table))
    bound = {rule: rule.among(table.model, {row.pk for row in (*ours, *theirs)}) for rule in rules}
    held = _held(theirs, bound)
    return [_row(row, Pair(table, survivor, absorbed), held, bound) for row in ours]


def _held(rows: Sequence[Model], bound: Mapping[Uniqueness, set[int]]) -> Held:
    """What the survivor's rows say."""
    once = {
        rule: {_of(_values(row), rule.columns) for row in rows if row.pk in keys}
        for rule, keys in bound.items()
    }
    return Held({_content(_values(row), row) for row in rows}, once)


def _row(row: Model, pair: Pair, held: Held, bound: Mapping[Uniqueness, set[int]]) -> Row:
    """Decide one row; what is moved counts as the survivor's for those that follow."""
    values = _values(row)
    now = _moved(pair, values)
    after = {**values, **now}
    content = _content(after, row)
    sets = {rule: _of(after, rule.columns) for rule, keys in bound.items() if row.pk in keys}
    ties_itself = Counter(after[column] for column in pair.table.columns)[pair.survivor.pk] > 1
    twin = content in held.said
    clashes = any(rule.binds(it) and it in held.once[rule] for rule, it in sets.items())
    decided = fate(
        ties_itself=ties_itself,
        twin=twin,
        clashes=clashes,
        holds=(ties_itself or twin) and (_says_so(row, pair) or _is_held(row)),
    )
    if decided is not Fate.MOVE:
        return Row(row, decided)
    held.said.add(content)
    for rule, it in sets.items():
        held.once[rule].add(it)
    return Row(row, decided, now)


def _values(row: Model) -> dict[str, Any]:
    return {one.attname: getattr(row, one.attname) for one in row._meta.concrete_fields}


def _of(values: Mapping[str, Any], columns: Sequence[str]) -> Values:
    return tuple(values[column] for column in columns)


def _content(values: Mapping[str, Any], row: Model) -> Values:
    """What a row says, whatever its number and source."""
    own = {row._meta.pk.attname, *(SOURCES if isinstance(row, Sourced) else ())}
    return tuple(repr(value) for name, value in values.items() if name not in own)


def _moved(pair: Pair, values: Mapping[str, Any]) -> dict[str, Any]:
    """The columns that change; of a pair that is stored in one order, perhaps both."""
    table, survivor, absorbed = pair.table, pair.survivor, pair.absorbed
    now: dict[str, Any] = {
        column: survivor.pk for column in table.columns if values[column] == absorbed.pk
    }
    if set(table.columns) == {"one_id", "other_id"}:
        one, other = sorted(now.get(name, values[name]) for name in ("one_id", "other_id"))
        return {
            name: key
            for name, key in (("one_id", one), ("other_id", other))
            if values[name] != key
        }
    if table.model is EntityName and _is_official_twice(survivor, values):
        now["kind"] = NameKind.FORMER
    return now


def _is_official_twice(survivor: Entity, values: Mapping[str, Any]) -> bool:
    """Whether a name is official, and the survivor has an official one in its language."""
    return values["kind"] == NameKind.OFFICIAL and any(
        one.kind == NameKind.OFFICIAL and one.language == values["language"]
        for one in survivor.names.all()
    )


def _says_so(row: Model, pair: Pair) -> bool:
    """Whether the row says already that the one body became the other."""
    return isinstance(row, Succession) and (row.predecessor_id, row.successor_id) == (
        pair.absorbed.pk,
        pair.survivor.pk,
    )


def _is_held(row: Model) -> bool:
    """Whether a row has an address of its own, or something is said of it or points to it."""
    # A record that two bodies confirm has the address of the two, whichever row tells of them.
    if hasattr(row, "get_absolute_url") and not isinstance(row, Confirmable):
        return True
    if Statement.objects.filter(subject=name_of(row)).exists():
        return True
    pointing = [
        one
        for one in row._meta.get_fields(include_hidden=True)
        if isinstance(one, ManyToOneRel) and isinstance(one.related_model, type)
    ]
    return any(
        one.related_model._base_manager.filter(**{one.field.name: row.pk}).exists()
        for one in pointing
    )
