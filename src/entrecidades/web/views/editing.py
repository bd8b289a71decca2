"""Editing any record of one's own body; of two who edit it, the second is shown both."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from entrecidades.kernel import clock
from entrecidades.network.models import Editable, Kept
from entrecidades.network.rules import EditedMeanwhile
from entrecidades.network.selectors import may, savers_since
from entrecidades.network.services import bring_back, edit_record
from entrecidades.web.caching import member_page
from entrecidades.web.forms.editing import EditForm
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.http import MemberRequest
from entrecidades.web.kinds import kind_called, name_of_kind, own_record, page_of
from entrecidades.web.presenters.editing import chosen, disputes_told, fields_named, saved_told
from entrecidades.web.removed import gone_page
from entrecidades.web.returning import way_back
from entrecidades.web.shown import Shown, seal, shown_beside, shown_now, unseal

REFUSED, DISPUTED = 422, 409


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def record_edit(request: MemberRequest, kind: str, public_id: UUID) -> HttpResponse:
    """Edit a record; what she typed stays hers whatever happened meanwhile."""
    record: Editable = own_record(kind, public_id, request.reader, removed=True)
    form_of = kind_called(kind).form
    if request.method == "POST":
        form = form_of(request.POST, record=record, editor=request.user)
        return _answer(request, record, form, unseal(request.POST.get("shown", ""), record))
    if isinstance(record, Kept) and record.removed_at:
        return gone_page(request, record)
    if not may(request.user, record.edited_with, record.body, on=clock.today()):
        raise Http404
    form = form_of(record=record, editor=request.user)
    return _form_page(request, record, form, shown_now(record))


def _answer(
    request: MemberRequest, record: Editable, form: EditForm, shown: Shown
) -> HttpResponse:
    """Save, or show again what was sent: with what is wrong in it, or beside what others wrote."""
    choices = chosen(request.POST, shown)
    if not form.is_valid() or choices.keys() != shown.asked.keys():
        return _form_page(request, record, form, shown, choices=choices, pressed=True)
    there = shown.seen.units or {}
    theirs = {unit: there.get(unit) for unit, choice in choices.items() if choice == "theirs"}
    said = {**form.said(there), **theirs}
    try:
        if "bring-back" in request.POST and isinstance(record, Kept):
            bring_back(record=record, by=request.user, on=clock.today())
        edited = edit_record(
            record=record, seen=shown.seen, said=said, by=request.user, on=clock.today()
        )
    except EditedMeanwhile as meanwhile:
        return _compare(request, record, form, meanwhile, shown)
    except ValidationError as refusal:
        keep_refusal(form, refusal)
        return _form_page(request, record, form, shown, choices=choices, pressed=True)
    messages.success(request, saved_told(form, edited.changes, edited.theirs))
    return redirect(way_back(request, page_of(record)))


def _compare(
    request: MemberRequest,
    record: Editable,
    form: EditForm,
    meanwhile: EditedMeanwhile,
    shown: Shown,
) -> HttpResponse:
    """Show both versions of what is disputed; all else is brought together already."""
    merged = meanwhile.merged
    mine = {clash.unit: clash.mine for clash in merged.clashes}
    brought = form.data_of({**merged.values, **mine})
    both = type(form)(brought, record=record, editor=request.user)
    return _form_page(
        request, record, both, shown_beside(meanwhile, shown), brought=merged.theirs_alone
    )


def _form_page(
    request: MemberRequest,
    record: Editable,
    form: EditForm,
    shown: Shown,
    *,
    choices: Mapping[str, str] | None = None,
    pressed: bool = False,
    brought: Collection[str] = (),
) -> HttpResponse:
    """The form of a record; where something is disputed, the two versions side by side."""
    savers = savers_since(record, shown.since) if shown.asked else {}
    disputes = disputes_told(form, shown, savers, choices or {}, pressed=pressed)
    context: dict[str, Any] = {
        "record": record,
        "body": record.body,
        "kind": name_of_kind(record),
        "words": kind_called(name_of_kind(record)).words,
        "form": form,
        "shown": seal(record, shown),
        "disputes": disputes,
        "disputed": list(shown.asked),
        "unsettled": any(dispute.error for dispute in disputes),
        "brought": fields_named(form, brought),
        "back": way_back(request, page_of(record)),
        "removable": isinstance(record, Kept) and not record.removed_at,
        "removed": isinstance(record, Kept) and record.removed_at,
    }
    status = DISPUTED if shown.asked else REFUSED if form.errors else 200
    page = "web/editing/compare.html" if shown.asked else "web/editing/edit.html"
    return render(request, page, context, status=status)
