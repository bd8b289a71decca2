"""Editing a record that others may be editing too: nothing anybody changed is lost in silence."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.audit.services import record as leave_trace
from entrecidades.engines.folding import fold
from entrecidades.kernel.editing import Units, differences, merge
from entrecidades.kernel.removal import Removable
from entrecidades.kernel.versions import OF, Versioned
from entrecidades.network.choices import Act, NameKind
from entrecidades.network.models import Editable, Entity, EntityName
from entrecidades.network.rules import EditedMeanwhile, Removed
from entrecidades.network.selectors.rights import require
from entrecidades.network.services.register import name_entity, note_changes

Record = TypeVar("Record", bound=Editable)


@dataclass(frozen=True, slots=True)
class Seen:
    """What an editor was shown before she wrote: its version and its units (None: unknown)."""

    version: int
    units: Units | None


@dataclass(frozen=True, slots=True)
class Edited:
    """What an edit has come to: what it changed, and what others had changed meanwhile."""

    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    theirs: tuple[str, ...] = ()

    @property
    def written(self) -> Units:
        """The changed units as they are from now on."""
        return {unit: after for unit, (_before, after) in self.changes.items()}


@transaction.atomic
def edit_record(
    *, record: Editable, seen: Seen, said: Units, by: AbstractBaseUser, on: date
) -> Edited:
    """Let a record say what its editor wrote, together with what others wrote meanwhile.

    ``said`` are the units she was asked for; those she was not asked for stay. The row is
    locked before it is compared, so that of two who save at once the second meets the first.
    Whoever wrote (a colleague, an import, the house itself) is met: values are compared, not
    only versions. An edit that changes nothing leaves no trace.

    Raises
    ------
    EditedMeanwhile
        When others changed the same units to something else; nothing is saved.
    ValidationError
        When the person may not edit it (`NotAllowed`), it was removed (`Removed`), or what it
        would say is refused.
    """
    row = lock(record)
    require(by, row.edited_with, row.body, on=on)
    edited = brought_together(row, seen, said)
    if edited.changes:
        _write(row, edited.written, by=by)
        _tell(row, edited.changes, by=by)
    return edited


def brought_together(row: Versioned, seen: Seen, said: Units) -> Edited:
    """What an edit of a locked row comes to, together with what others wrote meanwhile.

    Raises
    ------
    EditedMeanwhile
        When others changed the same units to something else.
    """
    there = row.units()
    base = there if seen.units is None else seen.units
    merged = merge(seen.units, there, {**base, **said})
    if merged.clashes:
        told = _("Somebody else has changed the same meanwhile. Choose what is to stay.")
        raise EditedMeanwhile(told, merged=merged, there=there, version=row.version)
    return Edited(differences(there, merged.values), merged.theirs_alone)


def lock(record: Record) -> Record:
    """The record's row as it is now, held until the transaction ends.

    Raises
    ------
    Removed
        When somebody removed it meanwhile.
    """
    kind = type(record)
    rows = kind.every_row if issubclass(kind, Removable) else kind._default_manager
    row: Record | None = rows.select_for_update(of=("self",)).filter(pk=record.pk).first()
    if row is None or getattr(row, "removed_at", None):
        raise Removed(_("This was removed meanwhile. What you wrote still stands here."))
    return row


def _write(row: Editable, changed: Units, *, by: AbstractBaseUser) -> None:
    """Save the row and what stands beside it, and count one version more."""
    row.take(changed)
    row.check_edit(changed, by=by.pk)
    columns = {one.name for one in row._meta.fields}
    row.full_clean(exclude=columns - {*row.EDITED})
    row.version += 1
    row.save()
    for one in row._meta.many_to_many:
        if one.name in changed:
            getattr(row, one.name).set(changed[one.name] or [])
    if isinstance(row, Entity):
        _write_names(row, changed)
    note_changes([row.seat_key] if row.seat_key else [])


def _write_names(entity: Entity, changed: Units) -> None:
    """Bring the names beside a body into line with its profile, so that it is found by them."""
    bears = entity.names.filter(kind=NameKind.OFFICIAL, valid_to=None)
    for unit, words in changed.items():
        name, _of, language = unit.partition(OF)
        if name != "names":
            continue
        bears.filter(language=language).delete()
        if words:
            EntityName.objects.create(
                entity=entity, language=language, name=words, key=fold(words)[:300]
            )
    if "name" in changed:
        bears.filter(language="").delete()
        name_entity(entity, language="", name=entity.name)


def _tell(row: Editable, changes: Mapping[str, tuple[Any, Any]], *, by: AbstractBaseUser) -> None:
    """Leave the one trace of an edit, unit by unit; who is or was named is whom it is about."""
    was, now = changes.get("holder", (None, None))
    about = get_user_model().objects.filter(pk=now or was).first() if now or was else None
    leave_trace(
        Act.EDIT,
        subject=row,
        by=by,
        body=row.body,
        about=about,
        changes=changes,
        version=row.version,
    )
