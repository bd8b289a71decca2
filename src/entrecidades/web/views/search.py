"""The search of everything: cities, bodies, countries and themes, by the beginning of any name."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from entrecidades.engines.folding import fold
from entrecidades.exchange.selectors import data_as_of
from entrecidades.network.selectors import entities_called, nearest_places, places_called
from entrecidades.web.caching import public_page
from entrecidades.web.filters.reading import LONGEST
from entrecidades.web.http import Request, render_page
from entrecidades.web.presenters import search as present

SHOWN, FEWEST_LETTERS = 20, 2


@public_page
@login_not_required
@require_safe
def search(request: Request) -> HttpResponse:
    """What bears the name that was typed, or the names most like it."""
    words = " ".join(request.GET.get("q", "").split())
    context = {
        "search_query": words[:LONGEST],
        "notice": _("Only the beginning was searched for.") if len(words) > LONGEST else "",
        "found": _found(words[:LONGEST]),
        "examples": present.examples(),
        "data_as_of": data_as_of(),
    }
    return render_page(
        request, "web/search/page.html", fragment="web/search/_found.html", context=context
    )


def _found(words: str) -> dict[str, Any]:
    """Everything of that name; when there is nothing, what it might have been."""
    if len(fold(words)) < FEWEST_LETTERS:
        return {"asked": bool(words)}
    places = places_called(words, SHOWN + 1)
    found: dict[str, Any] = {
        "asked": True,
        "places": places[:SHOWN],
        "more": len(places) > SHOWN,
        "entities": entities_called(words, SHOWN),
        "countries": present.countries_called(words),
        "themes": present.themes_called(words),
    }
    found["anything"] = any(found[kind] for kind in ("places", "entities", "countries", "themes"))
    found["nearest"] = [] if places else nearest_places(words, 8)
    return found
