"""Removing a record of a body, bringing it back, and letting it go for good after thirty days."""

from collections.abc import Iterator
from datetime import date, datetime

from django.apps import apps
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.audit.services import record as leave_trace
from entrecidades.kernel.removal import KEPT_FOR
from entrecidades.network.choices import Act
from entrecidades.network.models import Kept
from entrecidades.network.rules import Removed
from entrecidades.network.selectors.rights import require
from entrecidades.network.services.editing import lock
from entrecidades.network.services.register import note_changes


@transaction.atomic
def remove(*, record: Kept, by: AbstractBaseUser, on: date, at: datetime) -> None:
    """Take a record out of everybody's sight; its body can bring it back for thirty days.

    Raises
    ------
    ValidationError
        When the person may not (`NotAllowed`), it was removed already (`Removed`), or something
        rests on it.
    """
    row = lock(record)
    require(by, row.edited_with, row.body, on=on)
    row.check_removal()
    row.removed_at, row.removed_by = at, by.pk
    _save(row, Act.REMOVE, by)


@transaction.atomic
def bring_back(*, record: Kept, by: AbstractBaseUser, on: date) -> None:
    """Let a removed record be there again, exactly as it was; asked twice, it stays there.

    Raises
    ------
    ValidationError
        When the person may not (`NotAllowed`), or it is gone for good (`Removed`).
    """
    rows = type(record).every_row.select_for_update(of=("self",))
    row: Kept | None = rows.filter(pk=record.pk).first()
    if row is None:
        raise Removed(_("Thirty days are over: it is gone for good."))
    require(by, row.edited_with, row.body, on=on)
    if row.removed_at is not None:
        row.removed_at = row.removed_by = None
        _save(row, Act.BRING_BACK, by)


def _save(row: Kept, act: Act, by: AbstractBaseUser) -> None:
    """Save whether a record is there, tell those who read place profiles, and leave one trace."""
    row.save(update_fields=["removed_at", "removed_by"])
    note_changes([row.seat_key] if row.seat_key else [])
    leave_trace(act, subject=row, by=by, body=row.body)


@transaction.atomic
def delete_removed(*, at: datetime, at_most: int) -> int:
    """Delete what was removed more than thirty days ago, some at once; how many there were."""
    deleted = 0
    for kind in removable_kinds():
        over = kind.every_row.filter(removed_at__lt=at - KEPT_FOR).order_by("pk")
        for row in over.select_for_update(of=("self",), skip_locked=True)[: at_most - deleted]:
            leave_trace(Act.DELETE, subject=row, by=None, body=row.body)
            row.delete()
            deleted += 1
    return deleted


def removable_kinds() -> Iterator[type[Kept]]:
    """Every kind of record that can be removed, whichever room it is of."""
    return (kind for kind in apps.get_models() if issubclass(kind, Kept))
