"""Signed files of the agreed text: handed in, looked at, told in words; or signed here."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from entrecidades.accounts.permissions import Permission
from entrecidades.agreements import services
from entrecidades.agreements.models import Party, SignedFile, Text
from entrecidades.agreements.selectors import parties_for
from entrecidades.kernel import clock
from entrecidades.web.caching import member_page
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.forms.texts import SignedForm, SignForm
from entrecidades.web.http import MemberRequest
from entrecidades.web.presenters.signatures import signed_shown
from entrecidades.web.views.texts import REFUSED, about, text_inside


def signers(request: MemberRequest, text: Text) -> list[Party]:
    """The bound parties for which the reader records signatures."""
    hers = parties_for(text.agreement, request.user, Permission.SIGN_AGREEMENT, on=clock.today())
    return [party for party in hers if party.is_bound]


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def text_signed(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """The signed files with what was found in them, and the form to hand one in."""
    text = text_inside(request, public_id)
    parties = signers(request, text)
    if request.method != "POST":
        return _signed_page(request, text, SignedForm(parties=parties))
    form = SignedForm(request.POST, request.FILES, parties=parties)
    if form.is_valid():
        try:
            kept = services.hand_in_signed(
                agreement=text.agreement,
                party=form.named(),
                upload=form.cleaned_data["upload"],
                by=request.user,
                at=clock.now(),
            )
        except ValidationError as refusal:
            keep_refusal(form, refusal)
        else:
            messages.success(request, _found(kept))
            return redirect("web:text-signed", public_id)
    return _signed_page(request, text, form)


def _found(kept: SignedFile) -> str:
    """What is said once a file is kept, whether it was looked at or is to be."""
    if kept.looked_at is None:
        return _("Kept. It is being looked at.")
    return _("Kept. Below is what was found in it.")


def _signed_page(
    request: MemberRequest, text: Text, form: SignedForm, refusal: str = ""
) -> HttpResponse:
    """The page of signed files."""
    rows = text.agreement.signed_files.select_related(
        "document__entity", "version", "agreement"
    ).prefetch_related("document__entity__names")
    context: dict[str, Any] = {
        **about(text),
        "files": [signed_shown(row, text.agreed) for row in rows],
        "form": form if form.parties else None,
        "refusal": refusal,
    }
    status = REFUSED if form.errors or refusal else 200
    return render(request, "web/texts/signed.html", context, status=status)


@member_page
@require_POST
def text_look(request: MemberRequest, public_id: UUID, file: UUID) -> HttpResponse:
    """Look at a signed file once more, with the roots that are trusted by now."""
    text = text_inside(request, public_id)
    row = get_object_or_404(SignedFile, agreement=text.agreement, public_id=file)
    try:
        row = services.look_again(signed=row, by=request.user, at=clock.now())
    except ValidationError as refusal:
        form = SignedForm(parties=signers(request, text))
        return _signed_page(request, text, form, " ".join(refusal.messages))
    done = _("Looked at again.") if row.looked_at else _("It is being looked at again.")
    messages.success(request, done)
    return redirect("web:text-signed", public_id)


@csrf_exempt  # only until the handler is set: what is below is protected
@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def text_sign(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """Sign the agreed text with a certificate, whose key never touches a disk."""
    request.upload_handlers = [MemoryFileUploadHandler(request)]
    return _sign(request, public_id)


@sensitive_variables("form", "key")
@sensitive_post_parameters()
@csrf_protect
def _sign(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """The form, and what comes of it."""
    text = text_inside(request, public_id)
    parties = signers(request, text)
    is_sent = request.method == "POST"
    form = (
        SignForm(request.POST, request.FILES, parties=parties)
        if is_sent
        else SignForm(parties=parties)
    )
    if is_sent and form.is_valid():
        key = form.cleaned_data["key"].read()
        try:
            services.sign_file(
                agreement=text.agreement,
                party=form.named(),
                key=key,
                passphrase=form.cleaned_data["passphrase"],
                by=request.user,
                at=clock.now(),
            )
        except ValidationError as refusal:
            keep_refusal(form, refusal)
        else:
            messages.success(request, _("Signed. Neither the key nor its passphrase was kept."))
            return redirect("web:text-signed", public_id)
    context = {**about(text), "form": form if parties and text.agreed else None, "sent": form}
    status = REFUSED if form.errors else 200
    return render(request, "web/texts/sign.html", context, status=status)
