"""Series of encounters, and their editions."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from entrecidades.encounters.selectors import series_shown
from entrecidades.web.caching import public_page
from entrecidades.web.http import Request
from entrecidades.web.presenters.relation_pictures import series_picture
from entrecidades.web.presenters.relations import encounter_event


@public_page
@login_not_required
@require_safe
def series_list(request: Request) -> HttpResponse:
    """The series of encounters, each with its editions."""
    series = [
        {"series": one, "events": [encounter_event(edition) for edition in one.editions.all()]}
        for one in series_shown()
    ]
    return render(request, "web/encounters/list.html", {"series": series})


@public_page
@login_not_required
@require_safe
def series_detail(request: Request, slug: str) -> HttpResponse:
    """One series: what for, and where and when each edition was held."""
    series = get_object_or_404(series_shown(), slug=slug)
    context = {
        "series": series,
        "events": [encounter_event(edition) for edition in series.editions.all()],
        "picture": series_picture(series),
    }
    return render(request, "web/encounters/detail.html", context)
