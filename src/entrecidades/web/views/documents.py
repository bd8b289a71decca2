"""The documents of a body, and the one place where a content is given out."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from entrecidades.accounts.permissions import Permission
from entrecidades.cooperation.selectors import enclosed_for
from entrecidades.documents.models import Document
from entrecidades.documents.rules import size_words
from entrecidades.documents.selectors import bytes_kept, content_of, documents_seen_by
from entrecidades.documents.services import hand_in
from entrecidades.kernel import clock
from entrecidades.network.models import Entity
from entrecidades.network.selectors import may, seen_by
from entrecidades.web.caching import public_page
from entrecidades.web.forms.documents import DocumentForm
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.http import Request
from entrecidades.web.lists import page_of

REFUSED = 422
#: Whatever a content is, nothing of it runs, fetches, or is framed.
HARMLESS = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"


@login_not_required
@require_safe
def document_file(request: Request, public_id: UUID) -> HttpResponse:
    """A content, to who sees its document or the message with which it goes; else it is not there.

    It is saved, not shown, unless it is a picture or a PDF and that was asked for.
    """
    seen = seen_by(request.reader, Document)
    if request.reader.own:
        seen |= Q(pk__in=enclosed_for(request.reader))
    document = get_object_or_404(Document.objects.filter(seen), public_id=public_id)
    try:
        # Read at once: it is small, and a sweep, or a reader who leaves, finds no file held.
        content = content_of(document).read_bytes()
    except FileNotFoundError:
        raise Http404 from None
    is_shown = document.manner.is_shown and "show" in request.GET
    response = HttpResponse(content, content_type=document.manner.media_type)
    kept = content_disposition_header(as_attachment=not is_shown, filename=document.file_name)
    response["Content-Disposition"] = kept or "attachment"
    response["Content-Security-Policy"] = HARMLESS
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


@public_page
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def entity_documents(request: Request, country: str, slug: str) -> HttpResponse:
    """The documents of a body that a reader sees; its own people hand in more."""
    bodies = Entity.objects.select_related("country")
    entity = get_object_or_404(bodies, country=country.upper(), slug=slug)
    is_mine = entity.pk in request.reader.own
    form = None
    if is_mine and may(request.user, Permission.HAND_IN, entity, on=clock.today()):
        is_sent = request.method == "POST"
        form = DocumentForm(request.POST, request.FILES) if is_sent else DocumentForm()
    elif request.method == "POST":
        raise Http404
    if request.method == "POST" and form and form.is_valid() and _kept(request, entity, form):
        messages.success(request, _("The document is kept."))
        return redirect(request.path)
    seen = documents_seen_by(request.reader).filter(entity=entity)
    page, notice = page_of(seen, request.GET.get("page", ""), lambda rows: rows)
    context = {
        "entity": entity,
        "is_mine": is_mine,
        "form": form,
        "page": page,
        "notice": notice,
        "rows": [{"document": one, "size": size_words(one.size)} for one in page],
        "used": size_words(bytes_kept(entity)) if is_mine else "",
        "room": size_words(settings.DOCUMENT_ROOM),
    }
    status = REFUSED if form and form.errors else 200
    return render(request, "web/documents/list.html", context, status=status)


def _kept(request: Any, entity: Entity, form: DocumentForm) -> bool:
    """Whether the file was taken; what speaks against it is told at the head of the form."""
    facts = form.cleaned_data
    try:
        hand_in(
            entity=entity,
            upload=facts["upload"],
            title=facts["title"],
            language=facts["language"],
            kept_until=facts["kept_until"],
            by=request.user,
            at=clock.now(),
        )
    except ValidationError as refusal:
        keep_refusal(form, refusal)
        return False
    return True
