"""Running a call: its cockpit, its steps, who reads what, its table as a file, its decisions."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from entrecidades.audit.models import Trace
from entrecidades.audit.selectors.history import name_of
from entrecidades.calls.choices import Act, CallState, CallStep
from entrecidades.calls.models import Application, Call, Reading
from entrecidades.calls.rules.life import CALL_LIFE, CALL_STEP_OF, RUNNER, steps_of
from entrecidades.calls.selectors import Standing, standings_of
from entrecidades.calls.services import assign_readers, extend_call, take_call_step
from entrecidades.exchange.exports.sheet import Record
from entrecidades.kernel import clock
from entrecidades.kernel.amounts import number_words
from entrecidades.web.caching import member_page
from entrecidades.web.filters.applications import narrowed, read_application_filters
from entrecidades.web.filters.reading import Filters
from entrecidades.web.forms.calls import MINUTE
from entrecidades.web.http import MemberRequest
from entrecidades.web.lists import downloads, options
from entrecidades.web.presenters.call_pictures import (
    calibration_of,
    score_words,
    spread_picture,
)
from entrecidades.web.presenters.calls import (
    calendar_of,
    counts_of,
    moment,
    stages_of,
    state_now,
    zone_words,
)
from entrecidades.web.presenters.history import Sight, events
from entrecidades.web.views.call_building import run
from entrecidades.web.views.exports import Wanted, as_file

REFUSED = 422
COLUMNS = (
    *("number", "id", "title", "lead", "lead_country", "partners", "state", "submitted_at"),
    *("readers", "sheets_in", "score", "spread", "verdict", "reason", "address"),
)


@member_page
@require_safe
def call_cockpit(request: MemberRequest, slug: str) -> HttpResponse:
    """How a call stands: its funnel, its days, its applications and how they are read."""
    return _cockpit(request, run(request, slug))


def _cockpit(
    request: MemberRequest, call: Call, refusals: list[str] | None = None, status: int = 200
) -> HttpResponse:
    """The cockpit, perhaps with what was refused."""
    at = clock.now()
    filters = read_application_filters(request.GET, call)
    standings = standings_of(call)
    in_full = [one for one in standings if not one.awaited]  # nobody learns the first of two
    counts = counts_of(call)
    context: dict[str, Any] = {
        "call": call,
        "state": state_now(call, at),
        "stages": stages_of(call, at),
        "calendar": calendar_of(call),
        "closes": moment(call, call.closes_at),
        "zone": zone_words(call),
        "funnel": _funnel(counts, standings),
        "rows": [told(one) for one in narrowed(standings, filters)],
        "steps": steps_of(CALL_LIFE, state_now(call, at), CALL_STEP_OF, RUNNER),
        "picture": spread_picture(in_full, call.scale, call.spread),
        "limit": number_words(call.spread),
        "has_scores": any(one.totals for one in in_full),
        "calibration": calibration_of(in_full, call.scale),
        "refusals": refusals or [],
        "typed": request.POST,
        "filters": filters,
        "chips": list(filters.chips()),
        "states": options(filters, "state"),
        "countries": options(filters, "country"),
        "downloads": _files(filters, call),
    }
    return render(request, "web/calls/cockpit.html", context, status=status)


def _files(filters: Filters, call: Call) -> list[dict[str, str]]:
    """The table as files; applications lie nowhere on a map."""
    files = downloads("web:call-export", filters, slug=call.slug)
    return [one for one in files if "geojson" not in one["url"]]


def _funnel(counts: dict[str, int], standings: list[Standing]) -> list[dict[str, Any]]:
    """How many have come how far, each beside all that were begun."""
    begun = sum(counts.values())
    submitted = len(standings)
    read = sum(one.is_read for one in standings)
    decided = sum(bool(one.application.verdict) for one in standings)
    steps = [
        (pgettext("applications", "begun"), begun),
        (pgettext("applications", "submitted"), submitted),
        (pgettext("applications", "read to the end"), read),
        (pgettext("applications", "decided"), decided),
    ]
    return [
        {"words": words, "count": count, "share": count / begun if begun else 0}
        for words, count in steps
    ]


def told(one: Standing) -> dict[str, Any]:
    """One application as a row of the cockpit."""
    return {
        "application": one.application,
        "bodies": one.application.bodies(),
        "sheets": len(one.totals),
        "wanted": one.application.call.readers + (len(one.totals) > one.application.call.readers),
        "awaited": one.awaited,
        "conflicts": one.conflicts,
        "score": score_words(None if one.awaited else one.mean),
        "spread": score_words(None if one.awaited or len(one.totals) < 2 else one.spread),  # noqa: PLR2004
        "wants_third": one.wants_third,
        "is_read": one.is_read,
    }


@member_page
@require_POST
def call_step(request: MemberRequest, slug: str) -> HttpResponse:
    """Lead a call one step on, or give it more time; a refusal is told on its page."""
    call, asked = run(request, slug), request.POST.get("step", "")
    reason = request.POST.get("reason", "")
    try:
        if asked == "extend":
            _extend(request, call, reason)
        else:
            step = CallStep(asked)
            take_call_step(
                call_id=call.pk, step=step, by=request.user, at=clock.now(), reason=reason
            )
    except ValidationError as refusal:
        return _cockpit(request, call, refusal.messages, REFUSED)
    except ValueError:
        return _cockpit(request, call, [_("There is no such step.")], REFUSED)
    messages.success(request, _("Done."))
    return redirect("web:call-cockpit", slug=call.slug)


def _extend(request: MemberRequest, call: Call, reason: str) -> None:
    """Let the call close later, by its own clock."""
    try:
        until = datetime.strptime(request.POST.get("until", "")[:16], MINUTE)  # noqa: DTZ007
    except ValueError:
        raise ValidationError(_("Write a day and a time.")) from None
    closes_at = clock.moment_by(call.clock, until)
    extend_call(
        call_id=call.pk, closes_at=closes_at, reason=reason, by=request.user, at=clock.now()
    )


@member_page
@require_POST
def call_readers(request: MemberRequest, slug: str) -> HttpResponse:
    """Give every application the readers it lacks."""
    call = run(request, slug)
    try:
        lacking = assign_readers(call_id=call.pk, by=request.user, at=clock.now())
    except ValidationError as refusal:
        return _cockpit(request, call, refusal.messages, REFUSED)
    if lacking:
        numbers = ", ".join(map(str, lacking))
        text = _("There are too few evaluators without a conflict for: %(numbers)s.")
        messages.warning(request, text % {"numbers": numbers})
    else:
        messages.success(request, _("Every application has its readers."))
    return redirect("web:call-cockpit", slug=call.slug)


@member_page
@require_safe
def call_export(request: MemberRequest, slug: str, fmt: str) -> HttpResponseBase:
    """The applications of a call as a file, exactly as filtered."""
    call = run(request, slug)
    filters = read_application_filters(request.GET, call)
    found = narrowed(standings_of(call), filters)
    rows = partial(_records, found, request)
    terms = _("For those who run the call. It tells of applications that are not public.")
    wanted = Wanted("applications", COLUMNS, terms, str(call.entity), found.__len__, rows)
    return as_file(request, fmt, filters, wanted)


def _records(standings: list[Standing], request: MemberRequest) -> Iterator[Record]:
    """Applications as records."""
    for one in standings:
        it = one.application
        partners = tuple(body.name for body in it.bodies()[1:])
        values = (
            *(it.number, str(it.public_id), it.title, it.lead.name, it.lead.country_id, partners),
            *(it.state, it.submitted_at.isoformat() if it.submitted_at else None),
            *(it.call.readers, len(one.totals)),
            *(None if one.awaited or one.mean is None else float(one.mean),),
            *(None if one.awaited else float(one.spread),),
            *(it.verdict or None, it.reason or None),
            *(request.build_absolute_uri(it.get_absolute_url()),),
        )
        yield Record(values)


@member_page
@require_safe
def call_log(request: MemberRequest, slug: str) -> HttpResponse:
    """The log of decisions: every act on the call, its applications and their readings."""
    call = run(request, slug)
    applications = Application.objects.filter(call=call)
    names = {name_of(one): one for one in applications}
    sheets = Reading.objects.filter(application__call=call).select_related("application")
    names |= {name_of(one): one.application for one in sheets}
    traces = list(Trace.objects.filter(subject__in=[name_of(call), *names]).order_by("-pk"))
    if call.state == CallState.CLOSED:  # as long as it is read, nobody learns what sheets say
        traces = [trace for trace in traces if trace.act != Act.STEP_READING]
    sight = Sight(request.reader.own, request.reader.person, all=True)
    rows = [
        {**event, "about": names.get(trace.subject)}
        for trace, event in zip(traces, events(traces, sight), strict=True)
    ]
    return render(request, "web/calls/log.html", {"call": call, "rows": rows})
