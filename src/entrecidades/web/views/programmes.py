"""Programmes: frames of cooperation with coordinators in each country and subjects in axes."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from entrecidades.calls.selectors import calls_seen_by, runs
from entrecidades.calls.selectors.rounds import published_without_a_call
from entrecidades.cooperation.selectors import makers_for, offers_for, programme_shown
from entrecidades.kernel import clock
from entrecidades.practices.selectors import board, practices_shown
from entrecidades.projects.selectors import projects_told
from entrecidades.reporting.selectors import reports_seen_by
from entrecidades.themes.selectors import with_leaves
from entrecidades.web.caching import public_page
from entrecidades.web.http import Request
from entrecidades.web.presenters.relations import axes_of, coordinators_of

SHOWN = 6


@public_page
@login_not_required
@require_safe
def programme_list(request: Request) -> HttpResponse:
    """The programmes, each with its coordinators and its axes."""
    programmes = [
        {"programme": one, "coordinators": coordinators_of(one), "axes": axes_of(one)}
        for one in programme_shown(request.reader)
    ]
    makes = makers_for(request.user, on=clock.today()).exists()
    context = {"programmes": programmes, "makes": makes}
    return render(request, "web/programmes/list.html", context)


@public_page
@login_not_required
@require_safe
def programme_detail(request: Request, slug: str) -> HttpResponse:
    """One programme: what for, who coordinates it, under which axes, and what fits them."""
    programme = get_object_or_404(programme_shown(request.reader), slug=slug)
    axes = axes_of(programme)
    themes = with_leaves(theme for axis in axes for theme in axis["themes"])
    fitting = {"themes__in": themes}
    context = {
        "programme": programme,
        "coordinators": coordinators_of(programme),
        "axes": axes,
        "calls": calls_seen_by(request.user, on=clock.today()).filter(programme=programme),
        "rounds": published_without_a_call(programme),
        "runs": runs(request.user, programme, on=clock.today()),
        "asked": offers_for(request.user, on=clock.today()).filter(programme=programme),
        "practices": practices_shown(request.reader).filter(**fitting).distinct()[:SHOWN],
        "projects": projects_told(request.reader).filter(programme=programme)[:SHOWN],
        "reports": reports_seen_by(request.reader).filter(programme=programme),
        "leads": bool(
            request.reader.own & {one.entity_id for one in programme.coordinations.all()}
        ),
        "postings": board(request.reader).filter(**fitting).distinct()[:SHOWN],
    }
    return render(request, "web/programmes/detail.html", context)
