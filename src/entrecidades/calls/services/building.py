"""Making and building a call: drafted together, copied from an earlier one, problems and all."""

from collections.abc import Mapping
from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.audit.changes import made_with
from entrecidades.audit.services import record
from entrecidades.calls.choices import Act, CallState
from entrecidades.calls.models import Call
from entrecidades.calls.rules.building import check_zone
from entrecidades.calls.selectors import require_runner
from entrecidades.cooperation.models import Programme
from entrecidades.kernel.editing import Units
from entrecidades.kernel.ids import free_among, slug_of
from entrecidades.kernel.lives import IllegalStep
from entrecidades.kernel.versions import OF
from entrecidades.network.services import Edited, Seen, brought_together

#: What a copy takes over; its days are its own, and so are the languages it was read over in.
COPIED = tuple(
    name
    for name in Call.EDITED
    if name not in {"opens_at", "closes_at", "reads_until", "decides_on", "checked"}
)
SLUG = 100


@transaction.atomic
def make_call(
    *,
    programme: Programme,
    title: Mapping[str, str],
    by: AbstractBaseUser,
    at: datetime,
    copy_of: Call | None = None,
) -> Call:
    """Draft a call of a programme, perhaps as a copy of an earlier one.

    Raises
    ------
    NotAllowed
        When none of the person's bodies coordinates the programme.
    NoSuchZone
        When the copied call tells its days by a clock that there is not.
    """
    body = require_runner(by, programme, on=at.date())
    call = Call(programme=programme, entity=body, moved_at=at)
    if copy_of is not None:
        for name in COPIED:
            setattr(call, name, getattr(copy_of, name))
        call.copied_from = copy_of
    call.title = {**call.title, **title}
    call.languages = call.languages or list(title)
    call.slug = _free_slug(title, programme)
    check_zone(call.zone)
    call.full_clean(exclude=["copied_from"])
    call.save()
    record(
        Act.MAKE_CALL,
        subject=call,
        by=by,
        body=body,
        changes=made_with(call, "title", "languages"),
        programme=programme.pk,
        copied_from=copy_of.pk if copy_of else None,
    )
    return call


def _free_slug(title: Mapping[str, str], programme: Programme) -> str:
    """An address of its own for a new call."""
    words = next((words for words in title.values() if words.strip()), "")
    base = (slug_of(words) or programme.slug)[:SLUG].strip("-")
    taken = set(Call.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return free_among(base, taken)


@transaction.atomic
def edit_call(*, call: Call, seen: Seen, said: Units, by: AbstractBaseUser, on: date) -> Edited:
    """Let a call say what its builder wrote, together with what others wrote meanwhile.

    A draft may be wrong in any way; only publishing asks (`problems_of`). Once the call is out,
    its words may be put better, but not its rules: who reads it today reads what others read.
    A language that was read over is so no longer once somebody writes in it.

    Raises
    ------
    EditedMeanwhile
        When others changed the same units to something else; nothing is saved.
    IllegalStep
        When the call is out and a rule of it would change.
    NoSuchZone
        When its days would be told by a clock that there is not.
    """
    row = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    body = require_runner(by, row.programme, on=on)
    edited = brought_together(row, seen, said)
    changes = edited.changes
    if changes:
        _refuse_new_rules(row, changes)
        row.take(edited.written)
        check_zone(row.zone)
        _forget_checks(row, changes)
        columns = {one.name for one in row._meta.fields}
        row.full_clean(exclude=columns - {*row.EDITED})
        row.version += 1
        row.save()
        record(Act.EDIT_CALL, subject=row, by=by, body=body, changes=changes, version=row.version)
    return edited


def _refuse_new_rules(call: Call, changes: Mapping[str, object]) -> None:
    """Refuse to change a rule of a call that is out."""
    if call.state == CallState.DRAFT:
        return
    fixed = {unit.partition(OF)[0] for unit in changes} - {*Call.STILL}
    if fixed:
        names = ", ".join(sorted(_words_of(call, name) for name in fixed))
        told = _("The call is out, and those who apply rely on it. This stays as it is: %(what)s.")
        raise IllegalStep(told % {"what": names})


def _words_of(call: Call, name: str) -> str:
    """What a field is called."""
    return str(getattr(call._meta.get_field(name), "verbose_name", name))


def _forget_checks(call: Call, changes: Mapping[str, object]) -> None:
    """Take a language whose texts have changed from those that were read over."""
    if "checked" in changes:
        return
    written = {unit.partition(OF)[2] for unit in changes if OF in unit}
    call.checked = [code for code in call.checked if code not in written]
