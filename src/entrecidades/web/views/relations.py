"""The relations between two countries: their list, and the story of each."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from entrecidades.accounts.permissions import Permission
from entrecidades.agreements.selectors import agreements_between
from entrecidades.cooperation.selectors import relation_shown, relations_told
from entrecidades.encounters.selectors import series_shown
from entrecidades.kernel import clock
from entrecidades.network.choices import Confirmation
from entrecidades.network.models import Entity
from entrecidades.network.selectors import (
    PartnershipWish,
    largest_pairs,
    may,
    partnerships_wished,
)
from entrecidades.web.caching import public_page
from entrecidades.web.http import Request
from entrecidades.web.presenters import relations as present
from entrecidades.web.presenters.relation_pictures import relation_picture

PAIRS = 12


@public_page
@login_not_required
@require_safe
def relation_list(request: Request) -> HttpResponse:
    """The relations, each with its standing and its story."""
    cards = [present.relation_card(relation) for relation in relations_told()]
    return render(request, "web/relations/list.html", {"cards": cards})


@public_page
@login_not_required
@require_safe
def relation_detail(request: Request, slug: str) -> HttpResponse:
    """One relation: its story, its purposes, who carries it, and the cities it joins."""
    relation = get_object_or_404(relation_shown(), slug=slug)
    series = list(series_shown().filter(relation=relation))
    wish = PartnershipWish(country=relation.one_id, other=relation.other_id)
    known = partnerships_wished(wish)
    count = known.count()
    carriers = list(relation.coordinators.all())
    largest = largest_pairs(relation.one_id, relation.other_id, PAIRS)
    context: dict[str, Any] = {
        "relation": relation,
        "card": present.relation_card(relation),
        "facts": present.relation_facts(relation),
        "events": present.relation_events(relation, series),
        "series": series,
        "numbers": present.pair_numbers(
            relation, count, known.filter(confirmation=Confirmation.CONFIRMED).count()
        ),
        "pairs": present.pairs_table(relation, largest),
        "pairs_url": present.pairs_url(relation),
        "picture": relation_picture(relation),
        "finding": present.finding(relation, count),
        "agreements": agreements_between(carriers, reader=request.reader),
        "begins": _begins(request, carriers),
    }
    return render(request, "web/relations/detail.html", context)


def _begins(request: Request, carriers: list[Entity]) -> bool:
    """Whether the reader may begin an agreement for one of those who carry a relation."""
    if len({one.country_id for one in carriers}) < 2:  # noqa: PLR2004 (two sides)
        return False
    hers = [one for one in carriers if one.pk in request.reader.own]
    day = clock.today()
    return any(may(request.user, Permission.DRAFT_AGREEMENT, one, on=day) for one in hers)
