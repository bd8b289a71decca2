"""Moving what waits for a person, and ending and beginning mandates, without leaving traces.

The services that call these leave one trace with everything in it.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from entrecidades.accounts.models import Person
from entrecidades.accounts.roles import MandateRole
from entrecidades.handover.selectors.held import HELD, held_by, mandates_now_or_later
from entrecidades.network.models import Entity, Mandate, holding

Moved = dict[str, list[int]]


def move_all(*, leaver: Person, to: Person, body: Entity, at: datetime) -> Moved:
    """Everything open of the body that waits for one person waits for the other; what moved."""
    return {
        one.key: keys
        for one in HELD
        if (keys := _move(one, held_by(one, leaver, body, at=at), to=to))
    }


def move_some(
    moved: Mapping[str, Sequence[int]], *, leaver: Person, to: Person, body: Entity, at: datetime
) -> Moved:
    """Of what once moved, whatever is still open and still waits for one waits for the other."""
    found = {}
    for one in HELD:
        rows = held_by(one, leaver, body, at=at).filter(pk__in=moved.get(one.key, ()))
        if keys := _move(one, rows, to=to):
            found[one.key] = keys
    return found


def _move(one: Any, rows: Any, *, to: Person) -> list[int]:
    """Move some rows, under their locks, in the order of their keys; their keys."""
    keys = [row.pk for row in rows.select_for_update(of=("self",))]
    one.model.objects.filter(pk__in=keys).update(**{one.name: to}, **one.besides)
    return keys


def end_mandates(*, person: Person, body: Entity, at: datetime) -> list[dict[str, str]]:
    """She no longer acts for the body, from now on; her mandates as they were.

    One that began today, or begins later, has not been.
    """
    yesterday = at.date() - timedelta(days=1)
    ended = []
    for one in mandates_now_or_later(person, body, at=at).select_for_update(of=("self",)):
        ended.append(as_it_was(one))
        if one.valid_from and one.valid_from > yesterday:
            one.delete()
        else:
            one.valid_to = yesterday
            one.save(update_fields=["valid_to"])
    return ended


def as_it_was(mandate: Mandate) -> dict[str, str]:
    """A mandate as it is kept, so that it can be restored."""
    return {
        "role": mandate.role,
        "from": _told(mandate.valid_from),
        "to": _told(mandate.valid_to),
        "mandate": str(mandate.pk),
    }


def begin_mandates(
    *, person: Person, body: Entity, roles: Sequence[str], on: date
) -> list[dict[str, str]]:
    """She acts for the body in these roles from a day on; those that she did not have yet."""
    has = set(
        Mandate.objects.filter(holding(on), Q(valid_to=None), entity=body, person=person)
        .values_list("role", flat=True)
        .order_by()
    )
    begun = []
    for role in dict.fromkeys(roles):
        if role not in has:
            made = Mandate.objects.create(
                entity=body, person=person, role=MandateRole(role), valid_from=on
            )
            begun.append({"role": role, "mandate": str(made.pk)})
    return begun


def restore_mandates(
    *, person: Person, body: Entity, ended: Sequence[Mapping[str, str]]
) -> list[str]:
    """Her mandates hold again as they did; their roles."""
    for was in ended:
        begun, over = _day(was["from"]), _day(was["to"])
        kept = Mandate.objects.filter(pk=int(was.get("mandate", 0)), person=person)
        if not kept.update(valid_to=over):
            Mandate.objects.create(
                entity=body, person=person, role=was["role"], valid_from=begun, valid_to=over
            )
    return [was["role"] for was in ended]


def _told(day: date | None) -> str:
    """A day as it is kept."""
    return day.isoformat() if day else ""


def _day(told: str) -> date | None:
    """A day as it was kept."""
    return date.fromisoformat(told) if told else None
