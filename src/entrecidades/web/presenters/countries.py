"""What the page of a country says."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entrecidades.cooperation.models import Relation
from entrecidades.engines.folding import fold
from entrecidades.network.countries import country_name, locale_of
from entrecidades.network.models import Country
from entrecidades.web.filters.registry import continents
from entrecidades.web.presenters.registry import grouped, languages


def country_facts(country: Country) -> list[dict[str, Any]]:
    """The facts of a country; what is not known says so."""
    currency = country.currency
    named = locale_of(get_language()).currencies.get(currency, currency)
    return [
        {"words": _("Continent"), "value": continents().get(country.continent, _("unknown"))},
        {"words": _("Capital"), "value": country.capital or _("unknown")},
        {"words": _("Languages"), "value": languages(country.languages) or _("unknown")},
        {"words": _("Currency"), "value": f"{named} ({currency})" if currency else _("unknown")},
        {"words": _("ISO code"), "value": country.code},
    ]


def index_by_continent(
    countries: Iterable[Country], tallies: Mapping[str, Mapping[str, int]]
) -> list[dict[str, Any]]:
    """The countries of each continent as ``index.html`` shows them, with known partnerships."""
    groups: dict[str, list[dict[str, str]]] = {}
    for country in countries:
        number = tallies.get(country.code, {}).get("partnerships", 0)
        entry = {
            "words": str(country),
            "url": country.get_absolute_url(),
            "number": grouped(number) if number else "",
        }
        groups.setdefault(country.continent, []).append(entry)
    named = continents()
    return [
        {
            "anchor": f"continent-{code.lower() or 'none'}",
            "title": named.get(code, _("unknown")),
            "count": len(entries),
            "entries": entries,
        }
        for code, entries in sorted(groups.items(), key=lambda item: fold(named.get(item[0], "~")))
    ]


def country_stats(counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """The counters of a country."""
    return [
        {"value": grouped(counts.get("places", 0)), "words": _("cities and towns")},
        {"value": grouped(counts.get("entities", 0)), "words": _("registered entities")},
        {
            "value": grouped(counts.get("partnerships", 0)),
            "words": _("known partnerships abroad"),
            "note": _("from public lists"),
        },
    ]


def partner_rows(country: Country, tally: Sequence[tuple[str, int]]) -> list[dict[str, Any]]:
    """The partner countries, each with its number and its share of the largest."""
    language = get_language()
    most = max((count for _code, count in tally), default=1)
    pairs = reverse("web:partnership-list")
    return [
        {
            "name": country_name(code, language),
            "url": reverse("web:country-detail", kwargs={"country": code.lower()}),
            "pairs_url": f"{pairs}?country={country.code}&other={code}",
            "count": count,
            "share": count / most,
        }
        for code, count in tally
    ]


def relation_cards(
    country: Country, relations: QuerySet[Relation] | Iterable[Relation]
) -> list[dict[str, Any]]:
    """The relations of the mission a country takes part in, seen from it."""
    language = get_language()
    cards = []
    for relation in relations:
        other = relation.other_id if relation.one_id == country.code else relation.one_id
        cards.append(
            {
                "relation": relation,
                "here": {"name": str(country)},
                "there": {
                    "name": country_name(other, language),
                    "url": relation.get_absolute_url(),
                },
            }
        )
    return cards
