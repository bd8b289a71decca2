"""Which projects a report tells of, and who has said a word for it."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from entrecidades.network.models import Entity
from entrecidades.network.selectors import Reader
from entrecidades.projects.models import Project, ProjectReport
from entrecidades.projects.models.project import ProjectQuerySet
from entrecidades.projects.selectors import parties_of, projects_told, tellers_of
from entrecidades.reporting.choices import ReportState
from entrecidades.reporting.models import AnnualReport


@dataclass(frozen=True, slots=True)
class Reported:
    """A project of the year, those of its parties that have reported, and those still to tell."""

    project: Project
    said: list[Entity]
    missing: list[Entity]


def reports_seen_by(reader: Reader) -> QuerySet[AnnualReport]:
    """The reports that are out, and those that the reader's own bodies prepare."""
    coordinated = Q(programme__coordinations__entity__in=reader.own)
    seen = AnnualReport.objects.filter(Q(state=ReportState.PUBLISHED) | coordinated)
    return seen.select_related("programme__relation", "entity").distinct()


def projects_of_year(report: AnnualReport, reader: Reader) -> ProjectQuerySet:
    """The projects of the programme on which work went on in the year, as far as she sees them."""
    told = projects_told(reader).filter(programme=report.programme_id)
    return told.in_year(report.year).order_by("public_id")


def reports_in(report: AnnualReport) -> QuerySet[ProjectReport]:
    """What parties have confirmed of their projects for a period that ends in the year."""
    first, last = date(report.year, 1, 1), date(report.year, 12, 31)
    rows = ProjectReport.objects.filter(last_on__range=(first, last), confirmed_at__isnull=False)
    rows = rows.filter(project__programme=report.programme_id)
    return rows.select_related("entity").order_by("public_id")


def who_reported(report: AnnualReport, reader: Reader) -> list[Reported]:
    """Each project of the year, with who has reported on it; the most silent first."""
    said: dict[int, set[int]] = {}
    for key, entity in reports_in(report).values_list("project", "entity"):
        said.setdefault(key, set()).add(entity)
    rows = []
    for project in projects_of_year(report, reader):
        there = said.get(project.pk, set())
        heard = [body for body in parties_of(project) if body.pk in there]
        missing = [body for body in tellers_of(project) if body.pk not in there]
        rows.append(Reported(project, heard, missing))
    return sorted(rows, key=lambda row: (bool(row.said), row.project.public_id))
