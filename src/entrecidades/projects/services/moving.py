"""A project is led one step on, and the last step taken back while nothing followed it."""

from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.audit.changes import changes_since, snapshot
from entrecidades.audit.services import record
from entrecidades.kernel.lives import next_state
from entrecidades.network.models import Entity
from entrecidades.network.selectors import entities_where
from entrecidades.projects.choices import Act, ProjectState, ProjectStep
from entrecidades.projects.models import Move, Project
from entrecidades.projects.rules import (
    LIFE,
    PROGRAMME,
    TAKEN_BY,
    NothingToUndo,
    NotYourStep,
    resumed,
)
from entrecidades.projects.selectors import last_move, leads_of, rested_from, sides_of
from entrecidades.projects.services.beginning import hear_of, locked
from entrecidades.queue.services import enqueue

MOVED = ("state", "actual_from", "actual_to")


@transaction.atomic
def take_project_step(
    *, project_id: int, step: ProjectStep, by: AbstractBaseUser, at: datetime
) -> Project:
    """Lead a project one step on; its actual days follow where nobody wrote them.

    The row is locked before it is read: of two people the second is refused.

    Raises
    ------
    ValidationError
        `IllegalStep` or `NotYourStep`; the message is for the person who asked.
    """
    project = locked(project_id)
    was, before = ProjectState(project.state), snapshot(project, *MOVED)
    after = next_state(LIFE, was, step)
    if step == ProjectStep.RESUME:
        after = resumed(rested_from(project))
    if not TAKEN_BY[step] & sides_of(project, by, on=at.date()):
        raise NotYourStep(_("This step is for the coordinating body to take."))
    move = Move(
        project=project,
        step=step,
        was=was,
        now=after,
        was_from=project.actual_from,
        was_to=project.actual_to,
        at=at,
    )
    project.state = after
    _note_days(project, step, at.date())
    _save_moved(project)
    move.version = project.version
    move.save()
    hear_of(project, at)
    record(
        Act.STEP,
        subject=project,
        by=by,
        body=_speaker(project, step, by, on=at.date()),
        changes=changes_since(before, project),
        step=step,
        was=was,
        now=after,
    )
    enqueue("projects.tell_of_project", project_id=project.pk, event="moved")
    return project


def _save_moved(project: Project) -> None:
    """Save what a move changes; those who edit the project meanwhile meet it."""
    project.version += 1
    project.save(update_fields=[*MOVED, "version"])


def _note_days(project: Project, step: ProjectStep, on: date) -> None:
    """What has begun or ended did so today, unless another day is written already."""
    if step == ProjectStep.IMPLEMENT and project.actual_from is None:
        project.actual_from = on
    if step == ProjectStep.CLOSE and project.actual_to is None and project.actual_from:
        project.actual_to = max(on, project.actual_from)


def _speaker(
    project: Project, step: ProjectStep, by: AbstractBaseUser, *, on: date
) -> Entity | None:
    """The body for which somebody takes a step: the leading one, else that of the programme."""
    mine = entities_where(by, Permission.EDIT_PROJECT, on=on)
    if mine.filter(pk=project.entity_id).exists():
        return project.entity
    if PROGRAMME in TAKEN_BY[step]:
        return mine.filter(pk__in=leads_of(project)).first()
    return None


@transaction.atomic
def undo_last_step(*, project_id: int, by: AbstractBaseUser, at: datetime) -> Project:
    """Take the last step back: the state and the days are what they were before it.

    Raises
    ------
    ValidationError
        When there is no step to undo or something followed it (`NothingToUndo`), or the step
        would not have been the person's to take (`NotYourStep`).
    """
    project = locked(project_id)
    move = last_move(project)
    if move is None:
        raise NothingToUndo(_("There is no step to take back, or something has followed it."))
    if not TAKEN_BY[ProjectStep(move.step)] & sides_of(project, by, on=at.date()):
        raise NotYourStep(_("This step is for the coordinating body to take."))
    before = snapshot(project, *MOVED)
    project.state, project.actual_from, project.actual_to = move.was, move.was_from, move.was_to
    _save_moved(project)
    move.undone_at = at
    move.save(update_fields=["undone_at"])
    hear_of(project, at)
    record(
        Act.UNDO,
        subject=project,
        by=by,
        body=_speaker(project, ProjectStep(move.step), by, on=at.date()),
        changes=changes_since(before, project),
        step=move.step,
    )
    enqueue("projects.tell_of_project", project_id=project.pk, event="moved")
    return project
