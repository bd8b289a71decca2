"""One question of an application: it saves itself, and with a button where no script is."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from entrecidades.accounts.permissions import Permission
from entrecidades.calls.choices import ApplicationState, AskedOf
from entrecidades.calls.models import Application, Call, Part
from entrecidades.calls.rules.answers import problem_of
from entrecidades.calls.selectors import Task, parts_where, tasks_of
from entrecidades.calls.services import Saved, save_answers
from entrecidades.kernel import clock
from entrecidades.network.rules import EditedMeanwhile
from entrecidades.network.services import Seen
from entrecidades.themes.models import Theme
from entrecidades.web.caching import member_page
from entrecidades.web.forms.applications import AnswerForm
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.http import MemberRequest
from entrecidades.web.presenters.applications import answer_words, saved_words
from entrecidades.web.presenters.calls import moment_for
from entrecidades.web.shown import Shown, seal, shown_now, unseal
from entrecidades.web.views.applications import found

REFUSED, DISPUTED = 422, 409
#: A page that saves itself and is then saved by hand meets its own words; they are hers.
OWN_WORDS = timedelta(seconds=30)
Sheet = Application | Part


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def application_answer(request: MemberRequest, public_id: UUID, key: str) -> HttpResponse:
    """One question; what others wrote in it meanwhile is put beside what she wrote."""
    application = found(request, public_id)
    sheet, question = _asked(request, application, key)
    if request.method != "POST":
        form = AnswerForm(question=question, value=sheet.answers.get(key))
        return _page(request, application, sheet, form, shown_now(sheet))
    form = AnswerForm(request.POST, question=question)
    shown = unseal(request.POST.get("shown", ""), sheet)
    if not form.is_valid():
        return _page(request, application, sheet, form, shown, status=REFUSED)
    try:
        saved = _saved(request, sheet, shown, {key: form.value()})
    except EditedMeanwhile as meanwhile:
        now = Shown(Seen(meanwhile.record_version, meanwhile.there))
        clash = meanwhile.merged.clashes[0]
        return _page(request, application, sheet, form, now, clash=clash, status=DISPUTED)
    except ValidationError as refusal:
        keep_refusal(form, refusal)
        return _page(request, application, sheet, form, shown, status=REFUSED)
    if _is_auto(request):
        return _page(request, application, saved.sheet, form, shown_now(saved.sheet))
    messages.success(request, _("Saved."))
    return redirect(_onward(request, application, sheet, key))


def _asked(
    request: MemberRequest, application: Application, key: str
) -> tuple[Sheet, dict[str, Any]]:
    """The sheet and the question, if the reader writes on it; else they are not there."""
    named = request.GET.get("body", "")
    parts = parts_where(application, request.user, Permission.DRAFT, on=clock.today())
    sheet: Sheet | None = application if parts and not named else None
    if named:
        sheet = next((one for one in parts if str(one.entity.public_id) == named), None)
    asked_of = AskedOf.SIDE if named else AskedOf.WHOLE
    questions = application.call.questions_of(asked_of)
    question = next((one for one in questions if one["key"] == key), None)
    if sheet is None or question is None:
        raise Http404
    return sheet, question


def _saved(request: MemberRequest, sheet: Sheet, shown: Shown, said: dict[str, Any]) -> Saved:
    """Keep the answer; what the page itself saved a moment ago is no other's word."""
    facts: dict[str, Any] = {"by": request.user, "at": clock.now()}
    facts["tells"] = not _is_auto(request)
    try:
        return save_answers(sheet=sheet, seen=shown.seen, said=said, **facts)
    except EditedMeanwhile as meanwhile:
        there = type(sheet).objects.get(pk=sheet.pk)
        is_hers = there.saved_by == request.user.pk
        if not (is_hers and there.saved_at and clock.now() - there.saved_at <= OWN_WORDS):
            raise
        seen = Seen(meanwhile.record_version, meanwhile.there)
        return save_answers(sheet=sheet, seen=seen, said=said, **facts)


def _is_auto(request: MemberRequest) -> bool:
    """Whether the page saved by itself."""
    return bool(request.htmx)


def _onward(request: MemberRequest, application: Application, sheet: Sheet, key: str) -> str:
    """The next question that is hers, or the list of tasks."""
    if "next" not in request.POST:
        return application.get_absolute_url()
    name = str(sheet.entity.public_id) if isinstance(sheet, Part) else ""
    mine = [task for task in tasks_of(application) if task.sheet == name]
    keys = [task.question["key"] for task in mine]
    after = mine[keys.index(key) + 1 :]
    if not after:
        return application.get_absolute_url()
    kwargs = {"public_id": application.public_id, "key": after[0].question["key"]}
    return reverse("web:application-answer", kwargs=kwargs) + (f"?body={name}" if name else "")


def _page(
    request: MemberRequest,
    application: Application,
    sheet: Sheet,
    form: AnswerForm,
    shown: Shown,
    *,
    clash: Any = None,
    status: int = 200,
) -> HttpResponse:
    """The question; to a page that saves itself only what has become of it."""
    question = form.question
    bound = form.is_bound and form.is_valid()
    value = form.value() if bound else sheet.answers.get(question["key"])
    context = {
        "application": application,
        "call": application.call,
        "closes": moment_for(application.call, application.call.closes_at, application.bodies()),
        "part": sheet if isinstance(sheet, Part) else None,
        "form": form,
        "shown": seal(sheet, shown),
        "saved": saved_words(sheet, application),
        "problem": problem_of(question, value),
        "clash": _clash(application.call, question, clash) if clash else None,
        "is_draft": application.state == ApplicationState.DRAFT,
        "swaps": _is_auto(request),
        "refused": status != 200 and not clash,  # noqa: PLR2004 (of HTTP)
    }
    auto = "web/applications/_saved.html"
    page = auto if _is_auto(request) else "web/applications/answer.html"
    # What htmx is given must be shown whatever became of it.
    status = 200 if _is_auto(request) else status
    return render(request, page, context, status=status)


def _clash(call: Call, question: dict[str, Any], clash: Any) -> dict[str, str]:
    """What it was and what another wrote, in words."""
    themes = {one.slug: str(one) for one in Theme.objects.all()}
    told = {"was": clash.was, "theirs": clash.theirs, "mine": clash.mine}
    return {
        name: answer_words(Task(question, "", None, value, ""), themes, call.ceiling_currency)
        for name, value in told.items()
    }
