"""What is told of a project: plan, measurements, reports, words of its sides, calls for help."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from entrecidades.accounts.permissions import Permission
from entrecidades.kernel import clock
from entrecidades.network.choices import Stance
from entrecidades.projects import services
from entrecidades.projects.models import HelpRequest, Indicator, Milestone, Project
from entrecidades.projects.selectors import parties_for, reports_on
from entrecidades.web.caching import member_page
from entrecidades.web.forms import projects as forms
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.http import MemberRequest
from entrecidades.web.typed import number_typed
from entrecidades.web.views.own_projects import REFUSED, project_inside
from entrecidades.web.views.projects import project_page

#: What may be entered of a project, by its name in addresses.
PARTS: dict[str, tuple[type[Any], Callable[..., object]]] = {
    "milestone": (forms.MilestoneForm, services.plan_milestone),
    "budget": (forms.BudgetForm, services.plan_budget_line),
    "indicator": (forms.IndicatorForm, services.plan_indicator),
}


def _titles() -> dict[str, str]:
    """What entering each part is called."""
    return {
        "milestone": _("Enter a milestone"),
        "budget": _("Enter a line of the budget"),
        "indicator": _("Enter an indicator"),
        "shares": _("Shares of the themes"),
    }


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def project_plan(request: MemberRequest, public_id: UUID, part: str) -> HttpResponse:
    """Enter a milestone, a line of the budget or an indicator; or the shares of the themes."""
    project = project_inside(request, public_id)
    if part not in _titles():
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form: Any
    if part == "shares":
        form = forms.SharesForm(sent, project=project)
        act = _share_out
    else:
        kind, act = PARTS[part]
        form = kind(sent)
    if sent is not None and form.is_valid() and _done(request, project, form, act):
        messages.success(request, _("Saved."))
        return redirect(project)
    context = {"project": project, "form": form, "title": _titles()[part]}
    return _form_page(request, context, form)


def _share_out(*, form: Any, **who: Any) -> object:
    """The shares of the themes are said."""
    return services.share_out(shares=form.shares(), **who)


def _done(request: MemberRequest, project: Project, form: Any, act: Callable[..., object]) -> bool:
    """Whether the act was done; a refusal is told at the head of the form."""
    who: dict[str, Any] = {"project_id": project.pk, "by": request.user, "at": clock.now()}
    said = {"form": form} if act is _share_out else form.cleaned_data
    return _accepted(form, lambda: act(**who, **said))


def _accepted(form: BaseForm, act: Callable[[], object]) -> bool:
    """Whether an act was accepted; each reason why not is told at the head of the form."""
    try:
        act()
    except ValidationError as refusal:
        keep_refusal(form, refusal)
        return False
    return True


def _form_page(request: MemberRequest, context: dict[str, Any], form: BaseForm) -> HttpResponse:
    """A form about a project."""
    status = REFUSED if form.errors else 200
    return render(request, "web/projects/form.html", context, status=status)


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def project_report(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Report on a period for a party; the form is filled with what is known of it."""
    project = project_inside(request, public_id)
    speakers = parties_for(request.user, project, Permission.REPORT_PROJECT, on=clock.today())
    sent = request.POST if request.method == "POST" else None
    form = forms.ReportForm(sent, speakers=speakers, initial=_filled(project, request))
    if sent is not None and form.is_valid():
        who: dict[str, Any] = {"project_id": project.pk, "by": request.user, "at": clock.now()}
        if _accepted(form, partial(services.report_on_project, **who, **form.cleaned_data)):
            messages.success(request, _("Reported. Those who coordinate can read it."))
            return redirect(project)
    context = {"project": project, "form": form, "title": _("Report on a period")}
    return _form_page(request, context, form)


def _filled(project: Project, request: MemberRequest) -> dict[str, Any]:
    """The year that is asked for or this one, and what was reported on it already."""
    raw = request.GET.get("year", "")
    year = number_typed(raw, 4)
    year = year if 1900 <= year <= 2200 else clock.today().year  # noqa: PLR2004
    first, last = date(year, 1, 1), date(year, 12, 31)
    known = {"first_on": first, "last_on": last}
    said = reports_on(project).filter(entity__in=request.reader.own, **known).first()
    if said is None:
        return {**known, "words": _what_is_known(project, first, last)}
    names = ("words", "next_words", "quote", "may_quote", "language")
    return {**known, **{name: getattr(said, name) for name in names}}


