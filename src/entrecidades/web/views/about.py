"""What the product says of itself: its data and their sources, and its accessibility."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from entrecidades.exchange.selectors import data_as_of, loads
from entrecidades.network.partnership_sources import PUBLIC_LISTS
from entrecidades.web.caching import public_page
from entrecidades.web.http import Request


@public_page
@login_not_required
@require_safe
def about_data(request: Request) -> HttpResponse:
    """Where each kind of fact comes from, under which licence, and what is missing."""
    context = {
        "loads": loads(),
        "lists": [
            {"title": one.title, "url": one.url, "licence": one.licence}
            for one in PUBLIC_LISTS.values()
        ],
        "data_as_of": data_as_of(),
    }
    return render(request, "web/about/data.html", context)


@public_page
@login_not_required
@require_safe
def accessibility(request: Request) -> HttpResponse:
    """How accessible the pages are, how that is tested, and whom to tell of a barrier."""
    return render(request, "web/about/accessibility.html")
