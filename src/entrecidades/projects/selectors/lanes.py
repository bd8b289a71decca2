"""The projects of a programme side by side in time: when each last gave a sign of life."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from entrecidades.audit.selectors.history import name_of
from entrecidades.cooperation.models import Programme
from entrecidades.network.models import Statement
from entrecidades.network.selectors import Reader
from entrecidades.projects.models import HelpRequest, Move, Project, ProjectReport
from entrecidades.projects.selectors.projects import projects_told
from entrecidades.projects.selectors.telling import is_silent


@dataclass(frozen=True, slots=True)
class Lane:
    """One project in time: its signs of life, whether it is silent, and who waits for help."""

    project: Project
    signs: list[date] = field(default_factory=list)
    silent: bool = False
    asked: int = 0


def lanes_of(programme: Programme, *, reader: Reader, at: datetime) -> list[Lane]:
    """A lane for each project of a programme that she sees: the longest silence first."""
    projects = list(projects_told(reader).filter(programme=programme).order_by("heard_at", "pk"))
    keys = [project.pk for project in projects]
    signs: dict[int, set[date]] = {
        project.pk: {project.begun_at.date(), project.heard_at.date()} for project in projects
    }
    for rows, moment in _told(keys):
        for key, when in rows.values_list("project", moment):
            signs[key].add(when.date())
    said = {name_of(project): project.pk for project in projects}
    words = Statement.objects.filter(subject__in=said).values_list("subject", "said_on")
    for subject, when in words:
        signs[said[subject]].add(when)
    waiting = HelpRequest.objects.filter(project__in=keys, answered_at=None)
    asked = list(waiting.values_list("project", flat=True))
    return [
        Lane(one, sorted(signs[one.pk]), is_silent(one, at), asked.count(one.pk))
        for one in projects
    ]


def _told(keys: list[int]) -> list[tuple[QuerySet[Any], str]]:
    """What was told of some projects, and the field that says when."""
    return [
        (Move.objects.filter(project__in=keys), "at"),
        (
            ProjectReport.objects.filter(project__in=keys, confirmed_at__isnull=False),
            "confirmed_at",
        ),
        (HelpRequest.objects.filter(project__in=keys), "asked_at"),
    ]
