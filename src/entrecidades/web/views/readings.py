"""Reading applications: what a reader was given, what she declares, and her sheet."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entrecidades.calls.choices import ReadingState, ReadingStep
from entrecidades.calls.models import Reading
from entrecidades.calls.rules.reading import sheet_problems
from entrecidades.calls.selectors import interest_of, readings_of, runs, sheets_seen_by
from entrecidades.calls.services import save_sheet, take_reading_step
from entrecidades.kernel import clock
from entrecidades.kernel.text import pick, with_colon
from entrecidades.web.caching import member_page
from entrecidades.web.http import MemberRequest
from entrecidades.web.presenters.applications import bodies_line, saved_words, tasks_told
from entrecidades.web.presenters.calls import criteria_of
from entrecidades.web.typed import number_typed
from entrecidades.web.views.applications import application_page

REFUSED = 422


@member_page
@require_safe
def reading_list(request: MemberRequest) -> HttpResponse:
    """What one was given to read, by call: what waits first."""
    mine = readings_of(request.user).order_by("application__call", "state", "pk")
    rows = [{"reading": one, "name": _name(one)} for one in mine]
    return render(request, "web/readings/list.html", {"rows": rows})


def _name(reading: Reading) -> str:
    """What a reader is told of whose application it is."""
    application = reading.application
    number = _("Application %(number)s") % {"number": application.number}
    return number if application.call.hides_bodies else with_colon(number, application.title)


def _mine(request: MemberRequest, public_id: UUID) -> Reading:
    """The reading, if it is the person's own."""
    return get_object_or_404(readings_of(request.user), public_id=public_id)


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def reading_detail(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """One application and the reader's sheet; it saves itself, and plainly with a button."""
    reading = _mine(request, public_id)
    if request.method != "POST":
        return _page(request, reading)
    at, scores = clock.now(), _scores(request, reading)
    seen = number_typed(request.POST.get("version", ""))
    reading.scores = scores  # what she typed stays on the page, whatever becomes of it
    try:
        saved = save_sheet(
            reading_id=reading.pk, scores=scores, version=seen, by=request.user, at=at
        )
        if request.POST.get("step") == ReadingStep.HAND_IN:
            step = ReadingStep.HAND_IN
            take_reading_step(reading_id=reading.pk, step=step, by=request.user, at=at)
            messages.success(request, _("Handed in. Thank you."))
            return redirect("web:reading-list")
    except ValidationError as refusal:
        stored = Reading.objects.get(pk=reading.pk)
        reading.version, reading.state = stored.version, stored.state
        return _page(request, reading, refusal.messages, REFUSED, pressed=True)
    if request.htmx:
        return render(
            request,
            "web/readings/_saved.html",
            {"reading": saved, "saved": saved_words(saved, saved.application), "swaps": True},
        )
    messages.success(request, _("Saved."))
    return redirect(reading)


def _scores(request: MemberRequest, reading: Reading) -> dict[str, dict[str, str]]:
    """The sheet as it was typed."""
    keys = [one["key"] for one in reading.application.call.criteria]
    return {
        key: {
            "score": request.POST.get(f"score_{key}", "").strip(),
            "reason": request.POST.get(f"reason_{key}", "").replace("\r\n", "\n").strip(),
        }
        for key in keys
    }


@member_page
@require_POST
def reading_step(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Declare that there is no conflict, or one; or take a reading from its reader."""
    reading = get_object_or_404(
        Reading.objects.select_related("application__call__programme"), public_id=public_id
    )
    is_hers = reading.reader_id == request.user.pk
    if not is_hers and not runs(
        request.user, reading.application.call.programme, on=clock.today()
    ):
        raise Http404
    try:
        take_reading_step(
            reading_id=reading.pk,
            step=ReadingStep(request.POST.get("step", "")),
            by=request.user,
            at=clock.now(),
            conflict=request.POST.get("conflict", ""),
        )
    except (ValidationError, ValueError) as refusal:
        told = getattr(refusal, "messages", [_("There is no such step.")])
        if is_hers:
            return _page(request, reading, told, REFUSED)
        return application_page(request, reading.application, list(told), REFUSED)
    messages.success(request, _("Done."))
    return redirect("web:reading-detail", public_id) if is_hers else redirect(reading.application)


def _page(
    request: MemberRequest,
    reading: Reading,
    refusals: list[str] | None = None,
    status: int = 200,
    *,
    pressed: bool = False,
) -> HttpResponse:
    """The sheet: first the declaration, then the application beside the criteria."""
    application, call = reading.application, reading.application.call
    open_ = reading.state in {ReadingState.READING, ReadingState.HANDED_IN}
    problems = _problems(reading) if pressed else {}
    context: dict[str, Any] = {
        "reading": reading,
        "saved": saved_words(reading, application),
        "call": call,
        "name": _name(reading),
        "bodies": "" if call.hides_bodies else bodies_line(application),
        "knows": interest_of(request.user, application, on=clock.today()),
        "sections": _blind(application) if open_ else [],
        "criteria": [
            {
                **one,
                **(reading.scores.get(one["key"]) or {"score": "", "reason": ""}),
                "errors": problems.get(one["key"], []),
            }
            for one in criteria_of(call)
        ],
        "writable": reading.state == ReadingState.READING,
        "others": _others(request, reading),
        "refusals": refusals or [],
        "typed": request.POST,
    }
    return render(request, "web/readings/detail.html", context, status=status)


def _problems(reading: Reading) -> dict[str, list[str]]:
    """Everything that a sheet lacks, by criterion."""
    call = reading.application.call
    found: dict[str, list[str]] = {}
    for key, says in sheet_problems(reading.scores, call.criteria, call.scale):
        found.setdefault(key, []).append(says)
    return found


def _blind(application: Any) -> list[dict[str, Any]]:
    """The answers; without the names of the bodies where readers are not to know them."""
    sections = tasks_told(application, set())
    if application.call.hides_bodies:
        sides = (one for one in sections if one["sheet"])
        for number, section in enumerate(sides, start=1):
            section["title"] = _("Body %(number)s") % {"number": number}
    return sections


def _others(request: MemberRequest, reading: Reading) -> list[dict[str, Any]]:
    """The other sheets, once all are in; their readers are not named to one another."""
    seen = sheets_seen_by(request.user, reading.application, runs=False)
    return [
        {
            "number": number,
            "total": one.total,
            "lines": [
                {"name": pick(c["name"]).words, **(one.scores.get(c["key"]) or {})}
                for c in reading.application.call.criteria
            ],
        }
        for number, one in enumerate(seen.exclude(pk=reading.pk), start=2)
    ]
