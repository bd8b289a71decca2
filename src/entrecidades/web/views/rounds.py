"""The pairing studio: rounds of a call, computed, looked at, pinned, published."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from entrecidades.calls import services
from entrecidades.calls.choices import Follow, PairSide, RoundState, TieKind
from entrecidades.calls.models import Round, Run
from entrecidades.calls.rules.pairing import ChangedMeanwhile
from entrecidades.calls.selectors import runs
from entrecidades.calls.selectors.rounds import latest_answer, links_of, pairs_named_to
from entrecidades.cooperation.selectors import programmes_run_by
from entrecidades.engines.folding import fold
from entrecidades.kernel import clock
from entrecidades.web.caching import member_page, public_page
from entrecidades.web.filters.rounds import answer_filters, read_answer_filters
from entrecidades.web.http import MemberRequest, Request
from entrecidades.web.lists import downloads
from entrecidades.web.presenters import rounds as told
from entrecidades.web.presenters.history import Sight, history_told
from entrecidades.web.presenters.round_pictures import round_picture
from entrecidades.web.typed import number_typed

REFUSED, DISPUTED, PAGE = 422, 409, 20
CHANGES_SHOWN = 8


def running(request: MemberRequest, public_id: UUID) -> Round:
    """A round of a programme that the person runs; for others it is not there."""
    mine = programmes_run_by(request.user, on=clock.today()).order_by()
    rounds = Round.objects.filter(programme__in=mine)
    rows = rounds.select_related("programme", "call__programme", "entity")
    return get_object_or_404(rows, public_id=public_id)


@member_page
@require_safe
def round_studio(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """The studio of a round: what is asked, how far it is, and what was found."""
    return studio(request, running(request, public_id))


def studio(
    request: MemberRequest, round_: Round, refusals: list[str] | None = None, status: int = 200
) -> HttpResponse:
    """The studio, perhaps with what was refused."""
    members = told.members_by_key(round_)
    all_runs = list(round_.runs.all()[:CHANGES_SHOWN])
    latest = all_runs[0] if all_runs else None
    answer = _asked_for(request, round_) or latest_answer(round_)
    context: dict[str, Any] = {
        "round": round_,
        "refusals": refusals or [],
        "sides": [
            {"words": side.label, "count": sum(one.side == side and not one.left_at
                                               for one in members.values())}
            for side in PairSide
        ],
        "latest": told.run_told(latest, members) if latest else None,
        "runs": [told.run_told(one, members) for one in all_runs],
        "ties": told.ties_told(round_, members),
        "gone": [one for one in members.values() if one.left_at],
        "published": round_.state == RoundState.PUBLISHED,
        "history": history_told(round_, Sight.of(request.reader, bodies=[round_.entity_id])),
    }  # fmt: skip
    if answer is not None:
        context |= _answer(request, round_, answer, members)
    return render(request, "web/rounds/studio.html", context, status=status)


def _asked_for(request: MemberRequest, round_: Round) -> Run | None:
    """An earlier answer, if the reader asks for one that is there."""
    number = request.GET.get("run", "")
    return answer_numbered(round_, number)


def answer_numbered(round_: Round, number: str) -> Run | None:
    """The answer of a number, if there is one."""
    return round_.runs.done().filter(number=number_typed(number)).first()


def _answer(
    request: MemberRequest, round_: Round, answer: Run, members: told.Members
) -> dict[str, Any]:
    """An answer: proof, picture, pairs as filtered, who is left, what changed."""
    ties = {(one.first_id, one.second_id): one for one in round_.ties.all()}
    found = told.pairs_found(answer, members, fold(request.GET.get("q", "")[:100]))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    pins = {link for link, tie in ties.items() if tie.kind == TieKind.PIN}
    links = sorted(links_of(answer), key=lambda one: told.name_of(members, one[0]))
    return {
        "answer": told.run_told(answer, members),
        "is_current": answer.version == round_.version,
        "picture": round_picture(links, members, pins) if links else "",
        "pairs": told.pairs_told(list(page), members, ties),
        "page": page,
        "page_query": _query(request),
        "q": request.GET.get("q", ""),
        "downloads": downloads(
            "web:round-export",
            answer_filters(answer.number, request.GET.get("q", "")),
            public_id=str(round_.public_id),
        ),
        "left": told.left_told(answer, members),
        "changes": told.changes_told(answer, members),
        "publishing": told.publishing_told(round_, answer, members),
        "follows": [{"value": one.value, "words": one.label} for one in Follow],
        "regions": told.regions_told(answer),
        "region_columns": told.region_columns(),
    }


def _query(request: MemberRequest) -> str:
    """What the list is asked for, without its page."""
    asked = request.GET.copy()
    asked.pop("page", None)
    words = asked.urlencode()
    return f"{words}&" if words else ""


@member_page
@require_POST
def round_step(request: MemberRequest, public_id: UUID) -> HttpResponse:
    """One act on a round; a refusal is told in the studio."""
    round_ = running(request, public_id)
    act = ACTS.get(request.POST.get("step", ""))
    if act is None:
        return studio(request, round_, [_("There is no such step.")], REFUSED)
    try:
        done = act(request, round_)
    except ChangedMeanwhile as changed:
        return studio(request, running(request, public_id), changed.messages, DISPUTED)
    except ValidationError as refusal:
        return studio(request, running(request, public_id), refusal.messages, REFUSED)
    except (ValueError, KeyError):
        return studio(request, round_, [_("Something is missing: look again.")], REFUSED)
    messages.success(request, done)
    return redirect("web:round-studio", public_id=round_.public_id)


def _who(request: MemberRequest) -> dict[str, Any]:
    """Who acts, when, and which version she saw."""
    version = int(request.POST["version"])
    return {"by": request.user, "at": clock.now(), "version": version}


def _solve(request: MemberRequest, round_: Round) -> str:
    """Have the round computed, anew or around the pairs that can stay."""
    keeps = request.POST["step"] == "keep"
    services.ask_run(round_id=round_.pk, keeps=keeps, **_who(request))
    return _("The round is being computed. You may leave this page.")


def _run_of(request: MemberRequest, round_: Round) -> Run:
    """The run that a form names."""
    return get_object_or_404(round_.runs, number=int(request.POST["run"]))


def _stop(request: MemberRequest, round_: Round) -> str:
    """Stop a run."""
    run = _run_of(request, round_)
    services.stop_run(run_id=run.pk, by=request.user, at=clock.now())
    return _("Stopped. It can go on whenever you like.")


def _resume(request: MemberRequest, round_: Round) -> str:
    """Go on with a run."""
    run = _run_of(request, round_)
    services.resume_run(run_id=run.pk, by=request.user, at=clock.now())
    return _("It goes on.")


def _tie(request: MemberRequest, round_: Round) -> str:
    """Pin or forbid two."""
    kind = TieKind(request.POST["step"])
    services.tie_pair(
        round_id=round_.pk,
        kind=kind,
        first_id=int(request.POST["first"]),
        second_id=int(request.POST["second"]),
        **_who(request),
    )
    return _("Noted. Compute again to see what follows.")


def _untie(request: MemberRequest, round_: Round) -> str:
    """Take a pin, or what is forbidden, back."""
    tie = get_object_or_404(round_.ties, pk=int(request.POST["tie"]))
    services.untie_pair(tie_id=tie.pk, **_who(request))
    return _("Taken back. Compute again to see what follows.")


def _leave(request: MemberRequest, round_: Round) -> str:
    """Note that a body takes part no longer."""
    member = get_object_or_404(round_.members, pk=int(request.POST["member"]))
    reason = request.POST.get("reason", "")[:500]
    services.leave_round(member_id=member.pk, reason=reason, **_who(request))
    return _("Noted. Compute again, keeping all pairs that can stay.")


def _publish(request: MemberRequest, round_: Round) -> str:
    """Publish an answer."""
    run = _run_of(request, round_)
    follow = Follow(request.POST["follow"])
    services.publish_round(round_id=round_.pk, run_id=run.pk, follow=follow, **_who(request))
    return _("The pairs are published. What follows for each is on its way.")


ACTS: dict[str, Callable[[MemberRequest, Round], str]] = {
    "solve": _solve,
    "keep": _solve,
    "stop": _stop,
    "resume": _resume,
    "pin": _tie,
    "forbid": _tie,
    "untie": _untie,
    "leave": _leave,
    "publish": _publish,
}


@public_page
@login_not_required
@require_safe
def round_detail(request: Request, public_id: UUID) -> HttpResponse:
    """The pairs of a published round, each with its reasons; named where bodies agreed."""
    rounds = Round.objects.published().select_related("programme", "call", "entity")
    round_ = get_object_or_404(rounds, public_id=public_id)
    named, unnamed = pairs_named_to(request.reader, round_)
    page = Paginator(named, PAGE).get_page(request.GET.get("page"))
    context = {
        "round": round_,
        "rows": told.named_told(request.reader, page),
        "page": page,
        "page_query": "",
        "downloads": downloads(
            "web:round-pairs", read_answer_filters(QueryDict()), public_id=str(public_id)
        ),
        "unnamed": unnamed,
        "total": page.paginator.count + unnamed,
        "proof": told.proof_of(round_),
        "runs": runs(request.user, round_.programme, on=clock.today()),
    }
    return render(request, "web/rounds/detail.html", context)
