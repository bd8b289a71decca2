"""Imports, and the doubtful rows that wait for a decision: for operators only."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entrecidades.exchange.choices import BatchState, DoubtState
from entrecidades.exchange.models import Doubt
from entrecidades.exchange.selectors import doubts_wished, imports
from entrecidades.exchange.services.official_lists import dismiss_doubt, settle_doubt
from entrecidades.exchange.services.undo import CannotUndo, plan_undo
from entrecidades.exchange.services.undo_slowly import begin_undo, go_on_undoing, halt_undo
from entrecidades.kernel import clock
from entrecidades.kernel.errors import Refusal
from entrecidades.network.models import Place
from entrecidades.network.selectors import place_with_id
from entrecidades.web.filters.imports import read_doubt_filters
from entrecidades.web.filters.reading import Filters
from entrecidades.web.http import MemberRequest
from entrecidades.web.lists import options, page_of
from entrecidades.web.operators import operators_page
from entrecidades.web.presenters.imports import (
    candidates_told,
    doubts_told,
    import_told,
    kind_told,
    row_facts,
    undoing_told,
)

REFUSED = 422
# The highest number both databases can look for.
HIGHEST = 2**31 - 1
STEPS = {"halt": halt_undo, "go-on": go_on_undoing}
UNDER_WAY = {BatchState.UNDOING, BatchState.HALTED}


@require_safe
@operators_page
def import_list(request: MemberRequest) -> HttpResponse:
    """Every import: what it did, what became of it, and what still waits."""
    told = [import_told(one.batch, one.asked, one.open) for one in imports()]
    return render(request, "web/imports/list.html", {"imports": told})


@require_http_methods(["GET", "HEAD", "POST"])
@operators_page
def import_undo(request: MemberRequest, number: int) -> HttpResponse:
    """Show what undoing an import would do; confirmed, the worker does it, and can be halted."""
    batch = next((one.batch for one in imports() if one.batch.pk == number), None)
    if batch is None:
        raise Http404
    try:
        if request.method == "POST":
            step = STEPS.get(request.POST.get("step", ""), begin_undo)
            step(batch_id=number, by=request.user, on=clock.today())
            return redirect("web:import-undo", number=number)
        if batch.state in UNDER_WAY:
            told = {"batch": batch, "what": kind_told(batch.kind), **undoing_told(batch)}
            return render(request, "web/imports/undoing.html", told)
        plan = plan_undo(number)
    except CannotUndo as refusal:
        messages.error(request, " ".join(refusal.messages))
        return redirect("web:import-list")
    context = {
        "plan": plan,
        "what": kind_told(plan.batch.kind),
        "deleted": [(model._meta.verbose_name_plural, count) for model, count in plan.deleted],
    }
    return render(request, "web/imports/undo.html", context)


@require_safe
@operators_page
def doubt_list(request: MemberRequest) -> HttpResponse:
    """The queue: open rows first of all, narrowed as the address asks."""
    filters = read_doubt_filters(request.GET, imports())
    state = filters.first("state") or DoubtState.OPEN
    page, notice = page_of(
        _wished(filters, state).order_by("batch", "line", "pk"),
        request.GET.get("page", ""),
        lambda rows: rows.select_related("batch").defer("batch__made", "batch__changed"),
    )
    query = filters.query()
    context = {
        **_progress(filters),
        "filters": filters,
        "chips": list(filters.chips()),
        "notices": [text for text in (filters.notice, notice) if text],
        "page": page,
        "page_query": f"{query}&" if query else "",
        "rows": doubts_told(list(page.object_list)),
        "countries": options(filters, "country"),
        "batches": options(filters, "batch"),
        "states": options(filters, "state"),
        "first": _wished(filters, DoubtState.OPEN).order_by("batch", "line", "pk").first(),
        "query": _queue(filters),
    }
    return render(request, "web/imports/doubts.html", context)


@require_safe
@operators_page
def doubt_detail(request: MemberRequest, number: int) -> HttpResponse:
    """One doubtful row beside the places it may be."""
    return _doubt_page(request, _doubt(number))


@require_POST
@operators_page
def doubt_settle(request: MemberRequest, number: int) -> HttpResponse:
    """Carry out one decision and lead to the next row; a refusal is told on the row's page."""
    doubt = _doubt(number)
    decision, words = request.POST.get("decision", ""), request.POST.get("place", "")
    try:
        if decision == "dismiss":
            settled = dismiss_doubt(doubt, request.user)
        elif decision == "new":
            settled = settle_doubt(doubt, None, request.user)
        else:
            asked = words if decision == "other" else decision
            settled = settle_doubt(doubt, _place(asked), request.user)
    except ValidationError as refusal:
        return _doubt_page(request, doubt, " ".join(refusal.messages), words, REFUSED)
    said = _("%(name)s: %(decision)s.")
    facts = {"name": settled.name, "decision": settled.get_state_display()}
    messages.success(request, said % facts)
    return redirect(_next(request, settled))


