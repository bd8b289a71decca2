"""Data requests with their clocks, for the operators who answer them."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from entrecidades.kernel import clock
from entrecidades.privacy.choices import RequestKind
from entrecidades.privacy.models import DataRequest
from entrecidades.privacy.selectors.requests import open_incidents, open_requests
from entrecidades.privacy.services import requests as services
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.forms.privacy import AnswerForm, NoteRequestForm
from entrecidades.web.http import MemberRequest
from entrecidades.web.operators import operators_page
from entrecidades.web.presenters.my_data import clocks_of, law_told

REFUSED = 422


@require_safe
@operators_page
def request_list(request: MemberRequest) -> HttpResponse:
    """What waits for an answer, the most urgent first, and the last that were answered."""
    at = clock.now()
    answered = DataRequest.objects.exclude(pk__in=open_requests().values("pk"))
    context = {
        "waiting": clocks_of(open_requests(), at=at),
        "answered": clocks_of(answered.order_by("-decided_at")[:50], at=at),
        "incidents": open_incidents().count(),
    }
    return render(request, "web/privacy/request_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@operators_page
def request_note(request: MemberRequest) -> HttpResponse:
    """Note a request that came by another way."""
    form = NoteRequestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        try:
            made = services.ask(
                kind=RequestKind(facts["kind"]),
                country=facts["country"],
                at=clock.now(),
                by=request.user,
                email=facts["email"],
                words=facts["words"],
            )
        except ValidationError as refusal:
            keep_refusal(form, refusal)
        else:
            return redirect("web:request-detail", public_id=made.public_id)
    status = REFUSED if form.errors else 200
    return render(request, "web/privacy/request_note.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@operators_page
def request_detail(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """One request: what is asked, by when, and what can be done about it."""
    rows = DataRequest.objects.select_related("person", "decided_by")
    asked = get_object_or_404(rows, public_id=public_id)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _done(request, asked, form):
        messages.success(request, _("Done."))
        return redirect("web:request-detail", public_id=public_id)
    asked.refresh_from_db()
    context = {
        "asked": asked,
        "clock": clocks_of([asked], at=clock.now())[0],
        "law": law_told(asked.kind, asked.country, asked.began_at.date()),
        "form": form,
    }
    status = REFUSED if form.errors else 200
    return render(request, "web/privacy/request_detail.html", context, status=status)


def _done(request: MemberRequest, asked: DataRequest, form: AnswerForm) -> bool:
    """Whether the step was taken; a refusal is told at the head of the form."""
    by, at, words = request.user, clock.now(), form.cleaned_data["words"]
    steps = {
        "confirm": lambda: services.confirm_erasure(request=asked, by=by, at=at),
        "extend": lambda: services.extend(request=asked, reason=words, by=by, at=at),
        "answer": lambda: services.answer(request=asked, words=words, granted=True, by=by, at=at),
        "decline": lambda: services.answer(
            request=asked, words=words, granted=False, by=by, at=at
        ),
    }
    step = steps.get(request.POST.get("step", ""))
    if step is None:
        form.add_error(None, _("There is no such step."))
        return False
    try:
        step()
    except ValidationError as refusal:
        keep_refusal(form, refusal)
        return False
    return True
