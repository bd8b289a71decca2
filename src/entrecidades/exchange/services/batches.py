"""Write what an import found, as one batch that knows what it made and changed."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from entrecidades.audit.services import record
from entrecidades.exchange.choices import Act
from entrecidades.exchange.models import Batch, Load
from entrecidades.kernel.errors import Refusal
from entrecidades.kernel.marks import marks_of
from entrecidades.network.models import Entity, Partnership, Place
from entrecidades.network.services import note_changes

CHUNK = 500
BLOCK = 5000

T = TypeVar("T")


class OutOfDate(Refusal):
    """What the plan was made from is no longer so."""


@dataclass(frozen=True, slots=True)
class Change:
    """A row that is to be changed: the values it had when the plan was made, and its new ones."""

    model: type[Model]
    pk: int
    was: Mapping[str, Any]
    now: Mapping[str, Any]


@dataclass(slots=True)
class Writing:
    """What has been written so far: models → keys of the rows made, and the changes."""

    made: dict[type[Model], list[int]] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)


def plain(value: Any) -> Any:
    """A value as a batch keeps it, so that it can be compared after it was kept: days as text."""
    return value.isoformat() if isinstance(value, date) else value


def _kept(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: plain(value) for name, value in values.items()}


def is_still(row: Model, values: Mapping[str, Any]) -> bool:
    """Whether a row has these values."""
    return all(plain(getattr(row, name)) == plain(value) for name, value in values.items())


def chunks(keys: Collection[T], size: int = CHUNK) -> Iterator[list[T]]:
    """Many keys, so many at a time, for databases that take only so many at once."""
    rows = list(keys)
    for start in range(0, len(rows), size):
        yield rows[start : start + size]


def take_turns() -> None:
    """Wait until no other import writes; to be called inside the transaction.

    The gazetteer's row is the lock: no import makes sense before it is loaded.
    """
    list(Load.objects.select_for_update().filter(name="gazetteer").values_list("pk"))


@contextmanager
def writing_alone() -> Iterator[Writing]:
    """One transaction, one import at a time; what others wrote in between refuses the plan.

    Raises
    ------
    OutOfDate
        When a row that the plan would make is there by now.
    """
    try:
        with transaction.atomic():
            take_turns()
            yield Writing()
    except IntegrityError:
        raise out_of_date() from None


def out_of_date() -> OutOfDate:
    """The refusal of a plan that others have overtaken."""
    return OutOfDate(_("The register has changed since the plan was made. Plan again."))


def make(writing: Writing, rows: Sequence[Model]) -> None:
    """Write new rows of one model in bulk, and remember their keys."""
    if not rows:
        return
    model = type(rows[0])
    written = model._default_manager.bulk_create(rows, batch_size=BLOCK)
    writing.made.setdefault(model, []).extend(row.pk for row in written)


def change(writing: Writing, changes: Iterable[Change]) -> None:
    """Change rows in bulk, if each still has the values the plan was made from.

    Raises
    ------
    OutOfDate
        When somebody else has changed one of them since.
    """
    by_model: dict[type[Model], list[Change]] = {}
    for one in changes:
        by_model.setdefault(one.model, []).append(one)
    for model, wanted in by_model.items():
        set_values(model, {one.pk: (one.was, one.now) for one in wanted})
        writing.changes.extend(wanted)


def set_values(
    model: type[Model], wanted: Mapping[int, tuple[Mapping[str, Any], Mapping[str, Any]]]
) -> None:
    """Give rows new values, provided that they have the old ones.

    Raises
    ------
    OutOfDate
        When a row is gone or has other values.
    """
    names = sorted({name for _was, now in wanted.values() for name in now})
    for keys in chunks(wanted):
        found = model._default_manager.select_for_update(of=("self",)).in_bulk(keys)
        for pk in keys:
            was, now = wanted[pk]
            row = found.get(pk)
            if row is None or not is_still(row, was):
                raise out_of_date()
            for name, value in now.items():
                setattr(row, name, value)
        fields = [name.removesuffix("_id") for name in names]
        model._default_manager.bulk_update(found.values(), fields)


def keep_batch(
    writing: Writing,
    *,
    kind: str,
    entity: Entity | None = None,
    file_name: str,
    digest: str,
    counts: Mapping[str, int],
    by: AbstractBaseUser | None,
    at: datetime,
) -> Batch:
    """Write down what was written, so that it can be undone, and tell the readers of places."""
    batch = Batch.objects.create(
        kind=kind,
        entity=entity,
        file_name=file_name[:255],
        digest=digest,
        counts=dict(counts),
        made=marks_of_made(writing.made),
        changed=told_of(writing.changes),
        by_id=by.pk if by else None,
        at=at,
    )
    touched = {model: list(keys) for model, keys in writing.made.items()}
    for one in writing.changes:
        touched.setdefault(one.model, []).append(one.pk)
    note_changes(places_of(touched))
    facts: dict[str, Any] = {"kind": kind, "file": file_name, "counts": dict(counts)}
    record(Act.APPLY, subject=batch, by=by, body=entity, **facts)
    return batch


def told_of(changes: Iterable[Change]) -> list[dict[str, Any]]:
    """Changes as a batch keeps them."""
    return [
        {
            "model": one.model._meta.label,
            "pk": one.pk,
            "was": _kept(one.was),
            "now": _kept(one.now),
        }
        for one in changes
    ]


def marks_of_made(made: Mapping[type[Model], Collection[int]]) -> dict[str, dict[str, str]]:
    """Model label → key → mark, for every row made."""
    return {
        model._meta.label: {str(pk): mark for pk, mark in marks_of(model, keys).items()}
        for model, keys in made.items()
    }


def places_of(touched: Mapping[type[Model], Collection[int]]) -> set[int]:
    """The places whose profile such rows are part of."""
    found: set[int] = set(touched.get(Place, ()))
    for some in chunks(touched.get(Partnership, ()), BLOCK):
        ends = Partnership.objects.filter(pk__in=some).order_by()
        for pair in ends.values_list("one_id", "other_id"):
            found.update(pair)
    for some in chunks(touched.get(Entity, ()), BLOCK):
        seated = Entity.objects.filter(pk__in=some).exclude(seat=None).order_by()
        found.update(seated.values_list("seat_id", flat=True))
    return found
