"""The call builder: made or copied, page by page, tried as applicants see it, published."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from entrecidades.calls.choices import CallState
from entrecidades.calls.models import Call
from entrecidades.calls.rules.answers import problem_of
from entrecidades.calls.selectors import calls_run_by, runs
from entrecidades.calls.services import edit_call, make_call
from entrecidades.cooperation.models import Programme
from entrecidades.kernel import clock
from entrecidades.kernel.text import pick
from entrecidades.network.rules import EditedMeanwhile
from entrecidades.network.services import Seen
from entrecidades.web.caching import member_page
from entrecidades.web.forms.applications import TrialForm
from entrecidades.web.forms.call_lists import CriteriaForm, QuestionsForm
from entrecidades.web.forms.calls import BasicsForm, CallNewForm, TextsForm
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.http import MemberRequest
from entrecidades.web.presenters.call_clashes import clashes_told
from entrecidades.web.presenters.calls import builder_pages, languages_of, moment
from entrecidades.web.presenters.history import Sight, history_told
from entrecidades.web.shown import Shown, seal, shown_now, unseal

REFUSED, DISPUTED = 422, 409


def run(request: MemberRequest, slug: str) -> Call:
    """The call, if the person runs it; for others it is not there."""
    mine = calls_run_by(request.user, on=clock.today())
    return get_object_or_404(mine.select_related("programme__relation", "entity"), slug=slug)


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def call_new(request: MemberRequest, slug: str) -> HttpResponse:
    """Draft a call of a programme, perhaps from an earlier one."""
    programme = get_object_or_404(Programme, slug=slug)
    if not runs(request.user, programme, on=clock.today()):
        raise Http404
    earlier = list(calls_run_by(request.user, on=clock.today()).filter(programme=programme))
    data = request.POST if request.method == "POST" else None
    form = CallNewForm(data, earlier=earlier, initial={"copy": request.GET.get("copy", "")})
    if data is not None and form.is_valid():
        facts = form.cleaned_data
        copied = next((one for one in earlier if one.slug == facts.get("copy")), None)
        title = {facts["language"]: facts["title"]}
        try:
            made = make_call(
                programme=programme, title=title, copy_of=copied, by=request.user, at=clock.now()
            )
        except ValidationError as refusal:
            keep_refusal(form, refusal)
        else:
            return redirect("web:call-build", slug=made.slug)
    context = {"form": form, "programme": programme}
    status = REFUSED if form.errors else 200
    return render(request, "web/calls/new.html", context, status=status)


@member_page
@require_safe
def call_build(request: MemberRequest, slug: str) -> HttpResponse:
    """What there is to do before a call is published, with every problem at once."""
    call = run(request, slug)
    pages = builder_pages(call, clock.now())
    context = {
        "call": call,
        "pages": pages,
        "languages": languages_of(call),
        "ready": not any(page["problems"] for page in pages),
        "opens": moment(call, call.opens_at),
        "closes": moment(call, call.closes_at),
        "history": history_told(call, Sight.of(request.reader, bodies=[call.entity_id])),
    }
    return render(request, "web/calls/build.html", context)


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def call_edit(request: MemberRequest, slug: str, page: str) -> HttpResponse:
    """One page of the builder; of two who write, the second sees both."""
    call = run(request, slug)
    form = _form(request, call, page)
    if request.method != "POST":
        return _page(request, call, page, form, shown_now(call))
    shown = unseal(request.POST.get("shown", ""), call)
    if not form.is_valid():
        return _page(request, call, page, form, shown, status=REFUSED)
    try:
        edit_call(call=call, seen=shown.seen, said=form.said(), by=request.user, on=clock.today())
    except EditedMeanwhile as meanwhile:
        now = Shown(Seen(meanwhile.record_version, meanwhile.there))
        told = clashes_told(call, meanwhile.merged.clashes)
        return _page(request, call, page, form, now, clashes=told, status=DISPUTED)
    except ValidationError as refusal:
        keep_refusal(form, refusal)
        return _page(request, call, page, form, shown, status=REFUSED)
    messages.success(request, _("Saved."))
    if "more" in request.POST:
        return redirect(request.get_full_path())
    return redirect("web:call-build", slug=call.slug)


def _form(request: MemberRequest, call: Call, page: str) -> Any:
    """The form of a page of the builder."""
    data = request.POST if request.method == "POST" else None
    if page == "basics":
        return BasicsForm(data, call=call)
    if page == "criteria":
        return CriteriaForm(data, call=call)
    if page == "questions":
        return QuestionsForm(data, call=call)
    if page == "texts":
        asked = request.GET.get("language", "")
        first = call.languages[0] if call.languages else "en"
        return TextsForm(data, call=call, language=asked if asked in call.languages else first)
    raise Http404


def _page(
    request: MemberRequest,
    call: Call,
    page: str,
    form: Any,
    shown: Shown,
    *,
    clashes: list[dict[str, Any]] | None = None,
    status: int = 200,
) -> HttpResponse:
    """A page of the builder, with what is wrong on it and what others wrote meanwhile."""
    pages = builder_pages(call, clock.now())
    here = next(one for one in pages if one["page"] == page)
    context = {
        "call": call,
        "here": here,
        "form": form,
        "shown": seal(call, shown),
        "clashes": clashes or [],
        "languages": languages_of(call),
        "model": _model(call, form) if page == "texts" else None,
        "back": reverse("web:call-build", kwargs={"slug": call.slug}),
        "is_out": call.state != CallState.DRAFT,
    }
    return render(request, "web/calls/edit.html", context, status=status)


def _model(call: Call, form: TextsForm) -> dict[str, Any] | None:
    """The texts in another language, to translate from; none for the first one."""
    others = [code for code in call.languages if code != form.language and call.title.get(code)]
    if not others:
        return None
    code = others[0]
    told = {name: getattr(call, name).get(code, "") for name in ("title", "summary", "text")}
    return {"language": code, **told}


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def call_try(request: MemberRequest, slug: str) -> HttpResponse:
    """The questions as those who apply will see them; what is typed is checked, and not kept."""
    call = run(request, slug)
    data = request.POST if request.method == "POST" else None
    form = TrialForm(data, questions=call.questions)
    if data is not None and form.is_valid():
        for question in call.questions:
            name = f"answer_{question['key']}"
            if problem := problem_of(question, _plain(form.cleaned_data.get(name))):
                form.add_error(name, problem)
    context = {
        "call": call,
        "form": form,
        "passed": data is not None and not form.errors,
        "title": pick(call.title),
    }
    return render(request, "web/calls/try.html", context, status=REFUSED if form.errors else 200)


def _plain(value: Any) -> Any:
    """An answer as it would be kept."""
    return [one.slug for one in value] if isinstance(value, list) else value
