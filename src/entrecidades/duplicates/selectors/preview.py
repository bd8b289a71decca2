"""What a merge would do, before anything is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from entrecidades.audit.rules import plain
from entrecidades.duplicates.rules import FIELDS, CannotMerge, check_choices, is_empty, kept
from entrecidades.duplicates.selectors.moving import Row, rows_of
from entrecidades.network.choices import MergeState
from entrecidades.network.models import Entity, Merge


@dataclass(frozen=True, slots=True)
class Plan:
    """What merging one body into another would do.

    ``rows`` are all that name the absorbed body, with what becomes of each;
    ``fields`` are the values the survivor has afterwards, by attribute name.
    """

    survivor: Entity
    absorbed: Entity
    rows: Sequence[Row]
    fields: Mapping[str, Any]


def plan_merge(survivor: Entity, absorbed: Entity, choices: Mapping[str, str]) -> Plan:
    """Say what a merge would do, writing nothing.

    Raises
    ------
    CannotMerge
        When it is one body with itself, one of them was merged away already, one
        contains the other, or the choices make no sense.
    """
    _check(survivor, absorbed)
    check_choices(choices)
    fields = {
        attname: kept(name, getattr(survivor, attname), getattr(absorbed, attname), choices)
        for name, attname in _columns().items()
    }
    return Plan(survivor, absorbed, rows_of(survivor, absorbed), fields)


def _columns() -> dict[str, str]:
    """The fields a merge asks about, with the attributes that hold their values."""
    attnames = {one.name: one.attname for one in Entity._meta.concrete_fields}
    return {name: attnames[name] for name in FIELDS}


def differing(survivor: Entity, absorbed: Entity) -> list[str]:
    """The fields of which both bodies tell something, and not the same."""
    found = []
    for name, attname in _columns().items():
        mine, yours = getattr(survivor, attname), getattr(absorbed, attname)
        if plain(mine) != plain(yours) and not is_empty(mine) and not is_empty(yours):
            found.append(name)
    return found


def _check(survivor: Entity, absorbed: Entity) -> None:
    """Refuse pairs that cannot be one body."""
    if survivor.pk == absorbed.pk:
        raise CannotMerge(_("A body cannot be merged with itself."))
    gone = Merge.objects.filter(state=MergeState.STANDING, absorbed__in=[survivor, absorbed])
    for merge in gone.select_related("survivor", "absorbed"):
        said = {"absorbed": merge.absorbed.name, "survivor": merge.survivor.name}
        raise CannotMerge(_("%(absorbed)s was merged into %(survivor)s already.") % said)
    if _contains(survivor, absorbed) or _contains(absorbed, survivor):
        raise CannotMerge(_("One of the two bodies is part of the other: they cannot be one."))


def _contains(whole: Entity, part: Entity) -> bool:
    """Whether a body is part of another, directly or not."""
    seen, above = {part.pk}, part.parent
    while above is not None and above.pk not in seen:
        if above.pk == whole.pk:
            return True
        seen.add(above.pk)
        above = above.parent
    return False
