"""What the list of cities can be asked."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entrecidades.engines.folding import fold
from entrecidades.network.choices import ROLE_LABELS, Role
from entrecidades.network.countries import country_name, language_name
from entrecidades.network.models import Entity
from entrecidades.network.selectors import (
    PlaceWish,
    Reader,
    languages_by_country,
    partnered,
    regions_of,
)
from entrecidades.practices.choices import Side
from entrecidades.practices.selectors import seats_with_postings, seats_with_practices
from entrecidades.themes.models import Theme
from entrecidades.web.filters.reading import Amount, Choice, Filters, Words, read_filters

SORTS = ("population", "name")
ORDERS = {"population": ("-population", "pk"), "name": ("key", "pk")}


def named_countries(codes: Iterable[str]) -> dict[str, str]:
    """Countries with their names in the reader's language, in the order of the names."""
    language = get_language()
    named = {code: country_name(code, language) for code in codes}
    return dict(sorted(named.items(), key=lambda item: fold(item[1])))


def named_languages(spoken: Mapping[str, Iterable[str]]) -> dict[str, str]:
    """Every language in which some country's bodies work, in the order of the names."""
    language = get_language()
    codes = {code for some in spoken.values() for code in some}
    named = {code: language_name(code, language) for code in codes}
    return dict(sorted(named.items(), key=lambda item: fold(item[1])))


def having() -> dict[str, str]:
    """What a city may be asked to have."""
    return {
        "partners": _("known partners abroad"),
        "entity": _("a registered local government"),
        "practices": _("practices to show"),
        "offers": _("offers"),
        "needs": _("needs"),
    }


def read_city_filters(query: QueryDict) -> tuple[Filters, Mapping[str, list[str]]]:
    """The filters, and the languages of each country, which were read on the way."""
    spoken = languages_by_country()
    filters = read_filters(
        query,
        [
            Words("q", _("Name")),
            Choice("country", _("Country"), named_countries(spoken)),
            Choice("region", _("Region"), _named_regions(query, spoken)),
            Amount("min_population", _("At least")),
            Amount("max_population", _("At most")),
            Choice("role", _("Role"), {str(r.name).lower(): str(ROLE_LABELS[r]) for r in Role}),
            Choice("language", _("Language"), named_languages(spoken)),
            Choice("theme", _("Theme"), _named_themes(query)),
            Choice("has", _("Has"), having()),
        ],
        SORTS,
    )
    return filters, spoken


def _named_regions(query: QueryDict, countries: Iterable[str]) -> dict[str, str]:
    """The regions that the address may mean, under their country's and their own code."""
    codes = {value.strip().upper().partition("-")[0] for value in query.getlist("region")}
    known = codes & set(countries)
    if not known:
        return {}
    return {f"{one.country_id}-{one.code}": str(one) for one in regions_of(known)}


def _named_themes(query: QueryDict) -> dict[str, str]:
    """The themes under which something can be filed, when the address names any."""
    if not any(value.strip() for value in query.getlist("theme")):
        return {}
    return {theme.slug: str(theme) for theme in Theme.objects.leaves()}


def city_wish(filters: Filters, spoken: Mapping[str, list[str]], reader: Reader) -> PlaceWish:
    """The filters as a question for the database."""
    languages = set(filters.all("language"))
    speaking = [code for code, some in spoken.items() if languages.intersection(some)]
    regions = [region.partition("-") for region in filters.all("region")]
    return PlaceWish(
        countries=filters.all("country"),
        regions=[(country, code) for country, _dash, code in regions],
        spoken_in=speaking if languages else None,
        least=filters.number("min_population"),
        most=filters.number("max_population"),
        roles=[Role[name.upper()] for name in filters.all("role")],
        key=fold(filters.first("q")),
        among=[*_with(filters.all("has"), reader), *_under(filters.all("theme"), reader)],
    )


def _with(things: Iterable[str], reader: Reader) -> list[QuerySet[Any, Any]]:
    """The keys of the places that have each of some things."""
    questions: dict[str, Callable[[], QuerySet[Any, Any]]] = {
        "partners": partnered,
        "entity": lambda: Entity.objects.governing().exclude(seat=None).order_by().values("seat"),
        "practices": lambda: seats_with_practices(reader),
        "offers": lambda: seats_with_postings(reader, side=Side.OFFER),
        "needs": lambda: seats_with_postings(reader, side=Side.NEED),
    }
    return [questions[thing]() for thing in things]


def _under(themes: list[str], reader: Reader) -> list[QuerySet[Any, Any]]:
    """The keys of the places that do, offer or need something under one of some themes."""
    if not themes:
        return []
    return [seats_with_practices(reader, themes).union(seats_with_postings(reader, themes=themes))]
