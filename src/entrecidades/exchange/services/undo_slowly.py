"""Take a large import back in pieces: each is a transaction, so that it can be halted and go on.

A promise takes one piece back and makes the next promise. What is asked for each piece is asked
anew, so that whatever somebody edits or builds on between two of them stays too.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.audit.services import record
from entrecidades.exchange.choices import Act, BatchState
from entrecidades.exchange.models import Batch
from entrecidades.exchange.services.batches import chunks, take_turns
from entrecidades.exchange.services.rights import require_keeper
from entrecidades.exchange.services.staying import PARTS, Rows, staying
from entrecidades.exchange.services.undo import (
    ORDER,
    CannotUndo,
    delete_rows,
    finish,
    give_back,
    kept_rows,
    leaving_rows,
    places_touched,
    standing,
    unaltered,
)
from entrecidades.network.models import Entity, Place
from entrecidades.network.services import note_changes
from entrecidades.queue.services import enqueue

#: Rows of one kind that are taken back at a time.
SOME = 5000
#: What an import keeps of its undoing: rows taken back, of how many; changed rows that stay.
DONE, TOTAL, ALTERED = "undo_done", "undo_total", "undo_altered"


@transaction.atomic
def begin_undo(*, batch_id: int, by: AbstractBaseUser, on: date) -> Batch:
    """An import is taken back by the worker from now on; what somebody has edited stays.

    Raises
    ------
    NotAnOperator, NotAllowed
        Somebody else asks.
    CannotUndo
        There is no such import, or it is undone, or about to be.
    """
    locked = Batch.objects.select_for_update(of=("self",)).filter(pk=batch_id).first()
    require_keeper(by, locked.entity if locked else None, on=on)
    batch = standing(locked, batch_id)
    batch.state = BatchState.UNDOING
    batch.save(update_fields=["state"])
    _tell(Act.BEGIN_UNDO, batch, by)
    enqueue("exchange.undo_some", batch_id=batch.pk, by_id=by.pk)
    return batch


@transaction.atomic
def halt_undo(*, batch_id: int, by: AbstractBaseUser, on: date) -> Batch:
    """The worker stops before the next piece; what is taken back stays taken back.

    Raises
    ------
    NotAnOperator, NotAllowed
        Somebody else asks.
    CannotUndo
        It is not being undone.
    """
    batch = _step(batch_id, BatchState.UNDOING, BatchState.HALTED, by=by, on=on)
    _tell(Act.HALT_UNDO, batch, by)
    return batch


@transaction.atomic
def go_on_undoing(*, batch_id: int, by: AbstractBaseUser, on: date) -> Batch:
    """The worker goes on where it was halted.

    Raises
    ------
    NotAnOperator, NotAllowed
        Somebody else asks.
    CannotUndo
        It was not halted.
    """
    batch = _step(batch_id, BatchState.HALTED, BatchState.UNDOING, by=by, on=on)
    _tell(Act.BEGIN_UNDO, batch, by)
    enqueue("exchange.undo_some", batch_id=batch.pk, by_id=by.pk)
    return batch


@transaction.atomic
def undo_some(*, batch_id: int, by: AbstractBaseUser | None) -> Batch | None:
    """Take one piece back, and promise the next; None when it was halted, or is over.

    First everything gets its old values, then partnerships go, then bodies with their names
    and codes, the contained before those that contain them, and at last places.
    """
    take_turns()
    undoing = Batch.objects.select_for_update(of=("self",)).filter(state=BatchState.UNDOING)
    batch = undoing.filter(pk=batch_id).first()
    if batch is None:
        return None
    found = staying(batch)
    leaving = leaving_rows(batch, found)
    if TOTAL not in batch.counts:
        changed = unaltered(batch, found)
        total = sum(map(len, leaving.values())) + len(changed)
        _note(batch, {TOTAL: total, DONE: len(changed), ALTERED: len(found.altered)})
        note_changes(places_touched(changed, {}))
        give_back(changed)
    elif some := _next(leaving):
        places = places_touched([], some) - set(leaving.get(Place, ()))
        delete_rows(some)
        note_changes(places)
        _note(batch, {DONE: batch.counts[DONE] + sum(map(len, some.values()))})
    else:
        found.altered.clear()  # what was given back has other values than the import gave
        finish(batch, kept=kept_rows(found) + batch.counts[ALTERED], by=by)
        return batch
    enqueue("exchange.undo_some", batch_id=batch.pk, by_id=by.pk if by else None)
    return batch


def _step(
    number: int, before: BatchState, after: BatchState, *, by: AbstractBaseUser, on: date
) -> Batch:
    """An import in another state, if it was in the one before."""
    batch = Batch.objects.select_for_update(of=("self",)).filter(pk=number).first()
    require_keeper(by, batch.entity if batch else None, on=on)
    if batch is None or batch.state != before:
        raise CannotUndo(_("The undoing of import number %d has gone on meanwhile.") % number)
    batch.state = after
    batch.save(update_fields=["state"])
    return batch


def _tell(act: Act, batch: Batch, by: AbstractBaseUser) -> None:
    """One trace of a step."""
    facts: dict[str, Any] = {"kind": batch.kind, "file": batch.file_name}
    record(act, subject=batch, by=by, body=batch.entity, **facts)


def _note(batch: Batch, told: dict[str, int]) -> None:
    """How far it is."""
    batch.counts = {**batch.counts, **told}
    batch.save(update_fields=["counts"])


def _next(leaving: Rows) -> Rows:
    """The rows that go next: of one kind, and with bodies what is theirs."""
    bodies = leaving.get(Entity, set())
    for model in ORDER:
        keys = leaving.get(model, set())
        if not keys or (model in PARTS and bodies):
            continue
        if model is not Entity:
            return {model: set(sorted(keys)[:SOME])}
        some = _deepest(keys)
        return {Entity: some, **{part: _of(part, some, leaving) for part in PARTS}}
    return {}


def _of(part: Any, bodies: Collection[int], leaving: Rows) -> set[int]:
    """The names, or codes, of some bodies that go with them."""
    found: set[int] = set()
    for keys in chunks(bodies):
        own = part._default_manager.filter(entity__in=keys).order_by()
        found.update(own.values_list("pk", flat=True))
    return found & leaving.get(part, set())


def _deepest(keys: Collection[int]) -> set[int]:
    """Some of the bodies: those that contain others of them come last."""
    above: dict[int, int | None] = {}
    for some in chunks(keys):
        above.update(Entity.objects.filter(pk__in=some).order_by().values_list("pk", "parent"))

    def depth(pk: int) -> int:
        deep, here = 0, above[pk]
        while here in above and deep < len(above):
            deep, here = deep + 1, above[here]
        return deep

    return set(sorted(above, key=lambda pk: (-depth(pk), pk))[:SOME])
