"""How a programme stands: how far its pairs have come, what is at risk, what falls due."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q

from entrecidades.agreements.choices import BINDING
from entrecidades.agreements.models import Agreement
from entrecidades.agreements.selectors import agreements_seen_by, agreements_told
from entrecidades.calls.models import Application, Call
from entrecidades.cooperation.models import Programme
from entrecidades.network.selectors import Reader
from entrecidades.projects.choices import ProjectState
from entrecidades.projects.models import HelpRequest, Project
from entrecidades.projects.rules import OVER
from entrecidades.projects.selectors import is_silent, projects_told
from entrecidades.reporting.choices import DeclarationState
from entrecidades.reporting.models import Campaign, Declaration
from entrecidades.reporting.selectors.facts import money_of, pairs_of

#: So far ahead deadlines are told.
AHEAD = timedelta(days=60)
WORKING = (ProjectState.IMPLEMENTING, ProjectState.FINALISING)


@dataclass(frozen=True, slots=True)
class Risk:
    """A project that something threatens: silent, late, alone, asking, undeclared."""

    project: Project
    kinds: list[str]


@dataclass(frozen=True, slots=True)
class Health:
    """What a coordinator looks at first, from what was recorded once."""

    stages: dict[str, int]
    risks: list[Risk]
    pairs: list[dict[str, Any]]
    money: list[dict[str, str]]
    agreements: list[Agreement]
    deadlines: list[tuple[date, str, Any]] = field(default_factory=list)


def health_of(programme: Programme, *, reader: Reader, at: datetime) -> Health:
    """How a programme stands, as far as the reader sees its projects."""
    told = projects_told(reader).filter(programme=programme)
    projects = list(
        told.prefetch_related("milestones", "budgetlines", "roles__entity__seat").order_by("pk")
    )
    under_way = [one for one in projects if one.state not in OVER]
    agreements = _agreements(programme, reader)
    falling_due = _deadlines(programme, under_way, agreements, at.date())
    return Health(
        _stages(programme, projects),
        list(_risks(under_way, at)),
        pairs_of([one for one in projects if one.state != ProjectState.CANCELLED]),
        money_of(projects),
        agreements,
        sorted(falling_due, key=lambda one: (one[0], one[1])),
    )


def _agreements(programme: Programme, reader: Reader) -> list[Agreement]:
    """The agreements of a programme, or on which its projects rest, that a reader sees."""
    resting = programme.projects.exclude(agreement=None).order_by().values("agreement")
    seen = agreements_seen_by(reader).filter(Q(programme=programme) | Q(pk__in=resting))
    return list(agreements_told(seen).order_by("reference"))


def _stages(programme: Programme, projects: Sequence[Project]) -> dict[str, int]:
    """How many have come as far as each stage, the first one first."""
    handed_in = Application.objects.filter(call__programme=programme).handed_in()
    counts = [one.state for one in projects if one.state != ProjectState.CANCELLED]
    working = sum(state in (*WORKING, ProjectState.CLOSED) for state in counts)
    return {
        "applied": handed_in.count(),
        "accepted": handed_in.filter(state="accepted").count(),
        "begun": len(counts),
        "working": working,
        "closed": counts.count(ProjectState.CLOSED),
    }


def _risks(projects: Sequence[Project], at: datetime) -> Iterator[Risk]:
    """The projects that something threatens, those with most of it first."""
    keys = [one.pk for one in projects]
    asking = set(
        HelpRequest.objects.filter(project__in=keys, answered_at=None).values_list(
            "project", flat=True
        )
    )
    undeclared = set(
        Declaration.objects.filter(
            project__in=keys, state=DeclarationState.AWAITED, campaign__due_on__lt=at.date()
        ).values_list("project", flat=True)
    )
    found = []
    for one in projects:
        threats = {
            "help": one.pk in asking,
            "silent": is_silent(one, at),
            "late": any(
                row.removed_at is None and row.is_overdue(at.date())
                for row in one.milestones.all()
            ),
            "alone": len({role.entity_id for role in one.roles.all()} | {one.entity_id}) == 1,
            "undeclared": one.pk in undeclared,
        }
        kinds = [kind for kind, there in threats.items() if there]
        if kinds:
            found.append(Risk(one, kinds))
    yield from sorted(found, key=lambda risk: (-len(risk.kinds), risk.project.pk))


def _deadlines(
    programme: Programme, projects: Sequence[Project], agreements: Sequence[Agreement], on: date
) -> Iterator[tuple[date, str, Any]]:
    """What falls due in the next weeks: of calls, campaigns, agreements that bind, milestones."""
    last = on + AHEAD
    days = [
        *((day, kind, call) for call in programme.calls.all() for kind, day in _days_of(call)),
        *((one.due_on, "declares", one) for one in Campaign.objects.filter(programme=programme)),
        *(
            (one.ends_on, "ends", one)
            for one in agreements
            if one.ends_on and one.state in BINDING
        ),
        *(
            (row.due_on, "milestone", project)
            for project in projects
            for row in project.milestones.all()
            if row.removed_at is None and row.done_on is None
        ),
    ]
    yield from (one for one in days if on <= one[0] <= last)


def _days_of(call: Call) -> Iterator[tuple[str, date]]:
    """The days of a call, by its own clock."""
    for kind, moment in (("opens", call.opens_at), ("closes", call.closes_at)):
        if moment:
            yield kind, moment.astimezone(call.clock).date()
    if call.decides_on:
        yield "decides", call.decides_on
