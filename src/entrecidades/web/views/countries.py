"""The list of countries, and the page of each."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from entrecidades.cooperation.selectors import relations_of
from entrecidades.engines.folding import fold
from entrecidades.exchange.selectors import data_as_of
from entrecidades.network.models import Country
from entrecidades.network.selectors import (
    countries_told,
    entities_wished,
    largest_cities,
    tallies,
    tally_by_partner_country,
    tally_partners,
)
from entrecidades.network.selectors.entities import EntityWish
from entrecidades.web.caching import public_page
from entrecidades.web.filters.reading import Filters
from entrecidades.web.filters.registry import read_country_filters
from entrecidades.web.http import Request, render_page
from entrecidades.web.lists import listed, options, sorts
from entrecidades.web.presenters import countries as present
from entrecidades.web.presenters import land
from entrecidades.web.presenters.registry import cities_table, countries_table

TALLIED, LARGEST = 600, 20

Tallies = Mapping[str, Mapping[str, int]]


def country_tallies() -> Tallies:
    """How many places, bodies and partnerships each country has; kept for a while."""
    return cache.get_or_set("tallies", tallies, TALLIED) or {}


def countries_found(filters: Filters, counts: Tallies) -> list[Country]:
    """The countries that fulfil the filters, in the order asked for."""
    wanted = fold(filters.first("q"))
    languages, continents = set(filters.all("language")), filters.all("continent")
    found = [
        country
        for country in countries_told()
        if (not continents or country.continent in continents)
        and (not languages or languages.intersection(country.languages))
        and f" {wanted}" in f" {fold(str(country))}"
    ]
    if filters.sort == "name":
        return sorted(found, key=lambda country: fold(str(country)))
    return sorted(
        found,
        key=lambda country: (-counts.get(country.code, {}).get(filters.sort, 0), country.code),
    )


@public_page
@login_not_required
@require_safe
def country_list(request: Request) -> HttpResponse:
    """The countries, with how many cities, bodies and partnerships each has."""
    filters, counts = read_country_filters(request.GET), country_tallies()
    found = countries_found(filters, counts)
    page = Paginator(found, max(len(found), 1)).page(1)
    orders = {
        "name": _("by name"),
        "places": _("by number of cities"),
        "partnerships": _("by partnerships"),
    }
    context = {
        **listed(filters, page, "", "web:country-export"),
        **(
            {"index": present.index_by_continent(found, counts)}
            if filters.sort == "name"
            else {"table": countries_table(found, counts)}
        ),
        "sorts": sorts(filters, orders),
        "continents": options(filters, "continent"),
        "languages": options(filters, "language"),
        "data_as_of": data_as_of(),
    }
    response = render_page(
        request, "web/countries/list.html", fragment="web/countries/_rows.html", context=context
    )
    response["HX-Push-Url"] = f"{request.path}?{filters.query()}".rstrip("?")
    return response


@public_page
@login_not_required
@require_safe
def country_detail(request: Request, country: str) -> HttpResponse:
    """What is known of a country: its cities, its partners, the relations it takes part in."""
    land_of = get_object_or_404(Country, pk=country.upper())
    counts = country_tallies().get(land_of.code, {})
    largest = largest_cities(land_of, LARGEST)
    context: dict[str, Any] = {
        "country": land_of,
        "facts": present.country_facts(land_of),
        "stats": present.country_stats(counts),
        "picture": land.country_map(land_of, largest) if largest else None,
        "largest": cities_table(
            largest, tally_partners([place.pk for place in largest]), of_one_country=True
        ),
        "partners": present.partner_rows(land_of, tally_by_partner_country(land_of.code)),
        "relations": present.relation_cards(land_of, relations_of(land_of.code)),
        "associations": entities_wished(
            EntityWish(countries=[land_of.code], kinds=["association"])
        ).prefetch_related("names"),
        "has_entities": bool(counts.get("entities")),
        "data_as_of": data_as_of(),
    }
    return render(request, "web/countries/detail.html", context)