def _doubt(number: int) -> Doubt:
    """The row with a number, of an import that stands."""
    if number > HIGHEST:
        raise Http404
    return get_object_or_404(doubts_wished(), pk=number)


def _place(words: str) -> Place:
    """The place with an id; names are not guessed, for several places may share one.

    Raises
    ------
    Refusal
        When there is none.
    """
    place = place_with_id(words)
    if place is None:
        raise Refusal(_("No place has this id. Write it as in its address: br/campo-largo."))
    return place


def _next(request: MemberRequest, settled: Doubt) -> str:
    """The address of the next open row of the queue; of the queue when it is worked off."""
    filters = read_doubt_filters(request.GET, imports())
    rows = _wished(filters, DoubtState.OPEN).order_by("batch", "line", "pk")
    later = rows.filter(batch=settled.batch_id, line__gt=settled.line) | rows.filter(
        batch__gt=settled.batch_id
    )
    following = later.first() or rows.first()
    query = _queue(filters)
    if following is None:
        return f"{reverse('web:doubt-list')}{query}"
    return f"{reverse('web:doubt-detail', args=[following.pk])}{query}"


def _wished(filters: Filters, state: str) -> QuerySet[Doubt]:
    """The rows the address asks for, in a state; "" means every state."""
    batch = filters.number("batch")
    return doubts_wished(country=filters.first("country"), batch=batch, state=state)


def _queue(filters: Filters) -> str:
    """The part of the address that chooses the queue, whatever state its rows are in."""
    chosen = {name: values for name, values in filters.chosen.items() if name != "state"}
    query = Filters(filters.parameters, chosen).query()
    return f"?{query}" if query else ""


def _progress(filters: Filters) -> dict[str, int]:
    """How many rows of the queue are settled, of how many."""
    every = _wished(filters, "").count()
    return {"every": every, "settled": every - _wished(filters, DoubtState.OPEN).count()}


def _doubt_page(
    request: MemberRequest, doubt: Doubt, refusal: str = "", words: str = "", status: int = 200
) -> HttpResponse:
    """The page of a doubtful row, perhaps with what was refused."""
    filters = read_doubt_filters(request.GET, imports())
    doubt.refresh_from_db(fields=["state", "place", "entity"])
    is_open = doubt.state == DoubtState.OPEN and doubt.batch.state == BatchState.APPLIED
    context: dict[str, Any] = {
        **_progress(filters),
        "doubt": doubt,
        "what": kind_told(doubt.batch.kind),
        "facts": row_facts(doubt),
        "candidates": candidates_told(doubt),
        "may_be_new": doubt.row["origin"]["makes_bodies"],
        "is_open": is_open,
        "refusal": refusal,
        "words": words,
        "query": _queue(filters),
        "skip": _next(request, doubt),
    }
    return render(request, "web/imports/doubt.html", context, status=status)
