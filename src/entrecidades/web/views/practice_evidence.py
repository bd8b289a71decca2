"""Documents that show what a body does well: handed in with a practice, and taken away from it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from entrecidades.accounts.permissions import Permission
from entrecidades.kernel import clock
from entrecidades.network.choices import Visibility
from entrecidades.network.selectors import may
from entrecidades.practices.models import Evidence, Practice
from entrecidades.practices.selectors import evidence_of, practices_seen_by
from entrecidades.practices.services import hide_document, show_document
from entrecidades.web.caching import member_page
from entrecidades.web.forms.documents import ShownForm
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.http import MemberRequest

REFUSED = 422


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def practice_documents(request: MemberRequest, key: str) -> HttpResponse:
    """The documents shown with a practice of one's own body, and the form to show more."""
    practice = _own(request, key)
    is_sent = request.method == "POST"
    form = ShownForm(request.POST, request.FILES) if is_sent else ShownForm()
    if is_sent and form.is_valid() and _shown(request, practice, form):
        messages.success(request, _("The document is kept, and shown with the practice."))
        return redirect(practice)
    context = {
        "practice": practice,
        "form": form,
        "evidence": evidence_of(practice, reader=request.reader),
    }
    status = REFUSED if form.errors else 200
    return render(request, "web/practices/documents.html", context, status=status)


@member_page
@require_POST
def practice_document_hide(request: MemberRequest, key: str, evidence: UUID) -> HttpResponse:
    """A document is no longer shown with the practice; it stays among those of the body."""
    practice = _own(request, key)
    shown = get_object_or_404(Evidence, practice=practice, public_id=evidence)
    hide_document(evidence=shown, by=request.user, at=clock.now())
    messages.success(request, _("It is no longer shown here. It stays among your documents."))
    return redirect("web:practice-documents", key=key)


def _own(request: MemberRequest, key: str) -> Practice:
    """A practice that she may edit, and hand in for; for others the page is not there."""
    hers = practices_seen_by(request.reader).filter(entity__in=request.reader.own)
    practice = get_object_or_404(hers, key=key)
    for permission in (practice.edited_with, Permission.HAND_IN):
        if not may(request.user, permission, practice.entity, on=clock.today()):
            raise Http404
    return practice


def _shown(request: MemberRequest, practice: Practice, form: ShownForm) -> bool:
    """Whether the file was taken; what speaks against it is told at the head of the form."""
    facts = form.cleaned_data
    try:
        show_document(
            practice_id=practice.pk,
            upload=facts["upload"],
            title=facts["title"],
            language=facts["language"],
            visibility=Visibility(int(facts["visibility"])),
            by=request.user,
            at=clock.now(),
        )
    except ValidationError as refusal:
        keep_refusal(form, refusal)
        return False
    return True
