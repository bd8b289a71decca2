"""Calls as everybody reads them: the list, one call, its results, and its poster."""

from collections.abc import Iterable

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from entrecidades.calls.choices import ApplicationState, CallState
from entrecidades.calls.models import Application, Call
from entrecidades.calls.selectors import applications_of, calls_seen_by, runs
from entrecidades.calls.selectors.rounds import published_of
from entrecidades.kernel import clock
from entrecidades.kernel.text import pick
from entrecidades.network.models import Entity
from entrecidades.web.caching import public_page
from entrecidades.web.http import Request
from entrecidades.web.posters.making import call_poster, qr_svg
from entrecidades.web.presenters.calendars import call_calendar
from entrecidades.web.presenters.calls import (
    calendar_of,
    counts_of,
    criteria_of,
    moment,
    moment_for,
    rules_of,
    stages_of,
    state_now,
)


def seen(request: Request, slug: str) -> Call:
    """The call, if the reader may know of it; a draft of others is not there."""
    calls = calls_seen_by(request.user, on=clock.today())
    return get_object_or_404(calls.select_related("programme__relation"), slug=slug)


@public_page
@login_not_required
@require_safe
def call_list(request: Request) -> HttpResponse:
    """The calls: those that take applications first, then what is coming, then what has been."""
    at = clock.now()
    groups: dict[str, list[dict[str, object]]] = {"open": [], "coming": [], "past": []}
    for one in Call.objects.told().select_related("programme", "entity"):
        now = state_now(one, at)
        group = {CallState.OPEN: "open", CallState.PUBLISHED: "coming"}.get(now, "past")
        told = {
            "call": one,
            "summary": pick(one.summary),
            "state": now.label,
            "closes": moment(one, one.closes_at),
            "opens": moment(one, one.opens_at),
        }
        groups[group].append(told)
    return render(request, "web/calls/list.html", groups)


@public_page
@login_not_required
@require_safe
def call_detail(request: Request, slug: str) -> HttpResponse:
    """One call: what for, by when, who may apply, how it is judged."""
    call, at = seen(request, slug), clock.now()
    mine = applications_of(request.reader).filter(call=call) if request.reader.own else []
    context = {
        "call": call,
        "title": pick(call.title),
        "summary": pick(call.summary),
        "text": pick(call.text),
        "state": state_now(call, at),
        "stages": stages_of(call, at),
        "calendar": calendar_of(call),
        "rules": rules_of(call),
        "criteria": criteria_of(call),
        "questions": [pick(one["label"]) for one in call.questions],
        "counts": counts_of(call),
        "taking": call.is_taking(at),
        "coming": call.state == CallState.PUBLISHED and not call.is_taking(at),
        "closes": moment_for(call, call.closes_at, _own(request)),
        "opens": moment_for(call, call.opens_at, _own(request)),
        "mine": mine,
        "runs": runs(request.user, call.programme, on=clock.today()),
    }
    return render(request, "web/calls/detail.html", context)


def _own(request: Request) -> list[Entity]:
    """The reader's own bodies, by whose clocks a moment is told as well."""
    mine = Entity.objects.filter(pk__in=request.reader.own).select_related("seat")
    return list(mine.prefetch_related("names").order_by("pk")) if request.reader.own else []


@public_page
@login_not_required
@require_safe
def call_results(request: Request, slug: str) -> HttpResponse:
    """What was decided, and why: named where its bodies agreed, counted everywhere."""
    call = seen(request, slug)
    if call.state != CallState.DECIDED:
        raise Http404
    decided = [ApplicationState.ACCEPTED, ApplicationState.RESERVE, ApplicationState.REFUSED]
    found = call.applications.filter(state__in=decided).whole().order_by("number", "pk")
    groups = [
        {
            "words": state.label,
            "listed": [one for one in found if one.state == state and one.is_listed],
            "unnamed": sum(one.state == state and not one.is_listed for one in found),
        }
        for state in decided
    ]
    context = {
        "call": call,
        "groups": groups,
        "total": len(found),
        "countries": _met(found),
        "rounds": published_of(call),
    }
    return render(request, "web/calls/results.html", context)


def _met(found: Iterable[Application]) -> list[dict[str, object]]:
    """How many accepted applications join each set of countries."""
    counts: dict[str, int] = {}
    for one in found:
        if one.state == ApplicationState.ACCEPTED:
            key = " – ".join(dict.fromkeys(str(body.country) for body in one.bodies()))
            counts[key] = counts.get(key, 0) + 1
    return [{"words": words, "count": count} for words, count in sorted(counts.items())]


@public_page
@login_not_required
@require_safe
def call_calendar_file(request: Request, slug: str) -> HttpResponse:
    """The days of a call for one's own calendar; of a call that is cancelled there are none."""
    call = seen(request, slug)
    if call.state == CallState.CANCELLED or not (call.opens_at or call.closes_at):
        raise Http404
    return call_calendar(call, request)


@login_not_required
@require_safe
def call_poster_file(request: Request, slug: str, fmt: str) -> HttpResponse:
    """The poster of a call as PDF, or the code alone that leads to it."""
    call = seen(request, slug)
    address = request.build_absolute_uri(call.get_absolute_url())
    if fmt == "svg":
        return HttpResponse(qr_svg(address), content_type="image/svg+xml")
    if fmt != "pdf":
        raise Http404
    response = HttpResponse(call_poster(call, address), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{call.slug}.pdf"'
    return response
