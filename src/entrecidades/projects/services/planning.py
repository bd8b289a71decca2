"""What a project consists of is entered: milestones, budget, indicators, shares of its themes."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

from entrecidades.accounts.permissions import Permission
from entrecidades.audit.changes import changes_since, made_with, snapshot
from entrecidades.audit.services import record
from entrecidades.network.selectors import require
from entrecidades.projects.choices import Act
from entrecidades.projects.models import BudgetLine, Indicator, Milestone, Project
from entrecidades.projects.models.parts import Part
from entrecidades.projects.rules import check_shares
from entrecidades.projects.services.beginning import hear_of, locked

Line = TypeVar("Line", bound=Part)


def plan_milestone(
    *,
    project_id: int,
    title: str,
    language: str,
    by: AbstractBaseUser,
    at: datetime,
    **days: Any,
) -> Milestone:
    """Something is to be done by a day: ``due_on``, perhaps from ``starts_on``."""
    return _plan(Milestone, project_id, {language: title}, days, by=by, at=at)


def plan_budget_line(
    *,
    project_id: int,
    title: str,
    language: str,
    by: AbstractBaseUser,
    at: datetime,
    **facts: Any,
) -> BudgetLine:
    """An amount is foreseen: ``amount``, ``currency``, perhaps ``payer`` and a period."""
    return _plan(BudgetLine, project_id, {language: title}, facts, by=by, at=at)


def plan_indicator(
    *,
    project_id: int,
    title: str,
    language: str,
    by: AbstractBaseUser,
    at: datetime,
    **facts: Any,
) -> Indicator:
    """Something is to be measured: ``unit``, ``target``, perhaps ``result`` and ``baseline``."""
    result = str(facts.pop("result", "")).strip()
    facts["result"] = {language: result} if result else {}
    return _plan(Indicator, project_id, {language: title}, facts, by=by, at=at)


@transaction.atomic
def _plan(
    kind: type[Line],
    project_id: int,
    title: dict[str, str],
    facts: Mapping[str, Any],
    *,
    by: AbstractBaseUser,
    at: datetime,
) -> Line:
    """Enter one line of a project.

    Raises
    ------
    ValidationError
        When the person may not (`NotAllowed`), or what it says cannot be.
    """
    project = locked(project_id)
    require(by, Permission.EDIT_PROJECT, project.entity, on=at.date())
    part = kind(project=project, entity=project.entity, title=title, **facts)
    part.check_edit({}, by=by.pk)
    part.full_clean()
    part.save()
    told = made_with(part, *kind.EDITED)
    record(Act.PLAN, subject=part, by=by, body=project.entity, changes=told, project=project.pk)
    hear_of(project, at)
    return part


@transaction.atomic
def finish_milestone(*, milestone_id: int, by: AbstractBaseUser, at: datetime) -> Milestone:
    """A milestone is done today; said twice, the first day stays.

    Raises
    ------
    ValidationError
        When the person may not report for the coordinating body (`NotAllowed`).
    """
    milestone = Milestone.objects.select_for_update(of=("self",)).get(pk=milestone_id)
    project = locked(milestone.project_id)
    require(by, Permission.REPORT_PROJECT, project.entity, on=at.date())
    if milestone.done_on is None:
        before = snapshot(milestone, "done_on")
        milestone.done_on = at.date()
        milestone.version += 1
        milestone.save(update_fields=["done_on", "version"])
        changes = changes_since(before, milestone)
        record(Act.FINISH, subject=milestone, by=by, body=project.entity, changes=changes)
        hear_of(project, at)
    return milestone


@transaction.atomic
def share_out(
    *,
    project_id: int,
    shares: Mapping[int, Decimal | None],
    by: AbstractBaseUser,
    at: datetime,
) -> Project:
    """Say which share of the whole each theme of a project has, by the keys of the themes.

    Raises
    ------
    ValidationError
        When the person may not (`NotAllowed`), or the shares make no whole (`NotWhole`): every
        problem is named, and nothing is saved.
    """
    project = locked(project_id)
    require(by, Permission.EDIT_PROJECT, project.entity, on=at.date())
    rows = list(project.shares.all())
    given = {row.pk: shares.get(row.theme_id) for row in rows}
    check_shares(list(given.values()))
    if all(row.percent == given[row.pk] for row in rows):
        return project
    for row in rows:
        row.percent = given[row.pk]
        row.save(update_fields=["percent"])
    told = {str(row.theme_id): str(row.percent or "") for row in rows}
    record(Act.SHARE_OUT, subject=project, by=by, body=project.entity, shares=told)
    hear_of(project, at)
    return project
