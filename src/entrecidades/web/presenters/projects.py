"""What the page of a project says: who takes part, how far it is, its plan, results and budget."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from entrecidades.engines.strips import Span, Tick, share_of, strip
from entrecidades.kernel.amounts import number_words
from entrecidades.network.models import Entity
from entrecidades.projects.choices import ProjectState, Role
from entrecidades.projects.models import Indicator, Milestone, Project
from entrecidades.projects.rules import IATI_STATUS, is_triangular, progress
from entrecidades.projects.selectors import shares_of, totals_of
from entrecidades.themes.crosswalk import goals_of

#: The way of a project that goes well.
WAY: list[ProjectState] = [
    state
    for state in ProjectState
    if state not in (ProjectState.CANCELLED, ProjectState.SUSPENDED)
]
#: IATI's own names of its codes, which are English everywhere.
IATI_NAMES = {
    1: "Pipeline",
    2: "Implementation",
    3: "Finalisation",
    4: "Closed",
    5: "Cancelled",
    6: "Suspended",
}


def project_told(project: Project, *, on: date) -> dict[str, Any]:
    """What everybody who sees a project is told of it."""
    roles = list(project.roles.select_related("entity__country").prefetch_related("entity__names"))
    milestones = list(project.milestones.filter(removed_at=None))
    return {
        "project": project,
        "stages": stages(project),
        "iati": f"{(code := IATI_STATUS[ProjectState(project.state)])} {IATI_NAMES[code]}",
        "providers": _ends(roles, Role.FIRST_PROVIDER, Role.SECOND_PROVIDER),
        "receivers": _ends(roles, Role.RECEIVER),
        "beside": _ends(roles, Role.COORDINATOR, Role.FUNDER),
        "triangular": is_triangular(one.role for one in roles),
        "shares": shares_of(project),
        "goals": _goals(project),
        "plan": plan_told(project, milestones, on=on),
        "indicators": [indicator_told(one) for one in _indicators(project)],
        "lines": [
            {"line": one, "amount": number(one.amount), "spent": number(one.spent)}
            for one in project.budgetlines.filter(removed_at=None).select_related("payer")
        ],
        "totals": [_total(one.currency, one.amount, one.spent) for one in totals_of(project)],
    }


def stages(project: Project) -> list[dict[str, Any]]:
    """The way of a project: what is behind, where it stands, what may come."""
    state = ProjectState(project.state)
    way = WAY if state in WAY else [WAY[0], state]
    here = way.index(state)
    return [
        {"words": str(one.label), "is_past": number < here, "is_here": number == here}
        for number, one in enumerate(way)
    ]


def _ends(roles: list[Any], *wanted: Role) -> list[dict[str, Any]]:
    """The bodies with some roles, each with what it does."""
    found = [one for role in wanted for one in roles if one.role == role]
    return [
        {**end_told(one.entity), "role": one.get_role_display(), "pk": one.pk} for one in found
    ]


def end_told(entity: Entity) -> dict[str, Any]:
    """A body as a card names it."""
    return {
        "name": entity.name_in(),
        "note": str(entity.country),
        "url": entity.get_absolute_url(),
    }


def _goals(project: Project) -> list[dict[str, str]]:
    """The SDG targets of its themes, each once."""
    codes = [code for theme in project.themes.all() for code in goals_of(theme)]
    return [{"code": one.code, "name": one.name} for one in dict.fromkeys(codes)]


def plan_told(project: Project, milestones: list[Milestone], *, on: date) -> dict[str, Any]:
    """The milestones as bars in the time of the project; the table beside says the same."""
    days = [day for one in milestones for day in (one.starts_on, one.due_on, one.done_on) if day]
    own = (project.planned_from, project.planned_to, project.actual_from, project.actual_to)
    days += [day for day in own if day]
    if not days:
        return {"rows": []}
    first, last = min(days), max(days)
    return {
        "rows": [_milestone(one, first, last, on) for one in milestones],
        "first": first,
        "last": last,
    }


def _milestone(one: Milestone, first: date, last: date, on: date) -> dict[str, Any]:
    """One milestone: its bar, its days, and how it stands."""
    kind = "done" if one.done_on else "late" if one.is_overdue(on) else "planned"
    start = share_of(one.starts_on or one.due_on, first, last)
    ticks = [Tick(share_of(on, first, last), "today")] if first <= on <= last else []
    states = {
        "done": pgettext("milestone", "done"),
        "late": pgettext("milestone", "overdue"),
        "planned": pgettext("milestone", "planned"),
    }
    return {
        "milestone": one,
        "state": states[kind],
        "kind": kind,
        "bar": drawn([Span(start, share_of(one.due_on, first, last), kind)], ticks),
    }


def drawn(spans: list[Span], ticks: list[Tick] | None = None) -> SafeString:
    """A strip as a template prints it."""
    return mark_safe(strip(spans, ticks or []))  # noqa: S308 (the engine writes numbers only)


def _indicators(project: Project) -> list[Indicator]:
    """The indicators of a project with what was measured."""
    return list(project.indicators.filter(removed_at=None).prefetch_related("measurements"))


def indicator_told(indicator: Indicator) -> dict[str, Any]:
    """An indicator from its baseline to its target, and how far the last measurement is."""
    measured = list(indicator.measurements.all())
    last = measured[-1] if measured else None
    actual = last.value if last else None
    done = progress(indicator.baseline, indicator.target, actual)
    reach = max(done, 1.0)
    spans = [Span(0.0, done / reach, "done")] if done else []
    return {
        "indicator": indicator,
        "baseline": number(indicator.baseline),
        "target": number(indicator.target),
        "actual": number(actual),
        "last": last,
        "measured": [_measured(one) for one in reversed(measured)],
        "percent": round(done * 100),
        "bar": drawn(spans, [Tick(1.0 / reach, "target")]),
    }


def _measured(one: Any) -> dict[str, Any]:
    """One measurement, with the groups it was told apart by."""
    words = {"women": _("women"), "men": _("men")}
    groups = [f"{words.get(key, key)} {value}" for key, value in one.groups.items()]
    return {
        "period": period(one.first_on, one.last_on),
        "value": number(one.value),
        "groups": ", ".join(groups),
        "note": one.note,
        "language": one.language,
    }


def period(first: date | None, last: date | None) -> str:
    """Two days as a reader knows them; nothing where neither is known."""
    days = [date_format(day, "DATE_FORMAT") if day else "…" for day in (first, last)]
    return " – ".join(days) if first or last else ""


def number(value: Decimal | None) -> str:
    """A number in the reader's digits; a dash where there is none."""
    return "–" if value is None else number_words(value)


def _total(currency: str, amount: Decimal, spent: Decimal) -> dict[str, Any]:
    """What one currency comes to, and how much of it is spent."""
    share = float(spent / amount) if amount else 0.0
    reach = max(share, 1.0)
    spans = [Span(0.0, share / reach, "late" if share > 1 else "done")] if share else []
    return {
        "currency": currency,
        "amount": number(amount),
        "spent": number(spent),
        "bar": drawn(spans, [Tick(1.0 / reach, "target")]),
        "over": share > 1,
    }
