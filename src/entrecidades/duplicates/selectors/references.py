"""Every column of every table that points to a body, found in Django's registry."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, UniqueConstraint

from entrecidades.network.models import Duplicate, Entity, Merge

#: What is about the pair itself, and stays with it.
LEFT: frozenset[type[Model]] = frozenset({Duplicate, Merge})
Values = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with the columns (attribute names) that point to bodies."""

    model: type[Model]
    columns: tuple[str, ...]

    @property
    def label(self) -> str:
        """The model's label, by which the registry finds it again."""
        return self.model._meta.label

    def naming(self, key: int) -> Q:
        """The condition that a row names a body."""
        condition = Q(pk__in=[])
        for column in self.columns:
            condition |= Q(**{column: key})
        return condition


@dataclass(frozen=True, slots=True)
class Uniqueness:
    """Columns whose values no two rows share, perhaps only among rows of a condition."""

    columns: tuple[str, ...]
    condition: Q | None = None
    nulls_too: bool = False

    def binds(self, values: Values) -> bool:
        """Whether such values may stand once only: a missing one makes them different."""
        return self.nulls_too or None not in values

    def among(self, model: type[Model], keys: Collection[int]) -> set[int]:
        """Those of some rows that it binds."""
        if self.condition is None:
            return set(keys)
        bound = model._base_manager.filter(self.condition, pk__in=list(keys))
        return set(bound.values_list("pk", flat=True))


def tables() -> list[Table]:
    """Every table that points to bodies, those that join two others included; not `LEFT`."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        columns = tuple(
            field.attname
            for field in model._meta.local_concrete_fields
            if field.remote_field and field.related_model is Entity
        )
        if columns and model not in LEFT and not model._meta.proxy:
            found.append(Table(model, columns))
    return found


def uniquenesses(table: Table) -> Iterator[Uniqueness]:
    """What the database lets stand once only, as far as a column that points to a body is part."""
    options = table.model._meta
    attnames = {field.name: field.attname for field in options.concrete_fields}
    sets = [
        *(
            ([field], None, None)
            for field in (one.name for one in options.concrete_fields if one.unique)
        ),
        *((names, None, None) for names in options.unique_together),
        *(
            (one.fields, one.condition, one.nulls_distinct)
            for one in options.constraints
            if isinstance(one, UniqueConstraint) and one.fields
        ),
    ]
    for names, condition, nulls_distinct in sets:
        columns = tuple(attnames[name] for name in names)
        if set(columns) & set(table.columns):
            yield Uniqueness(columns, condition, nulls_distinct is False)
