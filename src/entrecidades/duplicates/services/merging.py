"""Make one entry of two: everything that names the one names the other from then on."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from entrecidades.audit.changes import changes_since, snapshot
from entrecidades.audit.rules import plain
from entrecidades.audit.services import record
from entrecidades.duplicates.choices import Act, Fate
from entrecidades.duplicates.rules import FIELDS, CannotMerge
from entrecidades.duplicates.selectors.moving import Row
from entrecidades.duplicates.selectors.preview import Plan, plan_merge
from entrecidades.duplicates.services.rights import require_operator
from entrecidades.engines.folding import fold
from entrecidades.kernel.marks import marks_of
from entrecidades.network.choices import DuplicateState, NameKind, SuccessionKind
from entrecidades.network.models import Duplicate, Entity, EntityName, Merge, Succession
from entrecidades.network.services import note_changes

CHUNK = 500
Change = dict[str, Any]


def merge_entities(
    *,
    survivor: Entity,
    absorbed: Entity,
    by: AbstractBaseUser | None,
    at: datetime,
    choices: Mapping[str, str] | None = None,
) -> Merge:
    """Merge one entry into another; `undo_merge` takes it back exactly.

    Every row that names the absorbed body names the survivor, with its dates;
    what would say the same twice is kept in the merge, and what may not stand
    twice stays with the absorbed body. That ends, and points to its successor.

    Raises
    ------
    NotAllowed
        She is no operator.
    CannotMerge
        See `plan_merge`; or a table refuses what would be moved.
    """
    require_operator(by)
    try:
        with transaction.atomic():
            return _merge(survivor.pk, absorbed.pk, by, at, choices or {})
    except IntegrityError:
        raise CannotMerge(
            _("The two have records that cannot belong to one body. Nothing was changed.")
        ) from None


def _merge(
    survivor_id: int,
    absorbed_id: int,
    by: AbstractBaseUser | None,
    at: datetime,
    choices: Mapping[str, str],
) -> Merge:
    """All of it, within a transaction."""
    bodies = locked(survivor_id, absorbed_id)
    survivor, absorbed = bodies[survivor_id], bodies[absorbed_id]
    before = {body.pk: snapshot(body, *FIELDS, "valid_to") for body in (survivor, absorbed)}
    seats = {survivor.seat_id, absorbed.seat_id}
    plan = plan_merge(survivor, absorbed, choices)
    aside = _set_aside([row for row in plan.rows if row.fate is Fate.ASIDE])
    changed = _move([row for row in plan.rows if row.fate is Fate.MOVE])
    changed += _settle_bodies(plan, at.date())
    made = _make(plan, str(before[survivor.pk]["name"]), at.date())
    merge = Merge.objects.create(
        survivor=survivor,
        absorbed=absorbed,
        changed=_marked(changed),
        made=made,
        aside=aside,
        at=at,
        by_id=by.pk if by else None,
    )
    _decide_pair(merge)
    note_changes(seat for seat in {*seats, survivor.seat_id} if seat)
    _tell(merge, plan, before, by)
    return merge


def locked(*keys: int) -> dict[int, Entity]:
    """Some bodies, held in one order whichever is named first, as they are now."""
    rows = Entity.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    return {row.pk: row for row in rows}


def _set_aside(rows: Sequence[Row]) -> list[Change]:
    """Take rows out of their tables, and keep them whole."""
    kept = [
        {
            "model": row.model._meta.label,
            "pk": row.instance.pk,
            "values": {
                field.attname: plain(getattr(row.instance, field.attname))
                for field in row.instance._meta.concrete_fields
            },
        }
        for row in rows
    ]
    by_model: defaultdict[type[Model], list[int]] = defaultdict(list)
    for row in rows:
        by_model[row.model].append(row.instance.pk)
    for model, keys in by_model.items():
        for some in _chunks(keys):
            model._base_manager.filter(pk__in=some).delete()
    return kept


def _move(rows: Sequence[Row]) -> list[Change]:
    """Let rows name the survivor; those that change alike in one go."""
    alike: defaultdict[tuple[Any, ...], list[int]] = defaultdict(list)
    for row in rows:
        alike[row.model, *sorted(row.now.items())].append(row.instance.pk)
    for (model, *now), keys in alike.items():
        for some in _chunks(keys):
            model._base_manager.filter(pk__in=some).update(**dict(now))
    return [_change(row.instance, row.now) for row in rows]


def _change(instance: Model, now: Mapping[str, Any]) -> Change:
    """What a row had, and what it has now, as the merge keeps it."""
    return {
        "model": instance._meta.label,
        "pk": instance.pk,
        "was": {name: plain(getattr(instance, name)) for name in now},
        "now": {name: plain(value) for name, value in now.items()},
    }


def _settle_bodies(plan: Plan, on: date) -> list[Change]:
    """Give the survivor the chosen values, and end the absorbed body."""
    survivor, absorbed = plan.survivor, plan.absorbed
    now = {name: it for name, it in plan.fields.items() if getattr(survivor, name) != it}
    if now:
        # Whoever has the survivor's form open is told that it says something else by now.
        now["version"] = survivor.version + 1
    changes = [_change(survivor, now)] if now else []
    # It may have ended long ago, or begin only later.
    ended = absorbed.valid_to or max(on, absorbed.valid_from or on)
    if absorbed.valid_to is None:
        changes.append(_change(absorbed, {"valid_to": ended}))
    if now:
        Entity.objects.filter(pk=survivor.pk).update(**now)
    Entity.objects.filter(pk=absorbed.pk).update(valid_to=ended)
    for name, value in now.items():
        setattr(survivor, name, value)
    absorbed.valid_to = ended
    return changes


def _make(plan: Plan, name_before: str, on: date) -> dict[str, dict[str, str]]:
    """Write the succession, and the names under which both were known; marks of what was made."""
    survivor, absorbed = plan.survivor, plan.absorbed
    succession, new = Succession.objects.get_or_create(
        predecessor=absorbed,
        successor=survivor,
        defaults={"kind": SuccessionKind.MERGER, "happened_on": on},
    )
    known = set(EntityName.objects.filter(entity=survivor).values_list("name", flat=True))
    names = [
        EntityName.objects.create(
            entity=survivor, language="", name=name, key=fold(name)[:300], kind=NameKind.FORMER
        )
        for name in dict.fromkeys([name_before, absorbed.name])
        if name not in known and name != survivor.name
    ]
    made: dict[type[Model], list[int]] = {
        Succession: [succession.pk] if new else [],
        EntityName: [name.pk for name in names],
    }
    return {
        model._meta.label: {str(pk): mark for pk, mark in marks_of(model, keys).items()}
        for model, keys in made.items()
        if keys
    }


def _marked(changed: Sequence[Change]) -> list[Change]:
    """The changes, each with a mark of its row as the merge leaves it."""
    keys: defaultdict[str, list[int]] = defaultdict(list)
    for one in changed:
        keys[one["model"]].append(one["pk"])
    marks = {label: marks_of(apps.get_model(label), some) for label, some in keys.items()}
    return [{**one, "mark": marks[one["model"]][one["pk"]]} for one in changed]


def _decide_pair(merge: Merge) -> None:
    """The pair, if it stands in the queue, waits no longer."""
    one, other = sorted((merge.survivor_id, merge.absorbed_id))
    Duplicate.objects.filter(one=one, other=other).update(
        state=DuplicateState.MERGED, decided_by=merge.by_id, decided_at=merge.at
    )


def _tell(
    merge: Merge,
    plan: Plan,
    before: Mapping[int, Mapping[str, Any]],
    by: AbstractBaseUser | None,
) -> None:
    """One trace on each of the two."""
    moved = _counted(row for row in plan.rows if row.fate is Fate.MOVE)
    facts: dict[str, Any] = {
        "merge": merge.pk,
        "survivor": merge.survivor_id,
        "absorbed": merge.absorbed_id,
        "moved": moved,
        "aside": _counted(row for row in plan.rows if row.fate is Fate.ASIDE),
        "stays": _counted(row for row in plan.rows if row.fate is Fate.STAY),
    }
    for body in (plan.survivor, plan.absorbed):
        changes = changes_since(before[body.pk], body)
        record(Act.MERGE, subject=body, by=by, changes=changes, **facts)


def _counted(rows: Iterable[Row]) -> dict[str, int]:
    """How many rows of each kind."""
    return dict(Counter(row.model._meta.label for row in rows))


def _chunks(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    for start in range(0, len(keys), CHUNK):
        yield keys[start : start + CHUNK]
