"""The home page: the world drawn by its own cities, and where to begin."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from entrecidades.cooperation.selectors import relations_told
from entrecidades.exchange.selectors import data_as_of
from entrecidades.practices.selectors import board, practices_shown
from entrecidades.web.caching import public_page
from entrecidades.web.http import Request
from entrecidades.web.presenters.pictures import ties_table
from entrecidades.web.presenters.registry import grouped
from entrecidades.web.presenters.relations import relation_card
from entrecidades.web.presenters.world import World, world

SHOWN = 3


@public_page
@login_not_required
@require_safe
def home(request: Request) -> HttpResponse:
    """The first view: what this is, whom it joins, where to begin."""
    drawn = world()
    postings = board(request.reader)
    context = {
        "picture": drawn.picture,
        "known": ties_table(drawn.ties),
        "stats": _counters(drawn, postings.count()),
        "relations": [relation_card(relation) for relation in relations_told()],
        "practices": practices_shown(request.reader)[:SHOWN],
        "postings": postings[:SHOWN],
        "data_as_of": data_as_of(),
    }
    return render(request, "web/home/home.html", context)


def _counters(drawn: World, postings: int) -> list[dict[str, Any]]:
    """Four numbers that say how large the network is."""
    return [
        {"value": grouped(drawn.places), "words": _("cities and towns"), "note": _("GeoNames")},
        {"value": drawn.countries, "words": _("countries and territories")},
        {
            "value": grouped(drawn.partnerships),
            "words": _("known partnerships"),
            "note": _("from public lists, unconfirmed until a city says so"),
        },
        {"value": postings, "words": _("offers and needs on the board")},
    ]
