"""Writing an application together: it saves itself, and nobody's words are lost."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.audit.services import record
from entrecidades.calls.choices import Act, ApplicationState, AskedOf
from entrecidades.calls.models import Application, Call, Part
from entrecidades.calls.rules.building import LONGEST
from entrecidades.calls.selectors import parts_where
from entrecidades.kernel.editing import Units, differences, merge
from entrecidades.kernel.errors import Refusal
from entrecidades.kernel.lives import IllegalStep
from entrecidades.network.models import Entity
from entrecidades.network.rules import EditedMeanwhile, NotAllowed
from entrecidades.network.services import Seen

Sheet = Application | Part


class NotAsked(Refusal):
    """An answer to a question that was not put, or longer than anybody would read."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving has come to: the sheet as it is now, and what others had changed meanwhile."""

    sheet: Sheet
    changed: tuple[str, ...]
    theirs: tuple[str, ...]


@transaction.atomic
def save_answers(
    *,
    sheet: Sheet,
    seen: Seen,
    said: Units,
    by: AbstractBaseUser,
    at: datetime,
    tells: bool = True,
) -> Saved:
    """Keep answers to the whole or to one body's part, wrong or unfinished as they may be.

    ``tells`` is False when the page saved by itself: history is told later, in one trace
    (docs/adr/0038). Whoever changed an answer, all bodies have to confirm anew.

    Raises
    ------
    EditedMeanwhile
        When others changed the same answers to something else; nothing is saved.
    ValidationError
        When the person may not write it (`NotAllowed`), it is a draft no longer
        (`IllegalStep`) or the question is not one of the call's (`NotAsked`).
    """
    application = lock_draft(_application(sheet).pk)
    row = _fresh(sheet, application)
    _require_writer(row, application, by, at)
    _refuse_unasked(row, application, said)
    there = row.units()
    base = there if seen.units is None else seen.units
    merged = merge(seen.units, there, {**base, **said})
    if merged.clashes:
        told = _("Somebody else has changed the same meanwhile. Choose what is to stay.")
        raise EditedMeanwhile(told, merged=merged, there=there, version=row.version)
    changes = differences(there, merged.values)
    if changes:
        _write(row, {unit: after for unit, (_was, after) in changes.items()}, by, at)
        application.parts.filter(confirmed_at__isnull=False).update(confirmed_at=None)
    if tells:
        tell_untold(row)
    return Saved(row, tuple(changes), merged.theirs_alone)


def tell_all(application: Application) -> None:
    """Tell history what was written in an application and its parts since it was last told."""
    tell_untold(application)
    for part in application.parts.select_related("entity"):
        tell_untold(part)


def lock_draft(application_id: int) -> Application:
    """An application that is still written, held until the transaction ends.

    Raises
    ------
    IllegalStep
        When it is a draft no longer.
    """
    rows = Application.objects.select_for_update(of=("self",)).select_related("lead", "call")
    application = rows.get(pk=application_id)
    if application.state != ApplicationState.DRAFT:
        said = {"state": ApplicationState(application.state).label}
        raise IllegalStep(_("The application is “%(state)s”; it can no longer be written.") % said)
    return application


def lock_with_call(application_id: int) -> Application:
    """An application and its call, both held until the transaction ends, the call first.

    Whatever asks for the state of the call as well takes the locks in this order, so that it
    neither acts on a call that is being led on nor waits for one that waits for it.
    """
    call_id = Application.objects.values_list("call", flat=True).get(pk=application_id)
    call = Call.objects.select_for_update(of=("self",)).get(pk=call_id)
    rows = Application.objects.select_for_update(of=("self",)).select_related("lead")
    application = rows.get(pk=application_id)
    application.call = call
    return application


def _application(sheet: Sheet) -> Application:
    """The application to which a sheet belongs."""
    return sheet if isinstance(sheet, Application) else sheet.application


def _fresh(sheet: Sheet, application: Application) -> Sheet:
    """The sheet's row as it is under the lock of its application."""
    if isinstance(sheet, Application):
        return application
    return Part.objects.select_related("entity").get(pk=sheet.pk, application=application)


def _require_writer(
    sheet: Sheet, application: Application, by: AbstractBaseUser, at: datetime
) -> None:
    """Refuse who writes for none of the bodies, or not for the one whose part it is."""
    parts = parts_where(application, by, Permission.DRAFT, on=at.date())
    if isinstance(sheet, Part):
        parts = [part for part in parts if part.pk == sheet.pk]
    if not parts:
        raise NotAllowed(_("Your role does not allow this for the bodies that apply."))


def _refuse_unasked(sheet: Sheet, application: Application, said: Units) -> None:
    """Refuse answers to what was not asked, and those that nobody would read."""
    asked_of = AskedOf.SIDE if isinstance(sheet, Part) else AskedOf.WHOLE
    asked = {one["key"] for one in application.call.questions_of(asked_of)}
    if {*said} - asked:
        raise NotAsked(_("The call does not ask this."))
    if any(len(str(value)) > 2 * LONGEST for value in said.values()):
        raise NotAsked(_("This is too long to be kept."))


def _write(row: Sheet, changed: Mapping[str, Any], by: AbstractBaseUser, at: datetime) -> None:
    """Save a sheet; what somebody else wrote before and history does not know is told first."""
    if row.saved_by not in {None, by.pk}:
        tell_untold(row)
    row.take(changed)
    row.saved_at, row.saved_by = at, by.pk
    row.version += 1
    row.save(update_fields=["answers", "told", "saved_at", "saved_by", "version"])


def tell_untold(sheet: Sheet) -> None:
    """Tell history what was written in a sheet since it was last told, as its writer's act."""
    changes = differences(sheet.told, sheet.answers)
    if not changes:
        return
    writer = get_user_model().objects.filter(pk=sheet.saved_by or 0).first()
    record(
        Act.ANSWER,
        subject=_application(sheet),
        by=writer,
        body=sheet.entity if isinstance(sheet, Part) else _body_of(sheet),
        changes={f"answers.{key}": change for key, change in changes.items()},
        part=sheet.entity_id if isinstance(sheet, Part) else None,
    )
    sheet.told = dict(sheet.answers)
    sheet.save(update_fields=["told"])


def _body_of(application: Application) -> Entity:
    """The body in whose name the whole is written."""
    return application.lead
