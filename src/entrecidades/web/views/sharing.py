"""“Who can see this, and why?”: one page for every kind of record that a body shares."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from entrecidades.accounts.permissions import Permission
from entrecidades.agreements.selectors import agreements_seen_by
from entrecidades.cooperation.selectors import introductions_seen_by
from entrecidades.kernel import clock
from entrecidades.network.models import Entity, Shared
from entrecidades.network.selectors import Reader, may
from entrecidades.network.services import share
from entrecidades.practices.selectors import postings_seen_by, practices_seen_by
from entrecidades.projects.selectors import projects_seen_by
from entrecidades.web.caching import member_page
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.forms.sharing import SharingForm
from entrecidades.web.http import MemberRequest
from entrecidades.web.presenters.sharing_told import audience_told

#: The kinds of record that are shared, as addresses name them.
KINDS: dict[str, Callable[[Reader], QuerySet[Any]]] = {
    "agreement": agreements_seen_by,
    "posting": postings_seen_by,
    "practice": practices_seen_by,
    "introduction": introductions_seen_by,
    "project": projects_seen_by,
}
REFUSED = 422


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def sharing(request: MemberRequest, kind: str, public_id: UUID) -> HttpResponse:
    """Who sees a record of one's own body, and why; whoever may decide it, changes it here."""
    record = _own(request.reader, kind, public_id)
    owner: Entity = getattr(record, record.OWNER)
    decides = may(request.user, Permission.SHARE, owner, on=clock.today())
    form = SharingForm(request.POST if request.method == "POST" else None, record=record)
    if request.method == "POST" and form.is_valid() and _shared(request, record, form):
        messages.success(request, _("Done. This is who sees it now."))
        return redirect("web:sharing", kind=kind, public_id=public_id)
    record.refresh_from_db(fields=["visibility", "embargo_until"])
    context = {
        "record": record,
        "kind": kind,
        "audience": audience_told(record, request.reader),
        "form": form if decides else None,
    }
    status = REFUSED if form.errors else 200
    return render(request, "web/sharing/sharing.html", context, status=status)


def _own(reader: Reader, kind: str, public_id: UUID) -> Shared:
    """A record of one of the reader's own bodies; what is not hers answers like what is not."""
    seen = KINDS.get(kind)
    if seen is None:
        raise Http404
    record: Shared = get_object_or_404(seen(reader), public_id=public_id)
    if getattr(record, f"{record.OWNER}_id") not in reader.own:
        raise Http404
    return record


def _shared(request: MemberRequest, record: Shared, form: SharingForm) -> bool:
    """Whether the record is now shared as asked; a refusal is told at the head of the form."""
    try:
        share(record_of=record, **form.cleaned_data, by=request.user, on=clock.today())
    except ValidationError as refusal:
        keep_refusal(form, refusal)
        return False
    return True
