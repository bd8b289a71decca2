"""A version as a file, and a Word file that comes back: first a plan, then all of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from entrecidades.agreements import services
from entrecidades.agreements.models import Text
from entrecidades.agreements.selectors import is_writable
from entrecidades.agreements.selectors.files import word_of
from entrecidades.agreements.services import Brought
from entrecidades.agreements.word_plan import Choice
from entrecidades.kernel import clock
from entrecidades.web.caching import member_page
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.forms.texts import WordForm
from entrecidades.web.http import MemberRequest
from entrecidades.web.presenters.text_plans import plan_shown
from entrecidades.web.typed import number_typed
from entrecidades.web.views.text_versions import version_of
from entrecidades.web.views.texts import REFUSED, about, parties_hers, text_inside

SALT = "entrecidades.web.word"
#: More than any text takes once it is packed.
LONGEST = 2_000_000
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@member_page
@require_safe
def text_file(request: MemberRequest, public_id: UUID, number: int, fmt: str) -> HttpResponse:
    """A version as PDF, the language that the address names on the left, or as DOCX."""
    text = text_inside(request, public_id)
    version = version_of(text, number)
    if fmt == "pdf":
        first = request.GET.get("first", "")
        made = services.give_out(version=version, first=first, at=clock.now())
    elif fmt == "docx":
        made = word_of(version, at=clock.now())
    else:
        raise Http404
    return file_named(f"{text.agreement.reference}-v{number}.{fmt}", made)


def file_named(name: str, content: bytes) -> HttpResponse:
    """A file of ours, saved under a name."""
    response = HttpResponse(content, content_type=TYPES[name.rpartition(".")[2]])
    kept = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Disposition"] = kept or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def text_word(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Bring a Word file in: what is wrong with it, or what it would change; then carry it out."""
    text = text_inside(request, public_id)
    if request.method != "POST":
        return _upload_page(request, text, WordForm())
    if "plan" in request.POST:
        return _carried_out(request, text)
    form = WordForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            content = form.cleaned_data["upload"].read()
            return _plan_page(request, text, services.look_into(text, content))
        except ValidationError as refusal:
            keep_refusal(form, refusal)
    return _upload_page(request, text, form)


def _upload_page(
    request: MemberRequest, text: Text, form: WordForm, refusal: str = ""
) -> HttpResponse:
    """Where a file is brought in, perhaps with everything that speaks against the last one."""
    context = {
        **about(text),
        "form": form,
        "refusal": refusal,
        "writes": _writes(request, text),
    }
    status = REFUSED if form.errors or refusal else 200
    return render(request, "web/texts/word.html", context, status=status)


def _writes(request: MemberRequest, text: Text) -> bool:
    """Whether she may write in the text."""
    return is_writable(text) and any(party.is_bound for party in parties_hers(request, text))


def _plan_page(
    request: MemberRequest,
    text: Text,
    brought: Brought,
    *,
    choices: dict[str, str] | None = None,
    refusal: str = "",
) -> HttpResponse:
    """What a file would change; nothing is saved yet."""
    plan = services.plan_for(text, brought)
    told = signing.dumps({"of": text.pk, **brought.told()}, salt=SALT, compress=True)
    if len(told) > LONGEST:
        told_so = _("The text is too long to be brought in at once.")
        return _upload_page(request, text, WordForm(), told_so)
    context: dict[str, Any] = {
        **about(text),
        "brought": brought,
        "plan": plan,
        "items": plan_shown(plan, text, choices or {}, pressed=choices is not None),
        "told": told,
        "refusal": refusal,
        "writes": _writes(request, text),
    }
    status = REFUSED if refusal else 200
    return render(request, "web/texts/plan.html", context, status=status)


def _carried_out(request: MemberRequest, text: Text) -> HttpResponse:
    """Carry out a plan that she was shown; refused, she sees it as it is by now."""
    try:
        told = signing.loads(request.POST["plan"], salt=SALT)
    except (signing.BadSignature, ValueError):
        told = {}
    if told.get("of") != text.pk:
        told_so = _("The plan was not understood. Bring the file in once more.")
        return _upload_page(request, text, WordForm(), told_so)
    brought = services.brought_of(told)
    asked = services.plan_for(text, brought).asked
    given = {key: request.POST.get(f"take:{key}", "") for key in asked}
    choices = {key: choice for key, choice in given.items() if choice in {*Choice}}
    seen = request.POST.get("seen", "")
    try:
        services.bring_in(
            text=text,
            brought=brought,
            choices=choices,
            seen=number_typed(seen),
            by=request.user,
            at=clock.now(),
        )
    except ValidationError as refusal:
        said = " ".join(refusal.messages)
        return _plan_page(request, text, brought, choices=choices, refusal=said)
    messages.success(request, _("The file is brought in. Number the text when you have read it."))
    return redirect("web:text-detail", text.public_id)
