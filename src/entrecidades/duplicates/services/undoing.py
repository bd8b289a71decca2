"""Take a merge back: every row as it was, but for what somebody has edited since."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from entrecidades.audit.changes import changes_since, snapshot
from entrecidades.audit.rules import plain
from entrecidades.audit.services import record
from entrecidades.duplicates.choices import Act
from entrecidades.duplicates.rules import FIELDS, CannotUndoMerge
from entrecidades.duplicates.services.merging import locked
from entrecidades.duplicates.services.rights import require_operator
from entrecidades.kernel.marks import marks_of
from entrecidades.network.choices import DuplicateState, MergeState
from entrecidades.network.models import Duplicate, Entity, Merge
from entrecidades.network.services import note_changes

NAMED = 30
Kept = Mapping[str, Any]


@dataclass(slots=True)
class UndoPlan:
    """What taking a merge back would do.

    ``back`` are the changes that are given back, ``leaving`` the rows the
    merge made and that go, ``restored`` the rows that return to their tables.
    ``stays`` are those that somebody has edited, removed or replaced since, and how.
    """

    merge: Merge
    back: list[Kept] = field(default_factory=list)
    leaving: dict[type[Model], list[int]] = field(default_factory=dict)
    restored: list[Kept] = field(default_factory=list)
    stays: list[tuple[str, str]] = field(default_factory=list)


def plan_undo_merge(merge_id: int) -> UndoPlan:
    """Say what `undo_merge` would do with ``keep_edited``, writing nothing.

    Raises
    ------
    CannotUndoMerge
        There is no such merge, it is undone, or a later one must be undone first.
    """
    merge = Merge.objects.select_related("survivor", "absorbed").filter(pk=merge_id).first()
    if merge is None:
        raise CannotUndoMerge(_("There is no merge number %d.") % merge_id)
    if merge.state != MergeState.STANDING:
        raise CannotUndoMerge(_("Merge number %d was undone already.") % merge_id)
    both = [merge.survivor_id, merge.absorbed_id]
    later = Merge.objects.filter(
        Q(survivor__in=both) | Q(absorbed__in=both), state=MergeState.STANDING, pk__gt=merge.pk
    ).order_by("-pk")
    for other in later[:1]:
        raise CannotUndoMerge(
            _("One of the two was merged again since. Undo merge number %d first.") % other.pk
        )
    plan = UndoPlan(merge)
    _plan_changes(plan)
    _plan_made(plan)
    _plan_aside(plan)
    return plan


def _plan_changes(plan: UndoPlan) -> None:
    """What is given back: rows nobody has touched; of the bodies, the fields nobody has."""
    for model, changes in _by_model(plan.merge.changed):
        rows = model._base_manager.in_bulk([one["pk"] for one in changes])
        marks = marks_of(model, list(rows))
        for one in changes:
            row = rows.get(one["pk"])
            if row is None:
                plan.stays.append((f"{model._meta.verbose_name} {one['pk']}", _("removed since")))
            elif marks[row.pk] == one["mark"]:
                plan.back.append(one)
            else:
                plan.stays.append((str(row), _("changed since")))
                if model is Entity and (own := _untouched(row, one)):
                    plan.back.append(own)


def _untouched(row: Model, change: Kept) -> Kept:
    """The part of a change whose fields are still as the merge left them."""
    names = [name for name, it in change["now"].items() if plain(getattr(row, name)) == it]
    was = {name: change["was"][name] for name in names}
    return {**change, "was": was} if names else {}


def _plan_made(plan: UndoPlan) -> None:
    """What the merge made goes, unless somebody has edited it."""
    for label, marks in plan.merge.made.items():
        model = apps.get_model(label)
        now = marks_of(model, [int(pk) for pk in marks])
        plan.leaving[model] = [pk for pk, mark in now.items() if marks[str(pk)] == mark]
        edited = set(now) - set(plan.leaving[model])
        rows = model._base_manager.in_bulk(edited)
        plan.stays += [(str(row), _("changed since")) for row in rows.values()]


def _plan_aside(plan: UndoPlan) -> None:
    """What was set aside returns, if what it points to is still there and its place is free."""
    for model, rows in _by_model(plan.merge.aside):
        gone = _without_targets(model, rows)
        for one in rows:
            if one["pk"] in gone:
                said = _("what it points to is no longer there")
                plan.stays.append((f"{model._meta.verbose_name} {one['pk']}", said))
            else:
                plan.restored.append(one)


def _without_targets(model: type[Model], rows: list[Kept]) -> set[int]:
    """Those of some rows that point to a row that is gone."""
    gone = set()
    for one in model._meta.concrete_fields:
        target = one.related_model
        if one.remote_field is None or not isinstance(target, type):
            continue
        wanted = {row["pk"]: row["values"][one.attname] for row in rows}
        keys = {key for key in wanted.values() if key is not None}
        there = {plain(pk) for pk in target._base_manager.in_bulk(list(keys))}
        gone |= {pk for pk, key in wanted.items() if key is not None and key not in there}
    return gone


def _by_model(rows: list[Kept]) -> Iterator[tuple[type[Model], list[Kept]]]:
    """Kept rows by their model."""
    found: defaultdict[str, list[Kept]] = defaultdict(list)
    for one in rows:
        found[one["model"]].append(one)
    for label, some in found.items():
        yield apps.get_model(label), some


def undo_merge(
    merge_id: int, *, by: AbstractBaseUser | None, at: datetime, keep_edited: bool = False
) -> Merge:
    """Take a merge back: both bodies stand for themselves again, with all their rows.

    With ``keep_edited`` what somebody has edited since stays where it is.

    Raises
    ------
    NotAllowed
        She is no operator.
    CannotUndoMerge
        See `plan_undo_merge`; or, unless ``keep_edited``, somebody has edited what
        the merge moved, and the message says what.
    """
    require_operator(by)
    try:
        with transaction.atomic():
            return _undo(merge_id, by, at, keep_edited=keep_edited)
    except IntegrityError:
        raise CannotUndoMerge(
            _("Something that was set aside has been entered again since. Remove that first.")
        ) from None


def _undo(merge_id: int, by: AbstractBaseUser | None, at: datetime, *, keep_edited: bool) -> Merge:
    """All of it, within a transaction."""
    held = Merge.objects.select_for_update(of=("self",)).filter(pk=merge_id).first()
    bodies = locked(held.survivor_id, held.absorbed_id) if held else {}
    plan = plan_undo_merge(merge_id)
    merge = plan.merge
    if plan.stays and not keep_edited:
        raise CannotUndoMerge(_refusal(plan))
    before = {pk: snapshot(body, *FIELDS, "valid_to") for pk, body in bodies.items()}
    seats = {body.seat_id for body in bodies.values()}
    _give_back(plan)
    merge.state, merge.undone_at = MergeState.UNDONE, at
    merge.undone_by_id = by.pk if by else None
    merge.save(update_fields=["state", "undone_at", "undone_by"])
    one, other = sorted(bodies)
    Duplicate.objects.filter(one=one, other=other, state=DuplicateState.MERGED).update(
        state=DuplicateState.OPEN, decided_by=None, decided_at=None
    )
    for body in bodies.values():
        body.refresh_from_db()
        changes = changes_since(before[body.pk], body)
        kept = len(plan.stays)
        record(Act.UNDO, subject=body, by=by, changes=changes, merge=merge.pk, kept=kept)
        seats.add(body.seat_id)
    note_changes(seat for seat in seats if seat)
    return merge


def _refusal(plan: UndoPlan) -> str:
    """What stands in the way, the first few by name."""
    named = "; ".join(f"{name} ({why})" for name, why in plan.stays[:3])
    more = " …" if len(plan.stays) > 3 else ""  # noqa: PLR2004 - as many as are named
    return _("This was changed since the merge: %(which)s.") % {"which": named + more}


def _give_back(plan: UndoPlan) -> None:
    """Remove what was made, give rows their old values, and return what was set aside."""
    for model, keys in plan.leaving.items():
        model._base_manager.filter(pk__in=keys).delete()
    for model, changes in _by_model(plan.back):
        for one in changes:
            values = _read(model, one["was"])
            model._base_manager.filter(pk=one["pk"]).update(**values)
    for model, rows in _by_model(plan.restored):
        model._base_manager.bulk_create([model(**_read(model, one["values"])) for one in rows])


def _read(model: type[Model], kept_values: Kept) -> dict[str, Any]:
    """Values as the merge kept them, as the model's fields know them."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    return {
        name: value if value is None else _target(fields[name]).to_python(value)
        for name, value in kept_values.items()
        if name in fields
    }


def _target(found: Any) -> Any:
    """The field that says what a value is: of a reference, the key it points to."""
    return found.target_field if found.remote_field else found
