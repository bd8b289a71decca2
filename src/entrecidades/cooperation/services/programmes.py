"""What may happen to a programme: made, edited, published, followed by its next edition."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.audit.changes import changes_since, made_with, snapshot
from entrecidades.audit.services import record
from entrecidades.cooperation.choices import Act, ProgrammeState, ProgrammeStep
from entrecidades.cooperation.models import Axis, Coordination, Programme, Relation
from entrecidades.cooperation.rules import AXES, PROGRAMME_LIFE, Incomplete, NotYourStep
from entrecidades.cooperation.selectors import lacking_in, require_runner
from entrecidades.kernel.editing import Units, differences
from entrecidades.kernel.ids import free_among, slug_of
from entrecidades.kernel.lives import next_state
from entrecidades.network.choices import Kind
from entrecidades.network.models import Entity
from entrecidades.network.selectors import require
from entrecidades.network.services import Edited, Seen, brought_together
from entrecidades.themes.models import Theme

#: What history tells of a programme when it begins.
TOLD = ("name", "begins_on", "ends_on", "relation", "edition_of", "state")
SLUG = 100
#: What addresses under ``programmes/`` mean otherwise.
RESERVED = ("new",)


@transaction.atomic
def make_programme(
    *,
    entity: Entity,
    name: Mapping[str, str],
    by: AbstractBaseUser,
    on: date,
    begins_on: date | None = None,
    ends_on: date | None = None,
    relation: Relation | None = None,
) -> Programme:
    """Draft a programme that an association coordinates for its country.

    Raises
    ------
    ValidationError
        When the person may not run programmes for the body (`NotAllowed`), it is no association
        (`NotYourStep`), or the programme would end before it begins.
    """
    require(by, Permission.CALL_RUN, entity, on=on)
    if entity.kind != Kind.ASSOCIATION:
        raise NotYourStep(_("Programmes are made by associations of local governments."))
    programme = Programme(
        name=dict(name),
        begins_on=begins_on,
        ends_on=ends_on,
        relation=relation,
        since_year=begins_on.year if begins_on else None,
    )
    return _begun(programme, entity, by)


@transaction.atomic
def clone_programme(
    *,
    programme: Programme,
    name: Mapping[str, str],
    begins_on: date | None,
    ends_on: date | None,
    by: AbstractBaseUser,
    on: date,
) -> Programme:
    """Draft the next edition: purposes and axes are copied, the window and the name are new.

    The person's body coordinates it at once; the others are asked, by another act.

    Raises
    ------
    ValidationError
        When the programme is not the person's to run (`NotAllowed`), or it would end before it
        begins.
    """
    body = require_runner(by, programme, on=on)
    edition = Programme(
        name={**programme.name, **name},
        purposes=programme.purposes,
        relation=programme.relation,
        since_year=programme.since_year,
        edition_of=programme,
        begins_on=begins_on,
        ends_on=ends_on,
    )
    _begun(edition, body, by)
    for axis in programme.axes.prefetch_related("themes"):
        copied = Axis.objects.create(programme=edition, position=axis.position, label=axis.label)
        copied.themes.set(axis.themes.all())
    return edition


def _begun(programme: Programme, entity: Entity, by: AbstractBaseUser) -> Programme:
    """Keep a new draft with its first coordinator, and tell history."""
    _refuse_incomplete([] if any(programme.name.values()) else [_("Give it a name.")])
    programme.state = ProgrammeState.DRAFT
    programme.slug = _free_slug(programme)
    programme.full_clean()
    programme.save()
    Coordination.objects.create(programme=programme, entity=entity, country_id=entity.country_id)
    told = made_with(programme, *TOLD)
    record(Act.MAKE_PROGRAMME, subject=programme, by=by, body=entity, changes=told)
    return programme


def _refuse_incomplete(lacking: list[str]) -> None:
    """Refuse what lacks something, each thing named."""
    if lacking:
        raise Incomplete(lacking)


def _free_slug(programme: Programme) -> str:
    """An address of its own for a new programme."""
    base = slug_of(str(programme))[:SLUG].strip("-") or "programme"
    taken = Programme.objects.filter(slug__startswith=base).values_list("slug", flat=True)
    return free_among(base, {*taken, *RESERVED})


@transaction.atomic
def edit_programme(
    *, programme: Programme, seen: Seen, said: Units, by: AbstractBaseUser, on: date
) -> Edited:
    """Let a programme say what its coordinator wrote, with what others wrote meanwhile.

    Raises
    ------
    ValidationError
        `NotAllowed`; `EditedMeanwhile` when others changed the same to something else;
        `Incomplete` when it would lose its name or its first day though everybody reads it.
    """
    row, body = _held(programme.pk, by, on)
    edited = brought_together(row, seen, said)
    if edited.changes:
        row.take(edited.written)
        row.full_clean()
        if row.state != ProgrammeState.DRAFT:
            _refuse_incomplete(lacking_in(row))
        row.save()
        told = edited.changes
        record(
            Act.EDIT_PROGRAMME, subject=row, by=by, body=body, changes=told, version=row.version
        )
    return edited


def held_programme(programme_id: int) -> Programme:
    """A programme's row until the transaction ends, counted as edited.

    What its coordinators have changed is no longer overwritten by reference data.
    """
    row = Programme.objects.select_for_update(of=("self",)).get(pk=programme_id)
    row.version += 1
    row.save(update_fields=["version"])
    return row


def _held(programme_id: int, by: AbstractBaseUser, on: date) -> tuple[Programme, Entity]:
    """A programme's row until the transaction ends, and the body for which the person runs it."""
    row = held_programme(programme_id)
    return row, require_runner(by, row, on=on)


