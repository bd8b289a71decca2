"""History: its published head, what happened to a partnership, and the search of operators."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from entrecidades.audit.models import Trace
from entrecidades.audit.selectors.history import head, traces_wished
from entrecidades.web.caching import public_page
from entrecidades.web.filters.history import read_history_filters, trace_wish
from entrecidades.web.http import MemberRequest, Request, render_page
from entrecidades.web.lists import listed, options, page_of
from entrecidades.web.operators import operators_page
from entrecidades.web.presenters.history import Sight, events

#: What an operator types to have the whole chain checked.
CHECK = "entrecidades verify-audit"


@public_page
@login_not_required
@require_safe
def history_head(request: Request) -> HttpResponse:
    """Where the chain of history ends now, and how anybody can check it later."""
    now = head()
    context = {"head": now, "command": f"{CHECK} --head {now}"}
    return render(request, "web/history/head.html", context)


@login_not_required
@require_safe
def head_json(_request: Request) -> JsonResponse:
    """The end of the chain, for programs that keep heads of other instances."""
    now = head()
    sealed = now.sealed_at.isoformat(timespec="seconds") if now.sealed_at else None
    return JsonResponse({"position": now.position, "hash": now.hash, "sealed_at": sealed})


@require_safe
@operators_page
def history_search(request: MemberRequest) -> HttpResponse:
    """Every trace, by act, thing, person and days, for operators."""
    filters = read_history_filters(request.GET)
    found = traces_wished(trace_wish(filters))
    page, notice = page_of(found, request.GET.get("page", ""), _as_they_are)
    context = {
        **listed(filters, page, notice, "web:history-export"),
        "events": list(
            zip(events(list(page.object_list), Sight(all=True, names=True)), page, strict=True)
        ),
        "acts": options(filters, "act"),
        "head": head(),
        "command": CHECK,
        "waiting": Trace.objects.filter(position=None).count(),
    }
    return render_page(
        request, "web/history/search.html", fragment="web/history/_rows.html", context=context
    )


def _as_they_are(rows: QuerySet[Trace]) -> QuerySet[Trace]:
    """Traces need nothing beside them."""
    return rows
