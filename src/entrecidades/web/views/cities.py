"""The list of cities, and the page of each."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from entrecidades.agreements.selectors import agreements_naming
from entrecidades.exchange.selectors import data_as_of
from entrecidades.kernel import clock
from entrecidades.network.models import Place
from entrecidades.network.selectors import (
    Reader,
    is_claimed,
    partnerships_of,
    places_wished,
    regions_of,
    seated_in,
    tally_by_country,
    tally_by_region,
    tally_by_role,
    tally_partners,
)
from entrecidades.practices.selectors import board, practices_shown
from entrecidades.web.caching import public_page
from entrecidades.web.choices_shown import FIRST, theme_groups
from entrecidades.web.filters.cities import ORDERS, city_wish, read_city_filters
from entrecidades.web.filters.reading import Filters
from entrecidades.web.http import Request, render_page
from entrecidades.web.lists import listed, options, page_of, sorts
from entrecidades.web.presenters import cities as present
from entrecidades.web.presenters import land
from entrecidades.web.presenters.partners import first_counterparts
from entrecidades.web.presenters.registry import cities_table

#: Seconds for which the tallies beside filters are kept, and countries shown before the rest.
TALLIED, SHORT_LIST = 600, 12


@public_page
@login_not_required
@require_safe
def city_list(request: Request) -> HttpResponse:
    """The world's cities, filtered as the address asks."""
    filters, spoken = read_city_filters(request.GET)
    found = places_wished(city_wish(filters, spoken, request.reader))
    found = found.order_by(*ORDERS[filters.sort])
    page, notice = page_of(
        found, request.GET.get("page", ""), lambda rows: rows.select_related("country", "region")
    )
    partners = tally_partners([place.pk for place in page.object_list])
    context = {
        **listed(filters, page, notice, "web:city-export"),
        "table": cities_table(page.object_list, partners),
        "sorts": sorts(filters, {"population": _("by inhabitants"), "name": _("by name")}),
        "regions": _regions(filters, spoken, request.reader),
        **_facets(request, filters, spoken),
        "data_as_of": data_as_of(),
    }
    response = render_page(
        request, "web/cities/list.html", fragment="web/cities/_rows.html", context=context
    )
    response["HX-Push-Url"] = f"{request.path}?{filters.query()}".rstrip("?")
    return response


def _facets(request: Request, filters: Filters, spoken: Mapping[str, list[str]]) -> dict[str, Any]:
    """The filters beside the list; a fragment leaves them as they are."""
    if request.htmx and not request.htmx.history_restore_request:
        return {}
    counts = _countries_counted(filters, spoken, request.reader)
    chosen = filters.all("country")
    ranked = sorted(counts, key=lambda code: (code not in FIRST, -counts[code]))
    short = list(dict.fromkeys([*chosen, *ranked]))[: max(SHORT_LIST, len(chosen))]
    roles = cache.get_or_set("roles", lambda: tally_by_role(Place.objects.all()), TALLIED) or {}
    held = {str(role.name).lower(): count for role, count in roles.items()}
    return {
        "countries": options(filters, "country", counts, short),
        "other_countries": options(
            filters, "country", counts, [code for code in spoken if code not in short]
        ),
        "roles": options(filters, "role", None, list(held)),
        "languages": options(filters, "language"),
        "having": options(filters, "has"),
        "axes": theme_groups(filters.all("theme")),
    }


def _countries_counted(
    filters: Filters, spoken: Mapping[str, list[str]], reader: Reader
) -> dict[str, int]:
    """How many cities each country has under the other filters, kept a while for each reader."""
    others = {name: some for name, some in filters.chosen.items() if name != "country"}
    others.pop("region", None)
    rest = Filters(filters.parameters, others)
    return cache.get_or_set(
        f"countries-{reader.person}?{rest.query()}",
        lambda: tally_by_country(places_wished(city_wish(rest, spoken, reader))),
        TALLIED,
    ) or {}  # fmt: skip


def _regions(
    filters: Filters, spoken: Mapping[str, list[str]], reader: Reader
) -> list[dict[str, Any]]:
    """The regions of the only country that was chosen, as links that narrow the list to them."""
    if len(filters.all("country")) != 1:
        return []
    (country,) = filters.all("country")
    others = {name: some for name, some in filters.chosen.items() if name != "region"}
    rest = Filters(filters.parameters, others, [], filters.sort, filters.default_sort)
    tally = tally_by_region(places_wished(city_wish(rest, spoken, reader)))
    return [
        {
            "words": str(region),
            "count": tally[region.pk],
            "url": f"?{rest.query(region=f'{country}-{region.code}')}",
            "current": f"{country}-{region.code}" in filters.all("region"),
        }
        for region in regions_of([country])
        if region.pk in tally
    ]


@public_page
@login_not_required
@require_safe
def city_detail(request: Request, country: str, slug: str) -> HttpResponse:
    """What is known of a city, from where, and who its partners are."""
    place = get_object_or_404(
        Place.objects.select_related("country", "region"), country=country.upper(), slug=slug
    )
    pairs = list(partnerships_of(place))
    names = place.other_names.order_by("name").values_list("name", flat=True)
    context = {
        "place": place,
        "facts": present.city_facts(place, at=clock.now()),
        "locator": land.locator(place),
        "partners_map": land.partners_map(place, pairs),
        "groups": present.ties_by_country(place, pairs),
        "pairs": len(pairs),
        "entities": seated_in(place),
        "claimed": is_claimed(place, on=clock.today()),
        "agreements": agreements_naming(place.entities.all(), reader=request.reader),
        "practices": practices_shown(request.reader).filter(entity__seat=place),
        "postings": board(request.reader).filter(entity__seat=place),
        "names": [name for name in dict.fromkeys(names) if name != place.name],
        "suggestions": first_counterparts(place),
        "data_as_of": data_as_of(),
    }
    return render(request, "web/cities/detail.html", context)
