"""What the pages of an application say: its tasks, its answers, whose turn it is."""

from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from entrecidades.accounts.permissions import Permission
from entrecidades.calls.choices import ApplicationState, ApplicationStep, QuestionKind
from entrecidades.calls.models import Answered, Application, Part, Reading
from entrecidades.calls.rules.answers import number_of
from entrecidades.calls.rules.building import words_of
from entrecidades.calls.rules.life import (
    APPLICATION_LIFE,
    APPLICATION_STEP_OF,
    LEAD,
    RUNNER,
    WHILE,
    steps_of,
)
from entrecidades.calls.selectors import Task, obstacles, parts_where, runs, tasks_of
from entrecidades.kernel import clock
from entrecidades.kernel.amounts import money_words, number_words
from entrecidades.kernel.text import pick
from entrecidades.network.models import Entity
from entrecidades.themes.models import Theme
from entrecidades.web.http import MemberRequest
from entrecidades.web.presenters.calls import moment, moment_for, zone_words

#: States in which those who apply are told what was decided.
DECIDED = frozenset(
    {ApplicationState.ACCEPTED, ApplicationState.RESERVE, ApplicationState.REFUSED}
)


def saved_words(sheet: Answered | Reading, application: Application) -> str:
    """When a sheet was last saved, by the clock of the call; nothing if never."""
    if sheet.saved_at is None:
        return ""
    call = application.call
    local = sheet.saved_at.astimezone(call.clock)
    said = {"when": date_format(local, "TIME_FORMAT"), "where": zone_words(call)}
    today = clock.now().astimezone(call.clock).date()
    if local.date() != today:
        said["when"] = f"{date_format(local, 'DATE_FORMAT')}, {said['when']}"
    return _("Saved %(when)s (%(where)s)") % said


def answer_words(task: Task, themes: dict[str, str], currency: str) -> str:
    """An answer as people read it; money in the currency of the call."""
    value, kind = task.value, task.question["kind"]
    if not task.is_begun:
        return ""
    if kind == QuestionKind.THEMES:
        return ", ".join(themes.get(slug, slug) for slug in value)
    if kind == QuestionKind.CHOICE:
        choices = task.question.get("choices") or []
        offered = {one["key"]: pick(one["label"]).words for one in choices}
        return offered.get(value, str(value))
    number = number_of(value) if kind in {QuestionKind.NUMBER, QuestionKind.BUDGET} else None
    if number is None:
        return str(value)
    return money_words(number, currency) if kind == QuestionKind.BUDGET else number_words(number)


def tasks_told(application: Application, mine: set[int]) -> list[dict[str, Any]]:
    """The questions in sections: the whole, then each body; four statuses only."""
    themes = {one.slug: str(one) for one in Theme.objects.all()}
    sections: list[dict[str, Any]] = []
    for task in tasks_of(application):
        if not sections or sections[-1]["sheet"] != task.sheet:
            sections.append(_section(task, application, mine))
        section = sections[-1]
        query = f"?body={task.sheet}" if task.sheet else ""
        kwargs = {"public_id": application.public_id, "key": task.question["key"]}
        section["tasks"].append(
            {
                "label": words_of(task.question),
                "url": reverse("web:application-answer", kwargs=kwargs) + query,
                "answer": answer_words(task, themes, application.call.ceiling_currency),
                "problem": task.problem,
                "status": _status(task, is_mine=section["is_mine"]),
                "is_done": not task.problem and task.is_begun,
            }
        )
    return sections


def _section(task: Task, application: Application, mine: set[int]) -> dict[str, Any]:
    """The head of a section."""
    title = task.body.name_in() if task.body else _("Together")
    is_mine = bool(mine) if task.body is None else task.body.pk in mine
    writable = is_mine and application.state == ApplicationState.DRAFT
    return {"sheet": task.sheet, "title": title, "is_mine": is_mine, "writable": writable,
            "tasks": []}  # fmt: skip


def _status(task: Task, *, is_mine: bool) -> str:
    """To do, in progress, done, or in the partner's hands."""
    if not task.problem:
        return pgettext("task", "done") if task.is_begun else _("optional")
    if not is_mine:
        return _("in the partner’s hands")
    return _("in progress") if task.is_begun else _("to do")


def application_context(application: Application, request: MemberRequest) -> dict[str, Any]:
    """What every page of an application needs to know."""
    at, call = clock.now(), application.call
    writing = parts_where(application, request.user, Permission.DRAFT, on=at.date())
    applying = parts_where(application, request.user, Permission.APPLY, on=at.date())
    runner = runs(request.user, call.programme, on=at.date())
    is_draft = application.state == ApplicationState.DRAFT
    mine = {part.entity_id for part in writing}
    leads = any(part.is_lead for part in applying)
    return {
        "application": application,
        "call": call,
        "closes": moment_for(call, call.closes_at, application.bodies()),
        "sections": tasks_told(application, mine),
        "parts": [_part(part, applying, leads=leads) for part in application.parts.all()],
        "leads": leads,
        "runner": runner,
        "is_draft": is_draft,
        "taking": call.is_taking(at),
        "obstacles": obstacles(application, on=at.date()) if is_draft else [],
        "steps": _steps(application, leads=leads, runner=runner),
        "shows_decision": application.state in DECIDED or runner,
        "stale": [part.entity for part in applying if _is_asked_for_freshness(application)],
        "submitted": moment(call, application.submitted_at) if application.submitted_at else "",
    }


def _is_asked_for_freshness(application: Application) -> bool:
    """Whether the call asks that profiles were looked at, and there is still time to."""
    asked = bool(application.call.eligibility.get("profile_days"))
    return asked and application.state == ApplicationState.DRAFT


def _part(part: Part, applying: list[Part], *, leads: bool) -> dict[str, Any]:
    """One body's part, and what the reader may do about it."""
    is_mine = part.pk in {one.pk for one in applying}
    return {
        "pk": part.pk,
        "body": part.entity,
        "is_lead": part.is_lead,
        "has_left": part.declined_at is not None,
        "confirmed": part.confirmed_at is not None,
        "may_confirm": is_mine and part.confirmed_at is None,
        "may_leave": not part.is_lead and (is_mine or leads),
    }


def _steps(application: Application, *, leads: bool, runner: bool) -> list[dict[str, Any]]:
    """The steps the reader may take now, submission aside: it stands on the page of answers."""
    state, call = ApplicationState(application.state), application.call
    roles = [role for role, is_hers in ((LEAD, leads), (RUNNER, runner)) if is_hers]
    steps = [
        s for role in roles for s in steps_of(APPLICATION_LIFE, state, APPLICATION_STEP_OF, role)
    ]
    return [
        {
            "value": step.value,
            "words": step.label,
            "asks_reason": APPLICATION_STEP_OF[step] == RUNNER and step != ApplicationStep.READMIT,
            "is_danger": step in {ApplicationStep.WITHDRAW, ApplicationStep.BAR},
        }
        for step in steps
        if step != ApplicationStep.SUBMIT and call.state in WHILE[step]
    ]


def bodies_line(application: Application) -> str:
    """The bodies of an application, as a line."""
    return " – ".join(_with_country(body) for body in application.bodies())


def _with_country(body: Entity) -> str:
    """A body and its country."""
    return f"{body.name_in()} ({body.country})"
