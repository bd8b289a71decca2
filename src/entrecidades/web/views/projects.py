"""What is done together: the list of projects with its files, and the page of each."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from entrecidades.accounts.permissions import Permission
from entrecidades.agreements.selectors import agreements_seen_by
from entrecidades.exchange.exports.projects import PROJECTS, project_records
from entrecidades.kernel import clock
from entrecidades.kernel.text import pick
from entrecidades.network.selectors import entities_where
from entrecidades.projects.choices import ProjectState
from entrecidades.projects.models import Project
from entrecidades.projects.rules import steps_for
from entrecidades.projects.selectors import (
    evidence_on,
    help_asked,
    is_silent,
    last_move,
    leads_of,
    overlapping,
    parties_for,
    project_tally,
    projects_told,
    projects_wished,
    reads_reports,
    reports_on,
    sides_of,
    sketch_of,
    statements_on,
)
from entrecidades.web.caching import public_page
from entrecidades.web.filters.projects import project_wish, read_project_filters
from entrecidades.web.forms.projects import HelpForm, WordForm
from entrecidades.web.http import Request, render_page
from entrecidades.web.lists import listed, options, page_of
from entrecidades.web.presenters.calendars import project_calendar
from entrecidades.web.presenters.history import Sight, history_told
from entrecidades.web.presenters.projects import project_told
from entrecidades.web.presenters.sharing import axis_options
from entrecidades.web.removed import gone_or_not_found
from entrecidades.web.views.exports import Wanted, as_file

OPEN = "CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)"
BY = "as named in each row"


@public_page
@login_not_required
@require_safe
def project_list(request: Request) -> HttpResponse:
    """The projects and actions a reader sees, as the address asks."""
    tally = project_tally(request.reader)
    filters = read_project_filters(request.GET, tally)
    found = projects_wished(project_wish(filters), reader=request.reader)
    page, notice = page_of(
        found, request.GET.get("page", ""), lambda _rows: projects_told(request.reader)
    )
    context = {
        **listed(filters, page, notice, "web:project-export"),
        "axes": axis_options(filters),
        "states": options(filters, "state", tally["state"]),
        "kinds": options(filters, "kind", tally["kind"]),
        "countries": options(filters, "country", tally["country"]),
        "programmes": options(filters, "programme", tally["programme"]),
        "begins": bool(request.reader.own),
    }
    return render_page(
        request, "web/projects/list.html", fragment="web/projects/_rows.html", context=context
    )


@public_page
@login_not_required
@require_safe
def project_export(request: Request, fmt: str) -> HttpResponseBase:
    """The list of projects as a file."""
    filters = read_project_filters(request.GET, project_tally(request.reader))
    found = projects_wished(project_wish(filters), reader=request.reader)
    rows = partial(project_records, found)
    return as_file(
        request, fmt, filters, Wanted("projects", PROJECTS, OPEN, BY, found.count, rows)
    )


@public_page
@login_not_required
@require_safe
def project_detail(request: Request, public_id: UUID) -> HttpResponse:
    """One project; those who take part also see what is told among them, and what they may do."""
    project = projects_told(request.reader).filter(public_id=public_id).first()
    if project is None:
        return gone_or_not_found(request, Project, public_id=public_id)
    return project_page(request, project)


@public_page
@login_not_required
@require_safe
def project_calendar_file(request: Request, public_id: UUID) -> HttpResponse:
    """The milestones of a project for one's own calendar."""
    project = projects_told(request.reader).filter(public_id=public_id).first()
    if project is None:
        return gone_or_not_found(request, Project, public_id=public_id)
    return project_calendar(project, request)


def project_page(
    request: Request, project: Project, refusal: str = "", status: int = 200, **forms: Any
) -> HttpResponse:
    """The page of a project, perhaps with what was refused."""
    # Reports and calls for help are between those who take part: not for operators who look.
    inside = reads_reports(request.reader, project) and not hasattr(request, "looking")
    parties = [project.entity_id, *(one.entity_id for one in project.roles.all())]
    context: dict[str, Any] = {
        **project_told(project, on=clock.today()),
        "summary": pick(project.summary),
        "rests_on": agreements_seen_by(request.reader).filter(projects=project).first(),
        "statements": statements_on(project),
        "evidence": evidence_on(project, reader=request.reader),
        "overlaps": overlapping(sketch_of(project), reader=request.reader),
        "refusal": refusal,
        "inside": inside,
        "is_mine": project.entity_id in request.reader.own,
        "history": history_told(project, Sight.of(request.reader, bodies=parties)),
    }
    if inside:
        context |= _for_those_inside(request, project) | forms
    return render(request, "web/projects/detail.html", context, status=status)


def _for_those_inside(request: Request, project: Project) -> dict[str, Any]:
    """What those who take part or coordinate are told, and what they may do."""
    person, day, now = request.user, clock.today(), clock.now()
    sides = sides_of(project, person, on=day)
    steps = steps_for(ProjectState(project.state), sides)
    confirming = parties_for(person, project, Permission.CONFIRM, on=day)
    reporting = parties_for(person, project, Permission.REPORT_PROJECT, on=day)
    edits = entities_where(person, Permission.EDIT_PROJECT, on=day)
    move = last_move(project)
    return {
        "steps": [{"value": step.value, "words": str(step.label)} for step in steps],
        "undoable": move if sides else None,
        "leads": edits.filter(pk=project.entity_id).exists(),
        "finishes": any(body.pk == project.entity_id for body in reporting),
        "answers": edits.filter(pk__in=[project.entity_id, *leads_of(project)]).exists(),
        "reports": reports_on(project),
        "reporting": reporting,
        "help": help_asked(project),
        "help_form": HelpForm(speakers=reporting, auto_id="help_%s") if reporting else None,
        "word_form": WordForm(speakers=confirming, auto_id="word_%s") if confirming else None,
        "silent": is_silent(project, now),
    }
