"""Entries that may be one body: the queue, the comparison, the merge; for operators only."""

from collections.abc import Mapping

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from entrecidades.duplicates.choices import Fate
from entrecidades.duplicates.rules import FIELDS
from entrecidades.duplicates.selectors import Plan, duplicates_wished, plan_merge
from entrecidades.duplicates.selectors.rights import may_propose
from entrecidades.duplicates.services import (
    dismiss_duplicate,
    merge_entities,
    propose_duplicate,
)
from entrecidades.kernel import clock
from entrecidades.network.choices import DuplicateState
from entrecidades.network.models import Duplicate, Entity
from entrecidades.web.caching import member_page
from entrecidades.web.filters.duplicates import read_duplicate_filters
from entrecidades.web.forms.duplicates import ProposalForm
from entrecidades.web.forms.fields import keep_refusal
from entrecidades.web.http import MemberRequest
from entrecidades.web.lists import options, page_of
from entrecidades.web.operators import operators_page
from entrecidades.web.presenters import duplicates as present

REFUSED = 422
# The highest number both databases can look for.
HIGHEST = 2**31 - 1
CHOSEN = "field-"


@require_safe
@operators_page
def duplicate_list(request: MemberRequest) -> HttpResponse:
    """The queue: open pairs, the likeliest first, narrowed as the address asks."""
    filters = read_duplicate_filters(request.GET)
    found = duplicates_wished(
        country=filters.first("country"),
        least=float(filters.first("score") or 0),
        state=filters.first("state") or DuplicateState.OPEN,
    )
    page, notice = page_of(
        found, request.GET.get("page", ""), lambda rows: rows.select_related("one", "other")
    )
    query = filters.query()
    context = {
        "chips": list(filters.chips()),
        "notices": [text for text in (filters.notice, notice) if text],
        "page": page,
        "page_query": f"{query}&" if query else "",
        "query": f"?{query}" if query else "",
        "rows": present.pairs_told(page.object_list),
        "countries": options(filters, "country"),
        "scores": options(filters, "score"),
        "states": options(filters, "state"),
    }
    return render(request, "web/duplicates/list.html", context)


@require_safe
@operators_page
def duplicate_detail(request: MemberRequest, number: int) -> HttpResponse:
    """Two entries side by side, and what merging them would do."""
    return _pair_page(request, _pair(number), request.GET)


@require_POST
@operators_page
def duplicate_settle(request: MemberRequest, number: int) -> HttpResponse:
    """Carry out one decision; a refusal is told on the page of the pair."""
    pair = _pair(number)
    try:
        if request.POST.get("decision") == "dismiss":
            dismiss_duplicate(pair=pair, by=request.user, at=clock.now())
            messages.success(request, _("Remembered: these are two bodies."))
            return redirect("web:duplicate-list")
        survivor, absorbed = _ordered(pair, request.POST)
        merge = merge_entities(
            survivor=survivor,
            absorbed=absorbed,
            by=request.user,
            at=clock.now(),
            choices=_choices(request.POST),
        )
    except ValidationError as refusal:
        words = " ".join(refusal.messages)
        return _pair_page(request, pair, request.POST, words, REFUSED)
    said = _(
        "%(absorbed)s was merged into %(survivor)s. It can be undone under number %(number)d."
    )
    names = {"absorbed": absorbed.name, "survivor": survivor.name, "number": merge.pk}
    messages.success(request, said % names)
    return redirect("web:duplicate-list")


@require_http_methods(["GET", "HEAD", "POST"])
@member_page
def duplicate_new(request: MemberRequest) -> HttpResponse:
    """Propose two entries as one body; not there for those who may not."""
    day = clock.today()
    if not may_propose(request.user, on=day):
        raise Http404
    form = ProposalForm(request.POST or None, initial={"one": request.GET.get("one", "")[:100]})
    if request.method == "POST" and form.is_valid():
        try:
            propose_duplicate(by=request.user, on=day, at=clock.now(), **form.cleaned_data)
        except ValidationError as refusal:
            keep_refusal(form, refusal)
        else:
            messages.success(request, _("Proposed. The operators of the register decide."))
            return redirect("web:desk")
    status = REFUSED if form.errors else 200
    return render(request, "web/duplicates/new.html", {"form": form}, status=status)


def _pair(number: int) -> Duplicate:
    """The pair with a number."""
    if number > HIGHEST:
        raise Http404
    return get_object_or_404(duplicates_wished(), pk=number)


def _ordered(pair: Duplicate, asked: QueryDict) -> tuple[Entity, Entity]:
    """The two bodies: the one that stays first, the older entry unless somebody said so."""
    if asked.get("keep") == "other":
        return pair.other, pair.one
    return pair.one, pair.other


def _choices(asked: QueryDict) -> Mapping[str, str]:
    """Whose value of each field stays, as far as it was chosen."""
    chosen = {name: str(asked.get(CHOSEN + name, "")) for name in FIELDS}
    return {name: choice for name, choice in chosen.items() if choice}


def _pair_page(
    request: MemberRequest, pair: Duplicate, asked: QueryDict, refusal: str = "", status: int = 200
) -> HttpResponse:
    """The page of a pair, perhaps with what was refused."""
    pair.refresh_from_db(fields=["state"])
    survivor, absorbed = _ordered(pair, asked)
    plan, why_not = None, ""
    if pair.state == DuplicateState.OPEN:
        try:
            plan = plan_merge(survivor, absorbed, _choices(asked) if not refusal else {})
        except ValidationError as cannot:
            why_not = " ".join(cannot.messages)
    query = request.GET.copy()
    query["keep"] = "one" if asked.get("keep") == "other" else "other"
    context = {
        "pair": pair,
        "survivor": survivor,
        "absorbed": absorbed,
        "why": present.why(pair),
        "keep": "other" if asked.get("keep") == "other" else "one",
        "swap": f"{reverse('web:duplicate-detail', args=[pair.pk])}?{query.urlencode()}",
        "refusal": refusal or why_not,
        **(_plan_told(plan, asked) if plan else {"plan": None}),
    }
    return render(request, "web/duplicates/detail.html", context, status=status)


def _plan_told(plan: Plan, asked: QueryDict) -> dict[str, object]:
    """What a merge would do."""
    return {
        "plan": plan,
        "fields": present.fields_told(plan, _choices(asked)),
        "moves": present.rows_told(plan, Fate.MOVE),
        "aside": present.rows_told(plan, Fate.ASIDE),
        "stays": present.rows_told(plan, Fate.STAY),
    }
