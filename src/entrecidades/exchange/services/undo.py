"""Take an import back: exactly what it did, and nothing that somebody has built on it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entrecidades.audit.services import record
from entrecidades.exchange.choices import Act, BatchState, DoubtState
from entrecidades.exchange.models import Batch
from entrecidades.exchange.services.batches import (
    OutOfDate,
    chunks,
    places_of,
    set_values,
    take_turns,
)
from entrecidades.exchange.services.staying import Rows, Staying, made_by, staying
from entrecidades.kernel.errors import Refusal
from entrecidades.network.models import (
    Entity,
    EntityName,
    Identifier,
    Membership,
    Partnership,
    Place,
    Statement,
)
from entrecidades.network.services import note_changes

# What points to another of these stands before it.
ORDER: tuple[type[Model], ...] = (
    *(Statement, Membership, Partnership),
    *(Identifier, EntityName, Entity, Place),
)
NAMED = 30


class CannotUndo(Refusal):
    """Somebody has built on what the import brought, or it was taken back before."""


@dataclass(frozen=True, slots=True)
class UndoPlan:
    """What taking an import back would do.

    ``deleted`` are models with how many of their rows go, ``given_back`` how
    many rows get their old values. ``stays`` names what somebody has edited
    or built on since, and why, at most thirty of them; ``stay`` counts all rows
    that stay, with what those rest on.
    """

    batch: Batch
    deleted: Sequence[tuple[type[Model], int]]
    given_back: int
    stays: Sequence[tuple[str, str]]
    stay: int


def plan_undo(batch_id: int) -> UndoPlan:
    """Say what `undo` would do with ``keep_edited``, writing nothing.

    Raises
    ------
    CannotUndo
        When there is no such import or it is undone already.
    """
    batch = standing(Batch.objects.filter(pk=batch_id).first(), batch_id)
    found = staying(batch)
    leaving = leaving_rows(batch, found)
    return UndoPlan(
        batch=batch,
        deleted=[(model, len(leaving[model])) for model in ORDER[::-1] if leaving.get(model)],
        given_back=len(batch.changed) - len(found.altered),
        stays=list(dict.fromkeys(_reasons(found)))[:NAMED],
        stay=kept_rows(found),
    )


def _reasons(found: Staying) -> Iterator[tuple[str, str]]:
    """Every row somebody has touched since, by name, and how."""
    changed: Rows = {model: set(keys) for model, keys in found.edited.items()}
    for label, pk in found.altered:
        changed.setdefault(apps.get_model(label), set()).add(pk)
    for model, keys in changed.items():
        for name in _names(model, keys):
            yield name, _("changed since")
    for model, keys, referrer in found.used:
        for name in _names(model, keys):
            yield name, _("used by: %s") % referrer._meta.verbose_name_plural


def kept_rows(found: Staying) -> int:
    """How many rows stay as they are."""
    return sum(map(len, found.rows.values())) + len(found.altered)


@transaction.atomic
def undo(batch_id: int, *, by: AbstractBaseUser | None, keep_edited: bool = False) -> Batch:
    """Delete what a batch made, give back what it changed, and leave the batch marked as undone.

    With ``keep_edited`` what somebody has edited or built on since stays as it
    is, with what it rests on; everything else goes.

    Raises
    ------
    CannotUndo
        When there is no such batch, it is undone already, or, unless
        ``keep_edited``, one of its rows was changed or is referred to since;
        the message says which.
    """
    take_turns()
    locked = Batch.objects.select_for_update(of=("self",)).filter(pk=batch_id).first()
    batch = standing(locked, batch_id)
    found = staying(batch)
    if not keep_edited:
        _refuse(found)
    leaving = leaving_rows(batch, found)
    changed = unaltered(batch, found)
    places = places_touched(changed, leaving) - set(leaving.get(Place, ()))
    give_back(changed)
    delete_rows(leaving)
    note_changes(places)
    finish(batch, kept=kept_rows(found), by=by)
    return batch


def unaltered(batch: Batch, found: Staying) -> list[Mapping[str, Any]]:
    """The changes of an import that nobody has changed again."""
    return [one for one in batch.changed if (one["model"], one["pk"]) not in found.altered]


def places_touched(changed: Sequence[Mapping[str, Any]], leaving: Rows) -> set[int]:
    """The places whose profile changes when these go and those get their old values."""
    touched: dict[type[Model], Collection[int]] = dict(leaving)
    for one in changed:
        model = apps.get_model(one["model"])
        touched[model] = {*touched.get(model, ()), one["pk"]}
    return places_of(touched)


def finish(batch: Batch, *, kept: int, by: AbstractBaseUser | None) -> None:
    """All is taken back but what stays: the import is marked, and history tells of it."""
    batch.doubts.filter(state=DoubtState.OPEN).delete()
    batch.state = BatchState.UNDONE
    batch.counts = {**batch.counts, "kept": kept}
    batch.save(update_fields=["state", "counts"])
    facts: dict[str, Any] = {"kind": batch.kind, "file": batch.file_name, "kept": kept}
    record(Act.UNDO, subject=batch, by=by, body=batch.entity, **facts)


def standing(batch: Batch | None, number: int) -> Batch:
    """The batch, if it is there and not undone."""
    if batch is None:
        raise CannotUndo(_("There is no import number %d.") % number)
    if batch.state != BatchState.APPLIED:
        raise CannotUndo(_("Import number %d was undone already.") % number)
    return batch


def leaving_rows(batch: Batch, found: Staying) -> Rows:
    """The rows that go: all that was made but what stays or is gone already."""
    return {
        model: set(marks) - found.rows.get(model, set()) - found.gone.get(model, set())
        for model, marks in made_by(batch).items()
    }


def delete_rows(leaving: Mapping[type[Model], Collection[int]]) -> None:
    """Delete rows; what points to another of these goes before it."""
    for keys in chunks(leaving.get(Entity, ())):
        # A body protects the one that contains it, even if both go at once.
        Entity.objects.filter(pk__in=keys).update(parent=None)
    for model in ORDER:
        for keys in chunks(leaving.get(model, ())):
            model._default_manager.filter(pk__in=keys).delete()


def _refuse(found: Staying) -> None:
    """Nothing of the import may have been touched since."""
    for model in (*ORDER, *found.edited, *found.gone):
        edited = found.edited.get(model, set()) | found.gone.get(model, set())
        if edited:
            raise CannotUndo(
                ngettext(
                    "%(count)d row of this import was changed or removed since: %(which)s.",
                    "%(count)d rows of this import were changed or removed since: %(which)s.",
                    len(edited),
                )
                % {"count": len(edited), "which": _named(model, edited)}
            )
    if found.altered:
        raise CannotUndo(_changed_again())
    for model, keys, referrer in found.used:
        raise CannotUndo(
            _("%(name)s is used since by: %(kind)s. Remove that first.")
            % {"name": _named(model, keys), "kind": referrer._meta.verbose_name_plural}
        )


def _changed_again() -> str:
    return _("A row that this import changed was changed again since. Undo that first.")


def _named(model: type[Model], keys: Collection[int]) -> str:
    """The first few of some rows by name."""
    return ", ".join(_names(model, keys, most=3)) + (" …" if len(keys) > 3 else "")  # noqa: PLR2004 - as many as are named


def _names(model: type[Model], keys: Collection[int], most: int = NAMED) -> list[str]:
    """The first of some rows, each by its name or, where it is gone, its number."""
    first = sorted(keys)[:most]
    found = model._default_manager.in_bulk(first)
    return [str(found.get(pk, pk)) for pk in first]


def give_back(changed: Sequence[Mapping[str, Any]]) -> None:
    """Give the changed rows the values they had, if nobody has changed them since."""
    by_model: dict[str, dict[int, tuple[dict[str, Any], dict[str, Any]]]] = {}
    for one in changed:
        by_model.setdefault(one["model"], {})[one["pk"]] = (one["now"], one["was"])
    try:
        for label, wanted in by_model.items():
            set_values(apps.get_model(label), wanted)
    except OutOfDate:
        raise CannotUndo(_changed_again()) from None
