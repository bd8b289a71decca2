"""A programme followed by its coordinators, and its report of a year for everybody."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entrecidades.accounts.permissions import Permission
from entrecidades.cooperation.models import Programme
from entrecidades.kernel import clock
from entrecidades.network.selectors import entities_where
from entrecidades.projects.selectors import lanes_of
from entrecidades.reporting import services
from entrecidades.reporting.models import AnnualReport
from entrecidades.reporting.selectors import (
    campaigns_of,
    health_of,
    reports_seen_by,
    who_reported,
    year_facts,
)
from entrecidades.web.caching import member_page, public_page
from entrecidades.web.http import MemberRequest, Request
from entrecidades.web.presenters.agreements import agreements_table
from entrecidades.web.presenters.cockpit import deadlines_told, risks_told, stages_told
from entrecidades.web.presenters.years import lane_told, projects_with_bars, with_bars, year_map
from entrecidades.web.typed import number_typed

REFUSED = 422
PDF = "application/pdf"


def led_programme(request: MemberRequest, slug: str) -> Programme:
    """A programme that one of the reader's own bodies coordinates; for others there is no page."""
    mine = Programme.objects.filter(coordinations__entity__in=request.reader.own).distinct()
    return get_object_or_404(mine, slug=slug)


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def programme_following(request: MemberRequest, slug: str) -> HttpResponse:
    """The pairs and projects of a programme side by side; a report of a year is begun here."""
    programme = led_programme(request, slug)
    refusal = ""
    if request.method == "POST":
        raw = request.POST.get("year", "")
        year = number_typed(raw, 4)
        try:
            report = services.begin_report(
                programme=programme, year=year, by=request.user, at=clock.now()
            )
        except ValidationError as problem:
            refusal = " ".join(problem.messages)
        else:
            return redirect(report)
    now, day = clock.now(), clock.today()
    lanes = lanes_of(programme, reader=request.reader, at=now)
    edits = entities_where(request.user, Permission.EDIT_PROJECT, on=day)
    context = {
        "programme": programme,
        "lanes": [lane_told(lane, on=day) for lane in lanes],
        "silent": sum(lane.silent for lane in lanes),
        "waiting": sum(lane.asked for lane in lanes),
        "reports": reports_seen_by(request.reader).filter(programme=programme),
        "year": day.year,
        "before": day.year - 1,
        "leads": edits.filter(coordinations__programme=programme).exists(),
        "refusal": refusal,
    }
    status = REFUSED if refusal else 200
    return render(request, "web/years/following.html", context, status=status)


@member_page
@require_safe
def programme_cockpit(request: MemberRequest, slug: str) -> HttpResponse:
    """How a programme stands: its stages, where its pairs are, risks, money, deadlines."""
    programme = led_programme(request, slug)
    health = health_of(programme, reader=request.reader, at=clock.now())
    campaigns = campaigns_of(request.reader).filter(programme=programme)
    context = {
        "programme": programme,
        "stages": stages_told(health),
        "risks": risks_told(health),
        "deadlines": deadlines_told(health),
        "health": health,
        "agreements": agreements_table(health.agreements),
        "map": year_map({"pairs": health.pairs}, str(programme)),
        "campaign": campaigns.order_by("-year").first(),
    }
    return render(request, "web/programmes/cockpit.html", context)


def _seen(request: Request, slug: str, year: int) -> AnnualReport:
    """A report that is out, or that the reader's own bodies prepare."""
    seen = reports_seen_by(request.reader)
    return get_object_or_404(seen, programme__slug=slug, year=year)


@public_page
@login_not_required
@require_safe
def programme_year_detail(request: Request, slug: str, year: int) -> HttpResponse:
    """The report of a programme on a year; its coordinators also see who has reported."""
    return _page(request, _seen(request, slug, year))


def _page(
    request: Request, report: AnnualReport, refusal: str = "", status: int = 200
) -> HttpResponse:
    """The page of a report, perhaps with what was refused."""
    facts = year_facts(report)
    coordinators = report.programme.coordinations.values_list("entity", flat=True)
    prepares = bool(request.reader.own & {*coordinators})
    edition = report.editions.filter(language=get_language()).first()
    context: dict[str, Any] = {
        "report": report,
        "facts": facts,
        "states": with_bars(facts["states"]),
        "themes": with_bars(facts["themes"]),
        "projects": projects_with_bars(facts),
        "map": year_map(facts, str(report)),
        "edition": edition,
        "made": bool(edition and edition.content),
        "refusal": refusal,
        "prepares": prepares,
    }
    if prepares:
        edits = entities_where(request.user, Permission.EDIT_PROJECT, on=clock.today())
        context |= {
            "board": who_reported(report, request.reader),
            "leads": edits.filter(pk__in=coordinators).exists(),
            "edits": edits.filter(pk=report.entity_id).exists(),
        }
    return render(request, "web/years/detail.html", context, status=status)


@public_page
@login_not_required
@require_safe
def programme_year_file(request: Request, slug: str, year: int, language: str) -> HttpResponse:
    """The report as a file in one language, once it is made."""
    report = _seen(request, slug, year)
    edition = report.editions.filter(language=language).exclude(content=None).first()
    if edition is None or edition.content is None:
        raise Http404
    response = HttpResponse(bytes(edition.content), content_type=PDF)
    name = f"{report.programme.slug}-{report.year}-{language}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["ETag"] = f'"{edition.digest}"'
    return response


@member_page
@require_POST
def programme_year_step(request: MemberRequest, slug: str, year: int) -> HttpResponse:
    """Publish a report, take it back, have its file made, or remind those who are missing."""
    led_programme(request, slug)
    report = _seen(request, slug, year)
    who: dict[str, Any] = {"report_id": report.pk, "by": request.user, "at": clock.now()}
    language = str(get_language())
    steps: dict[str, Any] = {
        "publish": services.publish_report,
        "withdraw": services.withdraw_report,
        "remind": services.remind_reporters,
        "make": partial(services.make_edition, language=language),
    }
    step = steps.get(request.POST.get("step", ""))
    if step is None:
        return _page(request, report, _("There is no such step."), REFUSED)
    try:
        step(**who)
    except ValidationError as problem:
        return _page(request, report, " ".join(problem.messages), REFUSED)
    messages.success(request, _("Done."))
    return redirect(report)
