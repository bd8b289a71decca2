"""Campaigns of declarations: what is recorded of a year, who has declared, who is late."""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Q, QuerySet

from entrecidades.accounts.permissions import Permission
from entrecidades.network.selectors import Reader, entities_where
from entrecidades.projects.models import BudgetLine, Indicator, Milestone, Project
from entrecidades.projects.models.parts import number_of
from entrecidades.projects.selectors import projects_seen_by
from entrecidades.reporting.choices import DeclarationState
from entrecidades.reporting.models import Campaign, Declaration


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is recorded of a project in a year: nothing here is written a second time."""

    milestones: list[Milestone]
    indicators: list[tuple[Indicator, str]]
    lines: list[BudgetLine]

    def facts(self) -> dict[str, Any]:
        """The same as plain values, to be kept with what somebody said of it."""
        return {
            "milestones": [[str(one.public_id), str(one.done_on)] for one in self.milestones],
            "indicators": [[str(one.public_id), value] for one, value in self.indicators],
            "money": [
                [str(one.public_id), str(one.amount), str(one.spent or ""), one.currency]
                for one in self.lines
            ],
        }

    def digest(self) -> str:
        """A short name for these facts: whoever confirms confirms what she was shown."""
        told = json.dumps(self.facts(), sort_keys=True).encode()
        return hashlib.sha256(told).hexdigest()[:16]


def recorded_in(project: Project, year: int) -> Recorded:
    """What was done, measured and spent in a year, as far as it was recorded."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    milestones = project.milestones.filter(removed_at=None, done_on__range=(first, last))
    indicators = []
    for one in project.indicators.filter(removed_at=None).order_by("pk"):
        measured = one.measurements.filter(last_on__range=(first, last))
        latest = measured.order_by("last_on", "pk").last()
        indicators.append((one, number_of(latest.value) if latest else ""))
    in_time = ~Q(first_on__gt=last) & ~Q(last_on__lt=first)
    lines = project.budgetlines.filter(in_time, removed_at=None)
    return Recorded(
        list(milestones.order_by("done_on", "pk")), indicators, list(lines.order_by("pk"))
    )


def campaigns_of(reader: Reader) -> QuerySet[Campaign]:
    """The campaigns of the programmes that the reader's own bodies coordinate."""
    led = Campaign.objects.filter(programme__coordinations__entity__in=reader.own)
    return led.select_related("programme", "entity").distinct()


def declarations_seen_by(reader: Reader) -> QuerySet[Declaration]:
    """What the reader's own bodies declare, and what is declared to them as coordinators."""
    seen = Q(entity__in=reader.own)
    projects = projects_seen_by(reader).order_by().values("pk")
    led = Q(campaign__programme__coordinations__entity__in=reader.own)
    seen |= led & Q(project__in=projects)
    rows = Declaration.objects.filter(seen, project__removed_at=None).distinct()
    return rows.select_related("campaign__programme", "project", "entity__country")


def declarations_awaited(person: AbstractBaseUser, *, on: date) -> QuerySet[Declaration]:
    """The declarations that wait for somebody who may report for the body."""
    bodies = entities_where(person, Permission.REPORT_PROJECT, on=on).values("pk")
    rows = Declaration.objects.filter(entity__in=bodies, state=DeclarationState.AWAITED)
    return (
        rows.filter(project__removed_at=None)
        .select_related("campaign", "project", "entity")
        .order_by("campaign__due_on", "pk")
    )


def tracked(campaign: Campaign, reader: Reader) -> list[Declaration]:
    """The declarations of a campaign that a reader sees, those that are awaited first."""
    rows = declarations_seen_by(reader).filter(campaign=campaign)
    rows = rows.select_related("project", "entity__country").prefetch_related("entity__names")
    return sorted(rows, key=lambda one: (one.state != DeclarationState.AWAITED, one.pk))
