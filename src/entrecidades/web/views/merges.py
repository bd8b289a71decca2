"""Merges that were carried out, and taking one back; for operators only."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from entrecidades.duplicates.rules import CannotUndoMerge
from entrecidades.duplicates.selectors import merges
from entrecidades.duplicates.services import plan_undo_merge, undo_merge
from entrecidades.kernel import clock
from entrecidades.web.http import MemberRequest
from entrecidades.web.lists import page_of
from entrecidades.web.operators import operators_page
from entrecidades.web.presenters.duplicates import kind_of_rows, merges_told

HIGHEST = 2**31 - 1


@require_safe
@operators_page
def merge_list(request: MemberRequest) -> HttpResponse:
    """Every merge: what it did, and what became of it."""
    page, notice = page_of(merges(), request.GET.get("page", ""), lambda _rows: merges())
    context = {"page": page, "notice": notice, "rows": merges_told(page.object_list)}
    return render(request, "web/duplicates/merges.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@operators_page
def merge_undo(request: MemberRequest, number: int) -> HttpResponse:
    """Show what undoing a merge would do; do it when that was confirmed."""
    if number > HIGHEST or not merges().filter(pk=number).exists():
        raise Http404
    try:
        if request.method == "POST":
            undo_merge(number, by=request.user, at=clock.now(), keep_edited=True)
            messages.success(request, _("Merge number %d was undone.") % number)
            return redirect("web:merge-list")
        plan = plan_undo_merge(number)
    except CannotUndoMerge as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("web:merge-list")
    leaving = [(kind_of_rows(model), len(keys)) for model, keys in plan.leaving.items() if keys]
    return render(request, "web/duplicates/undo.html", {"plan": plan, "leaving": leaving})
