"""A campaign of declarations is opened, chased and reminded of; its parties declare."""

from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.audit.changes import changes_since, made_with, snapshot
from entrecidades.audit.services import record
from entrecidades.cooperation.models import Programme
from entrecidades.kernel.lives import next_state
from entrecidades.network.selectors import Reader, reader_of, require
from entrecidades.projects.choices import ProjectState
from entrecidades.projects.selectors import projects_told, tellers_of
from entrecidades.projects.services import report_on_project
from entrecidades.queue.services import enqueue
from entrecidades.reporting.choices import Act, DeclarationState, DeclarationStep
from entrecidades.reporting.models import Campaign, Declaration
from entrecidades.reporting.rules import (
    DECLARATION_LIFE,
    ChangedMeanwhile,
    check_deadline,
    check_reminder,
    check_year,
    notice_due,
    notices_until,
)
from entrecidades.reporting.selectors import Recorded, recorded_in
from entrecidades.reporting.services.years import speaks_for


@transaction.atomic
def open_campaign(
    *, programme: Programme, year: int, due_on: date, by: AbstractBaseUser, at: datetime
) -> Campaign:
    """Ask the parties of all projects of a year to declare it; opened twice, it is one.

    Raises
    ------
    ValidationError
        `NotACoordinator`, `NoSuchYear`; `NoSuchDeadline` when the last day is not to come.
    """
    entity = speaks_for(programme, by, at)
    check_year(year, at.date())
    check_deadline(due_on, at.date())
    # The programme's row is the lock: of two who open at once both find one campaign.
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    known = Campaign.objects.filter(programme=programme, year=year).first()
    if known is not None:
        return known
    noticed = notices_until(due_on, at.date())
    campaign = Campaign(
        programme=programme,
        year=year,
        entity=entity,
        due_on=due_on,
        opened_at=at,
        noticed=noticed,
    )
    campaign.full_clean()
    campaign.save()
    told = made_with(campaign, "programme", "year", "due_on")
    record(Act.OPEN_CAMPAIGN, subject=campaign, by=by, body=entity, changes=told)
    _gather(campaign, reader_of(by, on=at.date()))
    _write_to_awaited(campaign)
    return campaign


def _gather(campaign: Campaign, reader: Reader) -> None:
    """Await a declaration of each who tells of a project of the year that the reader sees."""
    projects = projects_told(reader).filter(programme=campaign.programme_id)
    projects = projects.exclude(state=ProjectState.CANCELLED).in_year(campaign.year)
    there = set(campaign.declarations.values_list("project", "entity"))
    for project in projects.order_by("pk"):
        for party in tellers_of(project):
            if (project.pk, party.pk) not in there:
                Declaration.objects.create(campaign=campaign, project=project, entity=party)


def _write_to_awaited(campaign: Campaign) -> int:
    """Promise a letter to each party that has not declared; how many."""
    awaited = campaign.declarations.filter(
        state=DeclarationState.AWAITED, project__removed_at=None
    )
    keys = list(awaited.order_by("pk").values_list("pk", flat=True))
    for key in keys:
        enqueue("reporting.tell_of_declaration", declaration_id=key)
    return len(keys)


@transaction.atomic
def chase(*, campaign_id: int, by: AbstractBaseUser, at: datetime) -> int:
    """Promise a letter to all who have not declared, newly begun projects among them; how many.

    Raises
    ------
    ValidationError
        `NotACoordinator`; `TooSoon` when they were reminded a moment ago.
    """
    campaign = _held(campaign_id)
    entity = speaks_for(campaign.programme, by, at)
    check_reminder(campaign.chased_at, at)
    _gather(campaign, reader_of(by, on=at.date()))
    campaign.chased_at = at
    campaign.save(update_fields=["chased_at"])
    count = _write_to_awaited(campaign)
    record(Act.CHASE, subject=campaign, by=by, body=entity, parties=count)
    return count


def _held(campaign_id: int) -> Campaign:
    """A campaign's row until the transaction ends."""
    rows = Campaign.objects.select_related("programme")
    return rows.select_for_update(of=("self",)).get(pk=campaign_id)


@transaction.atomic
def remind_declarants(*, campaign_id: int, on: date) -> bool:
    """Promise the reminder whose day has come, once; False if there is none."""
    campaign = _held(campaign_id)
    notice = notice_due(campaign.due_on, on, campaign.noticed)
    if notice is None:
        return False
    campaign.noticed = notices_until(campaign.due_on, on)
    campaign.save(update_fields=["noticed"])
    count = _write_to_awaited(campaign)
    record(Act.NOTICE, subject=campaign, by=None, days=notice, parties=count)
    return True


@transaction.atomic
def declare(
    *,
    declaration_id: int,
    step: DeclarationStep,
    shown: str,
    words: str,
    language: str,
    by: AbstractBaseUser,
    at: datetime,
    correction: str = "",
    next_words: str = "",
    quote: str = "",
    may_quote: bool = False,
) -> Declaration:
    """A party confirms what is recorded of a year, or says what is different, and reports on it.

    ``shown`` names the facts it was shown. The report is the project's own: the annual report
    and the conditions of calls read it there. Confirmed twice, it is confirmed once.

    Raises
    ------
    ValidationError
        `NotAllowed`; `ChangedMeanwhile` when something was recorded since; a correction without
        words, or a report that says nothing.
    """
    row, recorded = _shown(declaration_id, shown, by, at)
    before = snapshot(row, "state", "correction")
    row.state = next_state(DECLARATION_LIFE, DeclarationState(row.state), step)
    row.correction = correction.strip() if step == DeclarationStep.CORRECT else ""
    row.language, row.facts, row.declared_at = language, recorded.facts(), at
    row.full_clean()
    report_on_project(
        project_id=row.project_id,
        entity=row.entity,
        first_on=date(row.campaign.year, 1, 1),
        last_on=date(row.campaign.year, 12, 31),
        words=words,
        language=language,
        next_words=next_words,
        quote=quote,
        may_quote=may_quote,
        by=by,
        at=at,
    )
    row.save()
    changes = changes_since(before, row)
    if changes:
        record(Act.DECLARE, subject=row, by=by, body=row.entity, changes=changes, step=step)
    return row


def _shown(
    declaration_id: int, shown: str, by: AbstractBaseUser, at: datetime
) -> tuple[Declaration, Recorded]:
    """The declaration's row, held, if it is hers to make and she was shown what is recorded."""
    rows = Declaration.objects.select_related("campaign", "project", "entity")
    row = rows.select_for_update(of=("self",)).get(pk=declaration_id)
    require(by, Permission.REPORT_PROJECT, row.entity, on=at.date())
    recorded = recorded_in(row.project, row.campaign.year)
    if recorded.digest() != shown:
        told = _("Something was recorded meanwhile. Look at it again: your words still stand.")
        raise ChangedMeanwhile(told)
    return row, recorded