@transaction.atomic
def take_programme_step(
    *, programme_id: int, step: ProgrammeStep, by: AbstractBaseUser, at: datetime
) -> Programme:
    """Publish a programme, declare it over, or take it up again.

    Raises
    ------
    ValidationError
        `NotAllowed`, `IllegalStep`; `Incomplete` with everything it does not say yet.
    """
    row, body = _held(programme_id, by, at.date())
    before = snapshot(row, "state")
    row.state = next_state(PROGRAMME_LIFE, ProgrammeState(row.state), step)
    if step == ProgrammeStep.PUBLISH:
        _refuse_incomplete(lacking_in(row))
    row.save(update_fields=["state"])
    changes = changes_since(before, row)
    record(Act.STEP_PROGRAMME, subject=row, by=by, body=body, changes=changes, step=step)
    return row


@transaction.atomic
def add_axis(
    *,
    programme_id: int,
    label: Mapping[str, str],
    themes: Iterable[Theme],
    by: AbstractBaseUser,
    on: date,
) -> Axis:
    """Name one more axis of a programme, after those that are there.

    Raises
    ------
    ValidationError
        `NotAllowed`; `Incomplete` when it has no name or no theme, or they are too many.
    """
    row, body = _held(programme_id, by, on)
    themes = list(themes)
    places = list(row.axes.values_list("position", flat=True))
    _refuse_incomplete(_axis_lacks(label, len(themes), len(places) + 1))
    axis = Axis(programme=row, label=dict(label), position=max(places, default=-1) + 1)
    axis.full_clean()
    axis.save()
    axis.themes.set(themes)
    changes = made_with(axis, *Axis.EDITED)
    record(Act.SET_AXIS, subject=axis, by=by, body=body, changes=changes, programme=row.pk)
    return axis


def _axis_lacks(label: Mapping[str, str], themes: int, axes: int) -> list[str]:
    """What an axis does not say."""
    lacking = [
        (not any(words.strip() for words in label.values()), _("Give it a name.")),
        (not themes, _("Choose at least one theme.")),
        (axes > AXES, _("A programme has at most %(most)s axes.") % {"most": AXES}),
    ]
    return [says for is_lacking, says in lacking if is_lacking]


@transaction.atomic
def edit_axis(*, axis: Axis, seen: Seen, said: Units, by: AbstractBaseUser, on: date) -> Edited:
    """Let an axis say what its coordinator wrote, with what others wrote meanwhile.

    Raises
    ------
    ValidationError
        `NotAllowed`, `EditedMeanwhile`; `Incomplete` when no name or no theme would be left.
    """
    programme, body = _held(axis.programme_id, by, on)
    row = Axis.objects.get(pk=axis.pk)
    edited = brought_together(row, seen, said)
    if edited.changes:
        row.take(edited.written)
        after = {**row.units(), **edited.written}
        _refuse_incomplete(_axis_lacks(row.label, len(after.get("themes") or []), 0))
        row.full_clean()
        row.version += 1
        row.save()
        if "themes" in edited.changes:
            row.themes.set(after["themes"])
        told = edited.changes
        record(Act.SET_AXIS, subject=row, by=by, body=body, changes=told, programme=programme.pk)
    return edited


@transaction.atomic
def drop_axis(*, axis: Axis, by: AbstractBaseUser, on: date) -> None:
    """Take an axis out of a programme; history keeps what it said.

    Raises
    ------
    ValidationError
        `NotAllowed`; `Incomplete` when everybody reads the programme and it is the last axis.
    """
    programme, body = _held(axis.programme_id, by, on)
    row = Axis.objects.filter(pk=axis.pk).first()
    if row is None:
        return
    changes = differences(row.units(), {})
    record(Act.DROP_AXIS, subject=row, by=by, body=body, changes=changes, programme=programme.pk)
    row.delete()
    if programme.state != ProgrammeState.DRAFT:
        _refuse_incomplete(lacking_in(programme))
