"""The pairs of a round as files: of an answer for those who run it, published ones for all."""

from functools import partial
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from entrecidades.calls.models import Round
from entrecidades.calls.selectors.rounds import latest_answer, pairs_named_to
from entrecidades.engines.folding import fold
from entrecidades.exchange.exports.rounds import ANSWERED, PUBLISHED
from entrecidades.web.caching import member_page, public_page
from entrecidades.web.filters.rounds import read_answer_filters
from entrecidades.web.http import MemberRequest, Request
from entrecidades.web.presenters import round_files as told
from entrecidades.web.presenters.rounds import members_by_key, pairs_found
from entrecidades.web.views.exports import FROM_GEONAMES, GEONAMES, Wanted, as_file
from entrecidades.web.views.rounds import answer_numbered, running


@member_page
@require_safe
def round_export(request: MemberRequest, public_id: UUID, fmt: str) -> HttpResponseBase:
    """The pairs of an answer as a file, as the studio shows them, for those who run the round."""
    round_ = running(request, public_id)
    filters = read_answer_filters(request.GET)
    number = filters.first("run")
    answer = answer_numbered(round_, number) if number else latest_answer(round_)
    if answer is None:
        raise Http404
    members = members_by_key(round_)
    ties = {(one.first_id, one.second_id): one for one in round_.ties.all()}
    found = pairs_found(answer, members, fold(filters.first("q")))
    wanted = Wanted(
        "pairs",
        ANSWERED,
        _("For those who run the round. It tells of what is not published."),
        str(round_.entity),
        found.__len__,
        partial(told.answer_records, found, members, ties),
        told.facts_of_answer(answer, members, ties),
    )
    return as_file(request, fmt, filters, wanted)


@public_page
@login_not_required
@require_safe
def round_pairs(request: Request, public_id: UUID, fmt: str) -> HttpResponseBase:
    """The published pairs as a file: those that the reader may read of, as on the page."""
    rounds = Round.objects.published().select_related("programme", "call", "entity")
    round_ = get_object_or_404(rounds, public_id=public_id)
    named, unnamed = pairs_named_to(request.reader, round_)
    pairs = list(named)
    wanted = Wanted(
        "pairs",
        PUBLISHED,
        GEONAMES,
        f"{round_.entity}; {FROM_GEONAMES}",
        pairs.__len__,
        partial(told.published_records, pairs),
        {"unnamed": unnamed},
    )
    return as_file(request, fmt, read_answer_filters(request.GET), wanted)
