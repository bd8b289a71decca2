"""My desk: what needs me, the bodies I act for, our contacts, our offers and needs."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from entrecidades.accounts.permissions import Permission
from entrecidades.accounts.selectors import nominations_waiting
from entrecidades.agreements.selectors import agreements_of, agreements_told, umbrellas_for
from entrecidades.calls.selectors import (
    applications_of,
    calls_fitting,
    calls_run_by,
    readings_of,
)
from entrecidades.cooperation.selectors import introductions_of, offers_for, programmes_run_by
from entrecidades.cooperation.selectors.meetings import meetings_awaiting
from entrecidades.duplicates.selectors import duplicates_wished
from entrecidades.duplicates.selectors.rights import may_propose
from entrecidades.exchange.choices import DoubtState
from entrecidades.exchange.selectors import doubts_wished
from entrecidades.kernel import clock
from entrecidades.network.choices import DuplicateState
from entrecidades.network.selectors import entities_of, entities_where, mandates_of
from entrecidades.network.selectors.joining import claims_waiting_for
from entrecidades.practices.selectors import postings_seen_by, practices_seen_by
from entrecidades.privacy.selectors.requests import open_requests
from entrecidades.reporting.selectors import declarations_awaited
from entrecidades.web.caching import member_page
from entrecidades.web.http import MemberRequest
from entrecidades.web.presenters.introductions import running_out, waiting_for


@member_page
@require_safe
def desk(request: MemberRequest) -> HttpResponse:
    """What needs somebody, first; then all that is hers."""
    day = clock.today()
    mine = list(
        entities_of(request.user, on=day)
        .select_related("country", "seat")
        .prefetch_related("names")
    )
    appliers = list(entities_where(request.user, Permission.APPLY, on=day).order_by("pk"))
    introductions = list(introductions_of(request.reader))
    postings = list(postings_seen_by(request.reader).filter(entity__in=mine))
    practices = practices_seen_by(request.reader).filter(entity__in=mine)
    context = {
        "bodies": mine,
        "own": set(mandates_of(request.user, on=day).values_list("entity", flat=True)),
        "claims": claims_waiting_for(request.user, on=day).count(),
        "introductions": introductions,
        "postings": postings,
        "practices": practices,
        "waiting": waiting_for(introductions, mine),
        "meetings": meetings_awaiting(request.user, at=clock.now()),
        "fading": running_out(postings, on=day),
        "agreements": agreements_of(request.reader).open(),
        "umbrellas": agreements_told(umbrellas_for(request.user, on=day)),
        "applications": list(applications_of(request.reader).under_way()),
        "fitting": calls_fitting(appliers, at=clock.now()),
        "readings": readings_of(request.user).awaited().count(),
        "declarations": declarations_awaited(request.user, on=day),
        "offers": offers_for(request.user, on=day),
        "programmes": programmes_run_by(request.user, on=day),
        "running": calls_run_by(request.user, on=day),
        "doubts": _open_doubts(request),
        "data_requests": open_requests().count() if request.user.is_staff else 0,
        "nominations": nominations_waiting().count() if request.user.is_staff else 0,
        "pairs": _open_pairs(request),
        "may_propose": may_propose(request.user, on=day),
    }
    return render(request, "web/desk/desk.html", context)


def _open_pairs(request: MemberRequest) -> int | None:
    """How many pairs of entries wait for an operator; nothing for anybody else."""
    if not request.user.is_staff:
        return None
    return duplicates_wished(state=DuplicateState.OPEN).count()


def _open_doubts(request: MemberRequest) -> int | None:
    """How many doubtful rows wait for an operator; nothing for anybody else."""
    return doubts_wished(state=DoubtState.OPEN).count() if request.user.is_staff else None
