"""The list of known partnerships."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from entrecidades.exchange.selectors import data_as_of
from entrecidades.network.selectors import partnerships_wished
from entrecidades.network.selectors.partnerships import ENDS
from entrecidades.web.caching import public_page
from entrecidades.web.filters.registry import (
    PARTNERSHIP_ORDERS,
    partnership_wish,
    read_partnership_filters,
)
from entrecidades.web.http import Request, render_page
from entrecidades.web.lists import listed, options, page_of, sorts
from entrecidades.web.presenters.registry import partnerships_told


@public_page
@login_not_required
@require_safe
def partnership_list(request: Request) -> HttpResponse:
    """Which cities are said to be partners, since when, and by whom it is said."""
    filters = read_partnership_filters(request.GET)
    found = partnerships_wished(partnership_wish(filters))
    page, notice = page_of(
        found.order_by(*PARTNERSHIP_ORDERS[filters.sort]),
        request.GET.get("page", ""),
        lambda rows: rows.select_related(*ENDS),
    )
    context = {
        **listed(filters, page, notice, "web:partnership-export"),
        "pairs": partnerships_told(
            page.object_list, country=filters.first("country"), place=filters.first("place")
        ),
        "sorts": sorts(filters, {"recent": _("latest first"), "name": _("by name")}),
        "countries": options(filters, "country"),
        "others": options(filters, "other"),
        "confirmations": options(filters, "confirmation"),
        "networks": options(filters, "network"),
        "place": filters.first("place"),
        "data_as_of": data_as_of(),
    }
    response = render_page(
        request,
        "web/partnerships/list.html",
        fragment="web/partnerships/_rows.html",
        context=context,
    )
    response["HX-Push-Url"] = f"{request.path}?{filters.query()}".rstrip("?")
    return response
