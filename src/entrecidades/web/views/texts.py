"""The text of an agreement: read side by side, begun, numbered, opened again."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entrecidades.accounts.permissions import Permission
from entrecidades.agreements import services
from entrecidades.agreements.choices import WRITTEN
from entrecidades.agreements.models import Party, Text
from entrecidades.agreements.patterns import pattern_for, patterns
from entrecidades.agreements.selectors import (
    agreements_of,
    checked,
    is_numbered,
    is_writable,
    latest_version,
    parties_for,
    parties_of,
    text_from,
    texts_of,
)
from entrecidades.kernel import clock
from entrecidades.kernel.text import pick
from entrecidades.web.caching import member_page
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.forms.texts import BeginForm, NumberForm
from entrecidades.web.http import MemberRequest
from entrecidades.web.presenters.texts import clauses_shown, language_called, progress_of

REFUSED = 422


def text_inside(request: MemberRequest, public_id: UUID) -> Text:
    """The text of an agreement in which the reader's bodies take part; else it is not there."""
    return get_object_or_404(texts_of(request.reader), agreement__public_id=public_id)


def parties_hers(request: MemberRequest, text: Text) -> list[Party]:
    """The parties, observers included, for which the reader negotiates."""
    return parties_for(text.agreement, request.user, Permission.DRAFT_AGREEMENT, on=clock.today())


def about(text: Text) -> dict[str, Any]:
    """What the head of every page of a text says."""
    agreement = text.agreement
    return {
        "text": text,
        "agreement": agreement,
        "name": pick(text.title).words or pick(agreement.title).words,
        "languages": [language_called(code) for code in text.codes],
    }


@member_page
@require_safe
def text_detail(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """The text with what each side has found; before there is one, the way to begin it."""
    agreement = get_object_or_404(agreements_of(request.reader), public_id=public_id)
    if not Text.objects.filter(agreement=agreement).exists():
        return redirect("web:text-begin", public_id)
    return text_page(request, text_inside(request, public_id))


def text_page(
    request: MemberRequest, text: Text, refusal: str = "", form: NumberForm | None = None
) -> HttpResponse:
    """The page of a text, perhaps with what was refused."""
    parties = parties_of(text.agreement)
    hers = parties_hers(request, text)
    bound = [party for party in hers if party.is_bound]
    told = checked(text, parties)
    last = latest_version(text)
    clauses = clauses_shown(text, told, parties, bound)
    context = {
        **about(text),
        "clauses": clauses,
        "progress": progress_of(told, parties) if len(text.codes) > 1 else [],
        "gaps": [one for one in clauses if not one.is_whole],
        "remarks": sum(one.open for one in clauses),
        "writes": bool(bound) and is_writable(text),
        "reopens": bool(bound) and text.agreed_id and text.agreement.state in WRITTEN,
        "versions": list(text.versions.select_related("entity")),
        "last": last,
        "is_numbered": is_numbered(text, last),
        "model": patterns().get(text.model),
        "form": form or NumberForm(),
        "refusal": refusal,
    }
    return render(request, "web/texts/detail.html", context, status=REFUSED if refusal else 200)


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def text_begin(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Begin a text from a model, or empty."""
    agreement = get_object_or_404(agreements_of(request.reader), public_id=public_id)
    if Text.objects.filter(agreement=agreement).exists():
        return redirect("web:text-detail", public_id)
    form = BeginForm(request.POST if request.method == "POST" else None, agreement=agreement)
    if request.method == "POST" and form.is_valid():
        pattern = patterns().get(form.cleaned_data["model"])
        title, clauses = text_from(pattern, agreement) if pattern else (agreement.title, [])
        try:
            services.begin_text(
                agreement=agreement,
                title=title,
                clauses=clauses,
                model=pattern.name if pattern else "",
                by=request.user,
                at=clock.now(),
            )
        except ValidationError as refusal:
            keep_refusal(form, refusal)
        else:
            messages.success(request, _("Begun. Those who take part can write in it now."))
            return redirect("web:text-detail", public_id)
    hers = parties_for(agreement, request.user, Permission.DRAFT_AGREEMENT, on=clock.today())
    context = {
        "agreement": agreement,
        "name": pick(agreement.title).words,
        "form": form,
        "begins": agreement.state in WRITTEN and any(party.is_bound for party in hers),
        "model": pattern_for(agreement.kind),
    }
    status = REFUSED if form.errors else 200
    return render(request, "web/texts/begin.html", context, status=status)


@member_page
@require_POST
def text_number(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Give the text as it stands a number, for all to read."""
    text = text_inside(request, public_id)
    form = NumberForm(request.POST)
    if not form.is_valid():
        return text_page(request, text, _("The note is too long."), form)
    try:
        version = services.number_version(
            text=text, note=form.cleaned_data["note"], by=request.user, at=clock.now()
        )
    except ValidationError as refusal:
        return text_page(request, text, " ".join(refusal.messages), form)
    said = {"number": version.number}
    messages.success(request, _("This is version %(number)d. The others are told.") % said)
    return redirect("web:text-version", public_id, version.number)


@member_page
@require_POST
def text_reopen(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Let an agreed text be written again."""
    text = text_inside(request, public_id)
    try:
        services.reopen_text(text=text, by=request.user, at=clock.now())
    except ValidationError as refusal:
        return text_page(request, text, " ".join(refusal.messages))
    messages.success(request, _("The text can be written again. All will have to agree anew."))
    return redirect("web:text-detail", public_id)