def _what_is_known(project: Project, first: date, last: date) -> str:
    """The milestones that were done in a period, as the first words of a report."""
    done = project.milestones.filter(removed_at=None, done_on__range=(first, last))
    return "\n".join(_("Done: %(what)s.") % {"what": one} for one in done)


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def project_measure(request: MemberRequest, public_id: UUID, indicator: UUID) -> HttpResponse:
    """Say what an indicator had come to at the end of a period."""
    project = project_inside(request, public_id)
    one = get_object_or_404(Indicator, project=project, public_id=indicator)
    day = clock.today()
    speakers = parties_for(request.user, project, Permission.REPORT_PROJECT, on=day)
    sent = request.POST if request.method == "POST" else None
    initial = {"first_on": date(day.year, 1, 1), "last_on": day}
    form = forms.MeasureForm(sent, speakers=speakers, initial=initial)
    if sent is not None and form.is_valid():
        facts = {
            name: value
            for name, value in form.cleaned_data.items()
            if name not in ("women", "men")
        }
        who: dict[str, Any] = {"indicator_id": one.pk, "by": request.user, "at": clock.now()}
        if _accepted(form, partial(services.measure, **who, **facts, groups=form.groups())):
            messages.success(request, _("Saved."))
            return redirect(project)
    title = _("Measure: %(what)s (%(unit)s)") % {"what": one, "unit": one.unit}
    return _form_page(request, {"project": project, "form": form, "title": title}, form)


@member_page
@require_POST
def project_finish(request: MemberRequest, public_id: UUID, milestone: UUID) -> HttpResponse:
    """Say that a milestone is done."""
    project = project_inside(request, public_id)
    one = get_object_or_404(Milestone, project=project, public_id=milestone)
    try:
        services.finish_milestone(milestone_id=one.pk, by=request.user, at=clock.now())
    except ValidationError as refusal:
        return project_page(request, project, " ".join(refusal.messages), REFUSED)
    messages.success(request, _("Done."))
    return redirect(project)


@member_page
@require_POST
def project_say(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Say for a party that the project is as recorded, or what is different."""
    project = project_inside(request, public_id)
    speakers = parties_for(request.user, project, Permission.CONFIRM, on=clock.today())
    form = forms.WordForm(request.POST, speakers=speakers, auto_id="word_%s")
    if form.is_valid():
        facts: dict[str, Any] = form.cleaned_data | {"stance": Stance(form.cleaned_data["stance"])}
        who: dict[str, Any] = {"project_id": project.pk, "by": request.user, "at": clock.now()}
        language = str(get_language())
        if _accepted(form, partial(services.say_of_project, **who, **facts, language=language)):
            messages.success(request, _("Done. The other side is told by letter."))
            return redirect(project)
    return project_page(request, project, status=REFUSED, word_form=form)


@member_page
@require_POST
def project_help(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Ask those who coordinate for help; or answer, for them."""
    project = project_inside(request, public_id)
    if "answers" in request.POST:
        return _answered(request, project)
    speakers = parties_for(request.user, project, Permission.REPORT_PROJECT, on=clock.today())
    form = forms.HelpForm(request.POST, speakers=speakers, auto_id="help_%s")
    if form.is_valid():
        who: dict[str, Any] = {"project_id": project.pk, "by": request.user, "at": clock.now()}
        said: dict[str, Any] = {**form.cleaned_data, "language": str(get_language())}
        if _accepted(form, partial(services.ask_help, **who, **said)):
            messages.success(request, _("Those who coordinate are told by letter."))
            return redirect(project)
    return project_page(request, project, status=REFUSED, help_form=form)


def _answered(request: MemberRequest, project: Project) -> HttpResponse:
    """A call for help is answered; a refusal is told on the page."""
    asked = next(
        (
            one
            for one in HelpRequest.objects.filter(project=project)
            if str(one.public_id) == request.POST["answers"]
        ),
        None,
    )
    if asked is None:
        raise Http404
    try:
        services.answer_help(
            help_id=asked.pk,
            words=request.POST.get("words", "")[:4000],
            language=str(get_language()),
            by=request.user,
            at=clock.now(),
        )
    except ValidationError as refusal:
        return project_page(request, project, " ".join(refusal.messages), REFUSED)
    messages.success(request, _("Answered."))
    return redirect(project)
