"""What the parties have told of a project, and for which bodies a person may tell more."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, Q, QuerySet

from entrecidades.accounts.permissions import Permission
from entrecidades.audit.selectors.history import name_of
from entrecidades.documents.selectors import documents_seen_by
from entrecidades.network.models import Entity, Statement
from entrecidades.network.selectors import Reader, entities_where
from entrecidades.projects.models import Evidence, HelpRequest, Project, ProjectReport
from entrecidades.projects.rules import REPORTED, SILENT_AFTER, UNDER_WAY, WHOLE, years_owed
from entrecidades.projects.selectors.projects import leads_of, parties_of


@dataclass(frozen=True, slots=True)
class Total:
    """What the lines of a budget come to in one currency; never across currencies."""

    currency: str
    amount: Decimal
    spent: Decimal


def parties_for(
    person: AbstractBaseUser | AnonymousUser, project: Project, permission: Permission, *, on: date
) -> list[Entity]:
    """The parties of a project for which a person may do something."""
    mine = entities_where(person, permission, on=on).values("pk")
    return list(parties_of(project).filter(pk__in=mine))


def statements_on(project: Project) -> QuerySet[Statement]:
    """What the parties have said of a project."""
    said = Statement.objects.filter(subject=name_of(project))
    return said.select_related("entity").prefetch_related("entity__names")


def reads_reports(reader: Reader, project: Project) -> bool:
    """Whether a reader takes part in a project or coordinates its programme."""
    named = {project.entity_id, *project.roles.values_list("entity", flat=True)}
    return bool(reader.own & (named | leads_of(project)))


def reports_on(project: Project) -> QuerySet[ProjectReport]:
    """The reports on a project, the latest period first."""
    return project.reports.select_related("entity").prefetch_related("entity__names")


def reports_owed(entity: Entity, *, on: date) -> list[Project]:
    """The projects on which a body owes a report: of a year that is over, since it was entered.

    A report counts for every year that its period touches.
    """
    named = Q(entity=entity) | Q(roles__entity=entity)
    worked = Project.objects.filter(named, state__in=REPORTED, actual_from__isnull=False)
    told = Prefetch("reports", ProjectReport.objects.filter(entity=entity), to_attr="told")
    rows = worked.distinct().order_by("pk").prefetch_related(told)
    return [project for project in rows if _years_untold(project, on)]


def _years_untold(project: Any, on: date) -> set[int]:
    """The years of which a report is overdue, by what one body has told."""
    first = max(project.actual_from, project.begun_at.date())
    owed = set(years_owed(first, project.actual_to, on))
    for report in project.told:
        owed -= set(range(report.first_on.year, report.last_on.year + 1))
    return owed


def evidence_on(project: Project, *, reader: Reader) -> QuerySet[Evidence]:
    """The documents shown with a project, as far as their own sharing lets her see them."""
    seen = documents_seen_by(reader).values("pk")
    shown = Evidence.objects.filter(project=project, document__in=seen)
    return shown.select_related("document__entity", "indicator")


def help_asked(project: Project) -> QuerySet[HelpRequest]:
    """The calls for help in a project, the latest first."""
    return project.help_requests.select_related("entity").prefetch_related("entity__names")


def totals_of(project: Project) -> list[Total]:
    """The budget of a project, one total for each currency."""
    sums: dict[str, tuple[Decimal, Decimal]] = {}
    rows = project.budgetlines.filter(removed_at=None)
    for currency, amount, spent in rows.values_list("currency", "amount", "spent"):
        all_, gone = sums.get(currency, (Decimal(0), Decimal(0)))
        sums[currency] = (all_ + amount, gone + (spent or Decimal(0)))
    return [Total(code, *sums[code]) for code in sorted(sums)]


def shares_of(project: Project) -> list[tuple[str, Decimal | None]]:
    """The themes of a project with their shares; no shares where they make no whole any more."""
    rows = list(project.shares.select_related("theme").order_by("theme__position", "pk"))
    given = [row.percent for row in rows]
    whole = all(given) and sum(one or 0 for one in given) == WHOLE
    return [(str(row.theme), row.percent if whole else None) for row in rows]


def is_silent(project: Project, at: datetime) -> bool:
    """Whether nobody has heard of a project under way for too long."""
    return project.state in UNDER_WAY and project.heard_at <= at - SILENT_AFTER
