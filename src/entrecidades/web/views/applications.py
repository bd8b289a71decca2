"""Applications: begun, found again, checked, and led on step by step."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entrecidades.accounts.permissions import Permission
from entrecidades.calls.choices import Act, ApplicationState, ApplicationStep, Verdict
from entrecidades.calls.models import Application, Call
from entrecidades.calls.rules.building import words_of
from entrecidades.calls.selectors import (
    applications_of,
    applications_seen_by,
    calls_fitting,
    runs,
    sheets_seen_by,
    standing_of,
)
from entrecidades.calls.services import (
    begin_application,
    confirm_part,
    confirm_profile,
    decide_application,
    invite_partner,
    leave_application,
    list_application,
    take_application_step,
)
from entrecidades.kernel import clock
from entrecidades.network.models import Entity
from entrecidades.network.selectors import entities_where
from entrecidades.web.asked import body_of, read_asked
from entrecidades.web.caching import member_page
from entrecidades.web.forms.applications import ApplyForm
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.http import MemberRequest
from entrecidades.web.presenters.applications import application_context
from entrecidades.web.presenters.call_pictures import score_words
from entrecidades.web.presenters.calls import moment, moment_for
from entrecidades.web.presenters.history import Sight, history_told
from entrecidades.web.views.calls import seen

REFUSED = 422
#: Of many bodies that a call is meant for, so many are named.
NAMED = 5
#: What those who run the call do is told to those who apply once all is decided.
INTERNAL = frozenset({Act.DECIDE.value})


def found(request: MemberRequest, public_id: UUID) -> Application:
    """The application, if it is of the reader's bodies, or submitted to a call she runs."""
    mine = applications_seen_by(request.reader).filter(public_id=public_id).first()
    if mine is not None:
        return mine
    application = get_object_or_404(Application.objects.whole(), public_id=public_id)
    submitted = application.submitted_at is not None
    if submitted and runs(request.user, application.call.programme, on=clock.today()):
        return application
    raise Http404


@member_page
@require_safe
def application_list(request: MemberRequest) -> HttpResponse:
    """The applications of one's bodies, and the calls that take some now."""
    at = clock.now()
    rows = [
        {"application": one, "closes": moment_for(one.call, one.call.closes_at, one.bodies())}
        for one in applications_of(request.reader)
    ]
    hers = entities_where(request.user, Permission.APPLY, on=clock.today()).order_by("pk")
    fitting = calls_fitting(list(hers.prefetch_related("names")), at=at)
    meant = {call.pk for call, _bodies in fitting}
    context = {
        "rows": rows,
        "fitting": [
            {"call": call, "closes": moment(call, call.closes_at), "bodies": bodies[:NAMED]}
            for call, bodies in fitting
        ],
        "taking": [
            {"call": one, "closes": moment(one, one.closes_at)}
            for one in Call.objects.taking(at).select_related("programme")
            if one.pk not in meant
        ],
    }
    return render(request, "web/applications/list.html", context)


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def call_apply(request: MemberRequest, slug: str) -> HttpResponse:
    """Begin an application: for whom, under what title, with whom."""
    call = seen(request, slug)
    hers = entities_where(request.user, Permission.APPLY, on=clock.today())
    leads = list(hers.select_related("country").prefetch_related("names"))
    if not leads:
        return render(request, "web/board/nobody.html")
    data = request.POST if request.method == "POST" else None
    form = ApplyForm(data, leads=leads)
    if data is not None and form.is_valid() and (made := _begun(request, call, form)):
        return redirect(made)
    context = {"form": form, "call": call, "closes": moment_for(call, call.closes_at, leads)}
    status = REFUSED if form.errors else 200
    return render(request, "web/applications/new.html", context, status=status)


def _begun(request: MemberRequest, call: Call, form: ApplyForm) -> Application | None:
    """The application; nothing when it was refused, and then no body was registered either."""
    facts = form.cleaned_data
    try:
        with transaction.atomic():
            partner = _body_named(request, facts["partner"])
            return begin_application(
                call=call,
                lead=facts["lead"],
                partners=[partner] if partner else [],
                title=facts["title"],
                language=facts["language"],
                by=request.user,
                at=clock.now(),
            )
    except ValidationError as refusal:
        keep_refusal(form, refusal)
        return None


def _body_named(request: MemberRequest, words: str) -> Entity | None:
    """The body that somebody means, registered if it is a city that nobody has registered."""
    asked = read_asked(words)
    if asked.words and asked.subject is None:
        near = ", ".join(f"{one.country_id.lower()}/{one.slug}" for one in asked.nearest[:5])
        told = _("No body is found under “%(words)s”. %(near)s")
        raise ValidationError(told % {"words": asked.words, "near": near})
    return body_of(asked.subject, by=request.user) if asked.subject else None


