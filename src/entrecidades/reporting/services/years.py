"""A programme's report of a year is begun, published, taken back, and asked for."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.audit.changes import changes_since, made_with, snapshot
from entrecidades.audit.services import record
from entrecidades.cooperation.models import Programme
from entrecidades.network.models import Entity
from entrecidades.network.selectors import entities_where, reader_of
from entrecidades.projects.services import ask_for_report
from entrecidades.reporting.choices import Act, ReportState
from entrecidades.reporting.models import AnnualReport, Edition
from entrecidades.reporting.rules import NotACoordinator, OutAlready, check_reminder, check_year
from entrecidades.reporting.selectors import who_reported
from entrecidades.reporting.services.editions import ask_all_editions, ask_edition


@transaction.atomic
def begin_report(
    *, programme: Programme, year: int, by: AbstractBaseUser, at: datetime
) -> AnnualReport:
    """Begin the report of a programme on a year; begun twice, it is one.

    Raises
    ------
    ValidationError
        When the person speaks for no coordinator (`NotACoordinator`), or the year cannot be
        reported on (`NoSuchYear`).
    """
    entity = speaks_for(programme, by, at)
    check_year(year, at.date())
    # The programme's row is the lock: of two who begin at once both find one report.
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    known = AnnualReport.objects.filter(programme=programme, year=year).first()
    if known is not None:
        return known
    report = AnnualReport(programme=programme, year=year, entity=entity)
    report.full_clean()
    report.save()
    told = made_with(report, "programme", "year", "state")
    record(Act.BEGIN, subject=report, by=by, body=entity, changes=told)
    return report


def speaks_for(programme: Programme, by: AbstractBaseUser, at: datetime) -> Entity:
    """The coordinating body that a person speaks for."""
    mine = entities_where(by, Permission.EDIT_PROJECT, on=at.date())
    coordinators = programme.coordinations.values("entity")
    entity = mine.filter(pk__in=coordinators).first()
    if entity is None:
        raise NotACoordinator(_("The report is for those who coordinate the programme."))
    return entity


@transaction.atomic
def publish_report(*, report_id: int, by: AbstractBaseUser, at: datetime) -> AnnualReport:
    """Let everybody read a report; its files are promised in all our languages.

    Raises
    ------
    ValidationError
        When it is not the person's to publish (`NotACoordinator`), or it is out (`OutAlready`).
    """
    report, entity = _locked(report_id, by, at)
    if report.state == ReportState.PUBLISHED:
        raise OutAlready(_("The report is out already."))
    return _turn(report, entity, ReportState.PUBLISHED, by, at)


@transaction.atomic
def withdraw_report(*, report_id: int, by: AbstractBaseUser, at: datetime) -> AnnualReport:
    """Take a report back to the desk; it can be published again.

    Raises
    ------
    ValidationError
        When it is not the person's to take back (`NotACoordinator`), or not out (`OutAlready`).
    """
    report, entity = _locked(report_id, by, at)
    if report.state == ReportState.DRAFT:
        raise OutAlready(_("The report is not out."))
    return _turn(report, entity, ReportState.DRAFT, by, at)


def _locked(report_id: int, by: AbstractBaseUser, at: datetime) -> tuple[AnnualReport, Entity]:
    """The report as it is now, and for whom the person speaks."""
    rows = AnnualReport.objects.select_related("programme")
    report = rows.select_for_update(of=("self",)).get(pk=report_id)
    return report, speaks_for(report.programme, by, at)


def _turn(
    report: AnnualReport, entity: Entity, state: ReportState, by: AbstractBaseUser, at: datetime
) -> AnnualReport:
    """Lead a report out or back, leave a trace, and have its files made."""
    before = snapshot(report, "state", "published_on")
    out = state == ReportState.PUBLISHED
    report.state, report.published_on = state, at.date() if out else None
    report.save(update_fields=["state", "published_on"])
    act = Act.PUBLISH if out else Act.WITHDRAW
    record(act, subject=report, by=by, body=entity, changes=changes_since(before, report))
    if out:
        ask_all_editions(report, at)
    return report


@transaction.atomic
def remind_reporters(*, report_id: int, by: AbstractBaseUser, at: datetime) -> int:
    """Promise a letter to the parties of every project of which none has reported; how many.

    Raises
    ------
    ValidationError
        When it is not the person's to remind (`NotACoordinator`), or too soon (`TooSoon`).
    """
    report, entity = _locked(report_id, by, at)
    check_reminder(report.reminded_at, at)
    reader = reader_of(by, on=at.date())
    silent = [row.project for row in who_reported(report, reader) if row.missing]
    for project in silent:
        ask_for_report(project=project)
    report.reminded_at = at
    report.save(update_fields=["reminded_at"])
    record(Act.REMIND, subject=report, by=by, body=entity, projects=len(silent))
    return len(silent)


@transaction.atomic
def make_edition(*, report_id: int, language: str, by: AbstractBaseUser, at: datetime) -> Edition:
    """Have the file of a report made anew in one language.

    Raises
    ------
    ValidationError
        When it is not the person's to have made (`NotACoordinator`).
    """
    report, _entity = _locked(report_id, by, at)
    return ask_edition(report=report, language=language, at=at)
