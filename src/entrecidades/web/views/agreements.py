"""What binds bodies: the list of agreements with its files, the board, and the page of each."""

from functools import partial
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from entrecidades.accounts.permissions import Permission
from entrecidades.agreements.models import Agreement
from entrecidades.agreements.selectors import (
    agreement_tally,
    agreements_of,
    agreements_seen_by,
    agreements_told,
    agreements_wished,
    bodies_to_join,
    text_to_read,
)
from entrecidades.exchange.exports.agreements import AGREEMENTS, agreement_records
from entrecidades.kernel import clock
from entrecidades.network.selectors import entities_where
from entrecidades.web.caching import member_page, public_page
from entrecidades.web.filters.agreements import agreement_wish, read_agreement_filters
from entrecidades.web.http import MemberRequest, Request, render_page
from entrecidades.web.lists import listed, options, page_of
from entrecidades.web.presenters.agreement_board import columns_told
from entrecidades.web.presenters.agreement_steps import steps_told
from entrecidades.web.presenters.agreements import agreement_told, agreements_table
from entrecidades.web.presenters.history import Sight, history_told
from entrecidades.web.presenters.sharing import axis_options
from entrecidades.web.views.exports import Wanted, as_file

OPEN = "CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/)"
BY = "as named in each row"


@public_page
@login_not_required
@require_safe
def agreement_list(request: Request) -> HttpResponse:
    """The agreements a reader sees, as the address asks."""
    tally = agreement_tally(request.reader)
    filters = read_agreement_filters(request.GET, tally)
    found = agreements_wished(agreement_wish(filters), reader=request.reader)
    page, notice = page_of(found, request.GET.get("page", ""), agreements_told)
    context = {
        **listed(filters, page, notice, "web:agreement-export"),
        "table": agreements_table(page.object_list),
        "axes": axis_options(filters),
        "states": options(filters, "state", tally["state"]),
        "kinds": options(filters, "kind", tally["kind"]),
        "countries": options(filters, "country", tally["country"]),
        "whose": options(filters, "of") if request.reader.own else [],
        "begins": bool(request.reader.own),
    }
    return render_page(
        request, "web/agreements/list.html", fragment="web/agreements/_rows.html", context=context
    )


@public_page
@login_not_required
@require_safe
def agreement_export(request: Request, fmt: str) -> HttpResponseBase:
    """The list of agreements as a file."""
    filters = read_agreement_filters(request.GET, agreement_tally(request.reader))
    found = agreements_wished(agreement_wish(filters), reader=request.reader)
    rows = partial(agreement_records, found)
    wanted = Wanted("agreements", AGREEMENTS, OPEN, BY, found.count, rows)
    return as_file(request, fmt, filters, wanted)


@member_page
@require_safe
def agreement_board(request: MemberRequest) -> HttpResponse:
    """The agreements of the reader's own bodies, a column for each stage."""
    mine = agreements_told(agreements_of(request.reader))
    drafts = entities_where(request.user, Permission.DRAFT_AGREEMENT, on=clock.today())
    context = {
        "columns": columns_told(mine, request.user, on=clock.today()),
        "begins": drafts.exists(),
    }
    return render(request, "web/agreements/board.html", context)


@public_page
@login_not_required
@require_safe
def agreement_detail(request: Request, reference: str) -> HttpResponse:
    """One agreement; to its parties also what is missing and what they may do."""
    return agreement_page(request, seen_agreement(request, reference))


def seen_agreement(request: Request, reference: str) -> Agreement:
    """An agreement that the reader sees; what is not shown to her answers like what is not."""
    seen = agreements_told(agreements_seen_by(request.reader))
    return get_object_or_404(
        seen.select_related("umbrella", "amends", "programme", "introduction"), reference=reference
    )


def is_inside(request: Request, agreement: Agreement) -> bool:
    """Whether one of the reader's own bodies takes part; an operator who looks is not inside."""
    parties = {one.entity_id for one in agreement.parties.all()}
    return bool(parties & request.reader.own) and not hasattr(request, "looking")


def agreement_page(
    request: Request, agreement: Agreement, refusal: str = "", status: int = 200
) -> HttpResponse:
    """The page of an agreement, perhaps with what was refused."""
    inside = is_inside(request, agreement)
    bodies = [one.entity_id for one in agreement.parties.all()]
    context: dict[str, Any] = {
        **agreement_told(agreement, request.reader, inside=inside),
        "refusal": refusal,
        "inside": inside,
        "reads_text": text_to_read(agreement) is not None,
        "is_mine": agreement.drafter_id in request.reader.own,
        "history": history_told(agreement, Sight.of(request.reader, bodies=bodies)),
    }
    if request.user.is_authenticated and agreement.admits_members:
        context["joins"] = bodies_to_join(agreement, request.user, on=clock.today())
    if inside:
        context |= steps_told(agreement, request.user, on=clock.today())
    return render(request, "web/agreements/detail.html", context, status=status)
