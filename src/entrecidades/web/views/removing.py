"""Removing a record of one's own body, bringing it back, and the list of what was removed."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from entrecidades.kernel import clock
from entrecidades.network.models import Kept
from entrecidades.network.selectors import may, removed_of
from entrecidades.network.services import bring_back, remove
from entrecidades.web.caching import member_page
from entrecidades.web.http import MemberRequest
from entrecidades.web.kinds import KINDS, own_record, page_of
from entrecidades.web.removed import offer_undo, removed_told
from entrecidades.web.returning import way_back


@member_page
@require_safe
def removed_list(request: MemberRequest) -> HttpResponse:
    """What was removed from her bodies within thirty days, the latest first."""
    now = clock.now()
    records = [
        record
        for kind in KINDS.values()
        if issubclass(kind.model, Kept)
        for record in removed_of(request.reader, kind.model, at=now)
    ]
    records.sort(key=lambda record: record.removed_at, reverse=True)
    context = {"rows": removed_told(request, records)}
    return render(request, "web/editing/removed.html", context)


@member_page
@require_POST
def record_remove(request: MemberRequest, kind: str, public_id: UUID) -> HttpResponse:
    """Remove a record at once; the next page offers to bring it back."""
    record = _kept(request, kind, public_id)
    try:
        remove(record=record, by=request.user, on=clock.today(), at=clock.now())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect(page_of(record))
    offer_undo(request, _("Removed: %(what)s.") % {"what": record}, record)
    return redirect(way_back(request, _after(record)))


def _after(record: Kept) -> str:
    """Where one looks for a record that is gone: the desk, or the page of its body."""
    return "web:desk" if hasattr(record, "get_absolute_url") else page_of(record)


@member_page
@require_POST
def record_bring_back(request: MemberRequest, kind: str, public_id: UUID) -> HttpResponse:
    """Bring a removed record back, exactly as it was."""
    record = _kept(request, kind, public_id)
    try:
        bring_back(record=record, by=request.user, on=clock.today())
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("web:removed-list")
    messages.success(request, _("It is there again."))
    return redirect(page_of(record))


def _kept(request: MemberRequest, kind: str, public_id: UUID) -> Kept:
    """A record, there or removed, of one of her own bodies, which she may remove."""
    record = own_record(kind, public_id, request.reader, removed=True)
    if not isinstance(record, Kept):
        raise Http404
    if not may(request.user, record.edited_with, record.body, on=clock.today()):
        raise Http404
    return record
