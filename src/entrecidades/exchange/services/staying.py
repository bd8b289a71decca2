"""What of an import somebody has changed or built on since, and what that rests on."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.db.models import Model

from entrecidades.exchange.models import Batch, Doubt
from entrecidades.exchange.services.batches import BLOCK, chunks, is_still
from entrecidades.kernel.marks import marks_of
from entrecidades.network.models import Entity, EntityName, Identifier, PlaceChange

# These follow a place wherever it goes and say nothing of their own.
FOLLOWERS: frozenset[type[Model]] = frozenset({PlaceChange, Doubt})
# What a body cannot do without.
PARTS: tuple[type[Model], ...] = (Identifier, EntityName)

Made = Mapping[type[Model], Mapping[int, str]]
Rows = dict[type[Model], set[int]]


@dataclass(slots=True)
class Staying:
    """What somebody has touched since: why it cannot go, and all that it takes with it.

    ``edited`` rows were changed and ``gone`` ones removed; ``used`` ones are
    referred to by rows of another kind; ``altered`` are changes of the import
    that were changed again. ``rows`` are all that must stay.
    """

    edited: Rows = field(default_factory=dict)
    gone: Rows = field(default_factory=dict)
    used: list[tuple[type[Model], set[int], type[Model]]] = field(default_factory=list)
    altered: set[tuple[str, int]] = field(default_factory=set)
    rows: Rows = field(default_factory=dict)


def made_by(batch: Batch) -> Made:
    """The rows a batch made, with the marks they had."""
    return {
        apps.get_model(label): {int(pk): mark for pk, mark in marks.items()}
        for label, marks in batch.made.items()
    }


def staying(batch: Batch) -> Staying:
    """What of an import somebody has changed, removed or referred to since."""
    made, found = made_by(batch), Staying(altered=_altered(batch.changed))
    for model, marks in made.items():
        now = marks_of(model, list(marks))
        changed = {pk for pk, mark in marks.items() if now.get(pk) != mark}
        _add(found.edited, model, changed & now.keys())
        _add(found.gone, model, changed - now.keys())
    found.used = _used(made, _to_give_back(batch.changed, found.altered))
    for model, keys in found.edited.items():
        _add(found.rows, model, keys)
    for model, keys, _kind in found.used:
        _add(found.rows, model, keys)
    _add_what_they_rest_on(found.rows, made)
    return found


def _add(rows: Rows, model: type[Model], keys: Collection[int]) -> None:
    if keys:
        rows.setdefault(model, set()).update(keys)


def _altered(changed: Sequence[Mapping[str, Any]]) -> set[tuple[str, int]]:
    """The changes of an import whose rows have other values by now, or are gone."""
    by_label: dict[str, dict[int, Mapping[str, Any]]] = {}
    for one in changed:
        by_label.setdefault(one["model"], {})[one["pk"]] = one["now"]
    found = set()
    for label, wanted in by_label.items():
        for keys in chunks(wanted):
            rows = apps.get_model(label)._default_manager.in_bulk(keys)
            found |= {
                (label, pk) for pk in keys if pk not in rows or not is_still(rows[pk], wanted[pk])
            }
    return found


def _to_give_back(
    changed: Sequence[Mapping[str, Any]], altered: Collection[tuple[str, int]]
) -> dict[tuple[type[Model], str], set[int]]:
    """Which fields of which rows are given their old values: model, column → keys."""
    found: dict[tuple[type[Model], str], set[int]] = {}
    for one in changed:
        if (one["model"], one["pk"]) not in altered:
            for name in one["now"]:
                found.setdefault((apps.get_model(one["model"]), name), set()).add(one["pk"])
    return found


def _used(
    made: Made, given_back: Mapping[tuple[type[Model], str], Collection[int]]
) -> list[tuple[type[Model], set[int], type[Model]]]:
    """The rows to which something points that the import neither made nor will give back."""
    found = []
    for model, marks in made.items():
        for relation in model._meta.related_objects:
            referrer = relation.related_model
            if isinstance(referrer, str) or referrer in FOLLOWERS:
                continue
            column = getattr(relation.field, "attname", "")
            own = {*made.get(referrer, ()), *given_back.get((referrer, column), ())}
            targets = _referred(relation.field, referrer, marks, own)
            found += [(model, targets, referrer)] if targets else []
    return found


def _referred(
    field: Any, referrer: type[Model], marks: Mapping[int, str], own: Collection[int]
) -> set[int]:
    """Those of the rows that a foreign row points to.

    One question by range instead of hundreds by list: the keys of an import
    lie close together.
    """
    if not marks:
        return set()
    if field.many_to_many:
        referrer, name = field.remote_field.through, field.m2m_reverse_field_name()
    else:
        name = field.name
    within = {f"{name}__gte": min(marks), f"{name}__lte": max(marks)}
    # What was removed refers to its body as firmly as what is there.
    rows = referrer._base_manager.filter(**within).order_by().values_list("pk", name)
    return {target for pk, target in rows.iterator(BLOCK) if target in marks and pk not in own}


def _add_what_they_rest_on(rows: Rows, made: Made) -> None:
    """Add what the rows point to, and the names and codes of the bodies among them."""
    asked = {model: set(keys) for model, keys in rows.items()}
    while asked:
        more: Rows = {}
        for model, keys in asked.items():
            for other, targets in _targets(model, keys):
                _add(more, other, targets & made.get(other, {}).keys() - rows.get(other, set()))
        for model, keys in more.items():
            _add(rows, model, keys)
        asked = more


def _targets(model: type[Model], keys: Collection[int]) -> list[tuple[type[Model], set[int]]]:
    """Every row that some rows need."""
    found: list[tuple[type[Model], set[int]]] = []
    for some in chunks(keys):
        mine = model._default_manager.filter(pk__in=some).order_by()
        for one in model._meta.concrete_fields:
            other = one.related_model
            if one.remote_field and isinstance(other, type):
                found.append((other, set(mine.values_list(one.attname, flat=True)) - {None}))
        if model is Entity:
            parts = [(part, part._default_manager.filter(entity__in=some)) for part in PARTS]
            found += [(part, set(own.values_list("pk", flat=True))) for part, own in parts]
    return found