@member_page
@require_safe
def application_detail(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """An application as a list of tasks; submitted, its receipt and what became of it."""
    return application_page(request, found(request, public_id))


def application_page(
    request: MemberRequest,
    application: Application,
    refusals: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page of an application, perhaps with what was refused."""
    context = application_context(application, request)
    bodies = [part["body"].pk for part in context["parts"]]
    told = history_told(application, Sight.of(request.reader, bodies=bodies), but=INTERNAL)
    context |= {"history": told, "refusals": refusals or [], "typed": request.POST}
    if context["runner"]:
        context |= _for_runner(request, application)
    return render(request, "web/applications/detail.html", context, status=status)


def _for_runner(request: MemberRequest, application: Application) -> dict[str, Any]:
    """What those who run the call see besides: sheets that may be seen, and the decision."""
    sheets = sheets_seen_by(request.user, application, runs=True).select_related("reader")
    standing = standing_of(application)
    is_whole = not standing.awaited
    return {
        "readings": application.readings.select_related("reader"),
        "sheets": [_sheet(application, number, one) for number, one in enumerate(sheets, start=1)],
        "score": score_words(standing.mean if is_whole else None),
        "verdicts": Verdict.choices,
        "deciding": application.call.state == "evaluated"
        and application.state == ApplicationState.SUBMITTED,
    }


def _sheet(application: Application, number: int, sheet: Any) -> dict[str, Any]:
    """A sheet that is in, with a score and a reason for each criterion."""
    lines = [
        {"name": words_of(one), **(sheet.scores.get(one["key"]) or {})}
        for one in application.call.criteria
    ]
    return {"number": number, "reader": sheet.reader, "total": sheet.total, "lines": lines}


@member_page
@require_safe
def application_check(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """All answers on one page, to be confirmed by each body and submitted by the lead."""
    return check_page(request, found(request, public_id))


def check_page(
    request: MemberRequest,
    application: Application,
    refusals: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """All answers, perhaps with what was refused of confirming or submitting them."""
    context = application_context(application, request)
    context |= {"refusals": refusals or [], "typed": request.POST}
    return render(request, "web/applications/check.html", context, status=status)


@member_page
@require_POST
def application_step(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Confirm, leave, submit, withdraw and the steps of those who run the call."""
    application, asked = found(request, public_id), request.POST.get("step", "")
    page = check_page if asked in {"confirm", "submit"} else application_page
    try:
        told = _stepped(request, application, asked)
    except ValidationError as refusal:
        return page(request, found(request, public_id), refusal.messages, REFUSED)
    except ValueError:
        return page(request, application, [_("There is no such step.")], REFUSED)
    messages.success(request, told)
    return redirect(application)


def _stepped(request: MemberRequest, application: Application, asked: str) -> str:
    """Take the step that was asked for; what is said of it."""
    who: dict[str, Any] = {"by": request.user, "at": clock.now()}
    key = application.pk
    part = int(request.POST.get("part") or 0)
    if asked == "confirm":
        confirm_part(application_id=key, part_id=part, **who)
        return _("Confirmed. If anybody changes something, all confirm anew.")
    if asked == "leave":
        leave_application(application_id=key, part_id=part, **who)
        return _("It takes part no longer.")
    if asked == "fresh":
        body = next((one for one in application.bodies() if one.pk == part), application.lead)
        confirm_profile(body=body, **who)
        return _("The profile counts as looked at today.")
    if asked in {"list", "unlist"}:
        list_application(application_id=key, is_listed=asked == "list", **who)
        return _("Saved.")
    step = ApplicationStep(asked)
    listed = "is_listed" in request.POST if step == ApplicationStep.SUBMIT else None
    reason = request.POST.get("reason", "")
    take_application_step(application_id=key, step=step, reason=reason, is_listed=listed, **who)
    return _("Submitted. The receipt is below.") if step == ApplicationStep.SUBMIT else _("Done.")


@member_page
@require_POST
def application_partner(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Ask a body to take part."""
    application = found(request, public_id)
    try:
        with transaction.atomic():
            _invited(request, application)
    except ValidationError as refusal:
        return application_page(request, application, refusal.messages, REFUSED)
    messages.success(request, _("Its people are told by letter."))
    return redirect(application)


def _invited(request: MemberRequest, application: Application) -> None:
    """Ask the body that was named, or refuse."""
    partner = _body_named(request, request.POST.get("partner", ""))
    if partner is None:
        raise ValidationError(_("Name the body that you ask."))
    key = application.pk
    invite_partner(application_id=key, partner=partner, by=request.user, at=clock.now())


@member_page
@require_POST
def application_decide(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Note what is decided of an application, with its reason."""
    application = found(request, public_id)
    if not runs(request.user, application.call.programme, on=clock.today()):
        raise Http404
    try:
        decide_application(
            application_id=application.pk,
            verdict=Verdict(request.POST.get("verdict", "")),
            reason=request.POST.get("reason", ""),
            by=request.user,
            at=clock.now(),
        )
    except ValidationError as refusal:
        return application_page(request, application, refusal.messages, REFUSED)
    except ValueError:
        said = [_("Choose what is decided.")]
        return application_page(request, application, said, REFUSED)
    messages.success(request, _("Noted. It is told when all decisions are published."))
    return redirect("web:call-cockpit", slug=application.call.slug)
