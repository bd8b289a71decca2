"""The declaration campaign of a programme and year, and what a party declares in it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from entrecidades.accounts.permissions import Permission
from entrecidades.cooperation.models import Programme
from entrecidades.kernel import clock
from entrecidades.network.selectors import may
from entrecidades.projects.selectors import reports_on
from entrecidades.reporting import services
from entrecidades.reporting.choices import DeclarationState, DeclarationStep
from entrecidades.reporting.models import Campaign, Declaration
from entrecidades.reporting.selectors import (
    Recorded,
    campaigns_of,
    declarations_seen_by,
    recorded_in,
    tracked,
)
from entrecidades.web.caching import member_page
from entrecidades.web.forms.declaring import CampaignForm, DeclarationForm
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.http import MemberRequest
from entrecidades.web.presenters.declaring import recorded_told
from entrecidades.web.views.years import led_programme

REFUSED = 422


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def programme_campaign(request: MemberRequest, slug: str, year: int) -> HttpResponse:
    """Who has declared a year and who is late; the campaign is opened and chased here."""
    programme = led_programme(request, slug)
    campaign = campaigns_of(request.reader).filter(programme=programme, year=year).first()
    opening = request.method == "POST" and campaign is None
    form = CampaignForm(request.POST if opening else None)
    refusal: list[str] = []
    if request.method == "POST" and (campaign is not None or form.is_valid()):
        try:
            _act(request, programme, year, campaign, form)
        except ValidationError as problem:
            refusal = problem.messages
        else:
            return redirect("web:campaign-detail", slug=slug, year=year)
    rows = tracked(campaign, request.reader) if campaign else []
    late = campaign is not None and clock.today() > campaign.due_on
    context = {
        "programme": programme,
        "year": year,
        "campaign": campaign,
        "form": form,
        "rows": rows,
        "counts": _counts(rows, late=late),
        "late": late,
        "refusal": refusal,
    }
    status = REFUSED if refusal or form.errors else 200
    return render(request, "web/years/campaign.html", context, status=status)


def _act(
    request: MemberRequest,
    programme: Programme,
    year: int,
    campaign: Campaign | None,
    form: CampaignForm,
) -> None:
    """Open the campaign, or chase those who have not declared."""
    who: dict[str, Any] = {"by": request.user, "at": clock.now()}
    if campaign is None:
        due_on = form.cleaned_data["due_on"]
        services.open_campaign(programme=programme, year=year, due_on=due_on, **who)
        messages.success(request, _("Opened. Every party is asked by letter."))
        return
    count = services.chase(campaign_id=campaign.pk, **who)
    told = ngettext("%(count)s party is asked again.", "%(count)s parties are asked again.", count)
    messages.success(request, told % {"count": count})


def _counts(rows: list[Declaration], *, late: bool) -> list[dict[str, Any]]:
    """How many have confirmed, corrected, and are awaited."""
    states = [one.state for one in rows]
    confirmed, corrected, awaited = (
        states.count(state)
        for state in (
            DeclarationState.CONFIRMED,
            DeclarationState.CORRECTED,
            DeclarationState.AWAITED,
        )
    )
    overdue = ngettext("declaration is late", "declarations are late", awaited)
    to_come = ngettext("declaration is awaited", "declarations are awaited", awaited)
    return [
        {
            "value": confirmed,
            "words": ngettext("declaration confirms", "declarations confirm", confirmed),
        },
        {
            "value": corrected,
            "words": ngettext("declaration corrects", "declarations correct", corrected),
        },
        {"value": awaited, "words": overdue if late else to_come},
    ]


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def declaration_detail(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """What is recorded of a project in a year, to be confirmed or corrected by one party."""
    one = get_object_or_404(declarations_seen_by(request.reader), public_id=public_id)
    recorded = recorded_in(one.project, one.campaign.year)
    sent = request.POST if request.method == "POST" else None
    form = DeclarationForm(sent, initial=_filled(one, recorded))
    if sent is not None and form.is_valid() and _declared(request, one, form):
        messages.success(request, _("Declared. Those who coordinate can read it."))
        return redirect(one)
    context = {
        "one": one,
        "rows": recorded_told(recorded),
        "shown": recorded.digest(),
        "form": form,
        "declares": may(request.user, Permission.REPORT_PROJECT, one.entity, on=clock.today()),
        "changed": bool(one.declared_at and one.facts != recorded.facts()),
        "late": clock.today() > one.campaign.due_on,
    }
    status = REFUSED if form.errors else 200
    return render(request, "web/years/declaration.html", context, status=status)


def _filled(one: Declaration, recorded: Recorded) -> dict[str, Any]:
    """What the party has said already; else the milestones that were reached."""
    first, last = date(one.campaign.year, 1, 1), date(one.campaign.year, 12, 31)
    said = reports_on(one.project).filter(entity=one.entity, first_on=first, last_on=last).first()
    if said is None:
        done = [_("Done: %(what)s.") % {"what": milestone} for milestone in recorded.milestones]
        return {"words": "\n".join(done)}
    names = ("words", "next_words", "quote", "may_quote", "language")
    return {"correction": one.correction, **{name: getattr(said, name) for name in names}}


def _declared(request: MemberRequest, one: Declaration, form: DeclarationForm) -> bool:
    """Whether it was declared; a refusal stands at the head of the form."""
    try:
        step = DeclarationStep(request.POST.get("step", ""))
        services.declare(
            declaration_id=one.pk,
            step=step,
            shown=request.POST.get("shown", ""),
            by=request.user,
            at=clock.now(),
            **form.cleaned_data,
        )
    except ValidationError as refusal:
        keep_refusal(form, refusal)
    except ValueError:
        form.add_error(None, _("There is no such step."))
    return not form.errors
