"""What cities do well: the list of practices, and the page of each."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from entrecidades.accounts.permissions import Permission
from entrecidades.kernel import clock
from entrecidades.kernel.lives import steps_from
from entrecidades.kernel.text import pick
from entrecidades.network.selectors import may
from entrecidades.practices.choices import PracticeState
from entrecidades.practices.models import Practice
from entrecidades.practices.rules import PRACTICE_LIFE
from entrecidades.practices.selectors import (
    board,
    evidence_of,
    practice_tally,
    practices_seen_by,
    practices_shown,
    practices_wished,
)
from entrecidades.web.caching import public_page
from entrecidades.web.filters.sharing import read_practice_filters, wanted_themes
from entrecidades.web.http import Request, render_page
from entrecidades.web.lists import options, page_of
from entrecidades.web.presenters.history import Sight, history_told
from entrecidades.web.presenters.sharing import shared_context
from entrecidades.web.removed import gone_or_not_found

NEAR = 3


@public_page
@login_not_required
@require_safe
def practice_list(request: Request) -> HttpResponse:
    """The practices, by theme and country."""
    tally = practice_tally(request.reader)
    filters = read_practice_filters(request.GET, tally)
    found = practices_wished(wanted_themes(filters), filters.all("country"), reader=request.reader)
    page, notice = page_of(
        found, request.GET.get("page", ""), lambda _rows: practices_shown(request.reader)
    )
    context = {
        **shared_context(filters, page, notice),
        "countries": options(filters, "country", tally),
    }
    return render_page(
        request, "web/practices/list.html", fragment="web/practices/_rows.html", context=context
    )


@public_page
@login_not_required
@require_safe
def practice_detail(request: Request, key: str) -> HttpResponse:
    """One practice: what was done, by whom, who says so, and how to learn from it."""
    practice = practices_seen_by(request.reader).filter(key=key).first()
    if practice is None:
        return gone_or_not_found(request, Practice, key=key)
    return practice_page(request, practice)


def practice_page(
    request: Request, practice: Practice, refusal: str = "", status: int = 200
) -> HttpResponse:
    """The page of a practice, for its own body with what may be done; perhaps with a refusal."""
    day = clock.today()
    is_mine = practice.entity_id in request.reader.own
    speaks = is_mine and may(request.user, Permission.PUBLISH, practice.entity, on=day)
    steps = steps_from(PRACTICE_LIFE, PracticeState(practice.state)) if speaks else []
    near = (
        practices_shown(request.reader)
        .filter(themes__in=practice.themes.all())
        .exclude(pk=practice.pk)
    )
    edits = is_mine and may(request.user, practice.edited_with, practice.entity, on=day)
    context = {
        "practice": practice,
        "is_mine": is_mine,
        "edits": edits,
        "shows": edits and may(request.user, Permission.HAND_IN, practice.entity, on=day),
        "evidence": evidence_of(practice, reader=request.reader),
        "steps": [{"value": step.value, "words": str(step.label)} for step in steps],
        "refusal": refusal,
        "summary": pick(practice.summary),
        "offers": board(request.reader).filter(practice=practice),
        "history": history_told(practice, Sight.of(request.reader, bodies=[practice.entity_id])),
        "near": near.distinct()[:NEAR],
    }
    return render(request, "web/practices/detail.html", context, status=status)
