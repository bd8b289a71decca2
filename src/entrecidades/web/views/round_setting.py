"""A round of pairing is begun, and told within which numbers it is paired."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from entrecidades.calls.models import Call, Round
from entrecidades.calls.rules.pairing import ChangedMeanwhile
from entrecidades.calls.selectors.rounds import (
    accepted_of,
    cities_of,
    members_of,
    standing_members,
)
from entrecidades.calls.services import limit_round, make_round
from entrecidades.cooperation.models import Programme
from entrecidades.cooperation.selectors import programmes_run_by
from entrecidades.engines.folding import fold
from entrecidades.kernel import clock
from entrecidades.network.models import Entity
from entrecidades.web.asked import body_of
from entrecidades.web.caching import member_page
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.forms.rounds import SIDES, LimitsForm, RoundNewForm
from entrecidades.web.http import MemberRequest
from entrecidades.web.views.call_building import run
from entrecidades.web.views.rounds import running

REFUSED, DISPUTED, PAGE = 422, 409, 50


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def call_pairing(request: MemberRequest, slug: str) -> HttpResponse:
    """The rounds of a call; a new one is begun here."""
    call = run(request, slug)
    return _pairing(request, call.programme, call)


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def programme_pairing(request: MemberRequest, slug: str) -> HttpResponse:
    """The rounds of a programme without a call; a new one is begun here, of two lists."""
    mine = programmes_run_by(request.user, on=clock.today())
    return _pairing(request, get_object_or_404(mine, slug=slug), None)


def _pairing(request: MemberRequest, programme: Programme, call: Call | None) -> HttpResponse:
    """The rounds that are there, and the form of a new one."""
    form = RoundNewForm(request.POST if request.method == "POST" else None, call=call)
    if request.method == "POST" and form.is_valid():
        try:
            made = _make(request, programme, call, form.cleaned_data)
        except ValidationError as refusal:
            keep_refusal(form, refusal)
        else:
            return redirect("web:round-studio", public_id=made.public_id)
    rounds = Round.objects.filter(programme=programme, call=call)
    context = {"programme": programme, "call": call, "rounds": rounds, "form": form}
    status = REFUSED if form.errors else 200
    return render(request, "web/rounds/list.html", context, status=status)


@transaction.atomic
def _make(
    request: MemberRequest, programme: Programme, call: Call | None, facts: dict[str, Any]
) -> Round:
    """A round of those who were named; cities nobody has registered yet are registered with it."""
    firsts, seconds = (_side(request, call, facts, side) for side in SIDES)
    return make_round(
        call=call,
        programme=programme,
        title=facts["title"],
        firsts=firsts,
        seconds=seconds,
        by=request.user,
        at=clock.now(),
    )


def _side(
    request: MemberRequest, call: Call | None, facts: dict[str, Any], side: str
) -> list[tuple[Entity, int]]:
    """The bodies of a side, each once; what a list says of how many counts most."""
    found: dict[Entity, int] = {}
    if country := facts[f"{side}_country"]:
        there = accepted_of(call, [country]) if call else cities_of(country)
        found |= dict.fromkeys(there, 1)
    if group := facts[f"{side}_group"]:
        body = Entity.objects.get(public_id=group)
        found |= dict.fromkeys(members_of(body, on=clock.today()), 1)
    for one in facts[f"{side}_names"]:
        found[body_of(one.subject, by=request.user)] = one.capacity
    return list(found.items())


@member_page
@require_http_methods(["GET", "HEAD", "POST"])
def round_limits(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """How many pairs there may be: in all, of each region, of each body."""
    round_ = running(request, public_id)
    members = standing_members(round_)
    words = fold(request.GET.get("q", "")[:100])
    found = [one for one in members if words in fold(one.entity.name)]
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    data = request.POST if request.method == "POST" else None
    form = LimitsForm(data, round_=round_, members=members, shown=page)
    status = 200
    if data is not None:
        status = _limit(request, round_, form)
        if status == 302:  # noqa: PLR2004 - it was done
            return redirect("web:round-studio", public_id=round_.public_id)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "round": round_,
        "form": form,
        "page": page,
        "page_query": f"{query.urlencode()}&" if query else "",
        "q": request.GET.get("q", ""),
        "firsts": [one for one in members if one.side == SIDES[0]],
        "seconds": [one for one in members if one.side == SIDES[1]],
        "members": members,
    }
    return render(request, "web/rounds/limits.html", context, status=status)


def _limit(request: MemberRequest, round_: Round, form: LimitsForm) -> int:
    """Carry the form out; 302 when it was done, or the status of its refusal."""
    if not form.is_valid():
        return REFUSED
    facts = form.cleaned_data
    try:
        limit_round(
            round_id=round_.pk,
            version=facts["version"],
            most=facts["most"],
            limits=form.limits(),
            capacities=dict(form.capacities()),
            by=request.user,
            at=clock.now(),
        )
    except ChangedMeanwhile as changed:
        keep_refusal(form, changed)
        _show_anew(form, round_)
        return DISPUTED
    except ValidationError as refusal:
        keep_refusal(form, refusal)
        return REFUSED
    return 302


def _show_anew(form: LimitsForm, round_: Round) -> None:
    """Keep what was typed, on the ground of the round as it is now."""
    version = Round.objects.get(pk=round_.pk).version
    form.data = {**{name: form.data[name] for name in form.data}, "version": str(version)}
    form.add_error(None, _("What you typed stands here still; save it if it is right."))
