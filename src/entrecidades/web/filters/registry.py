"""What the lists of countries, bodies and known partnerships can be asked."""

from django.db.models import F
from django.db.models.expressions import OrderBy
from django.http import QueryDict
from django.utils.translation import gettext as _

from entrecidades.engines.folding import fold
from entrecidades.network.choices import Confirmation, Kind, Tier
from entrecidades.network.models import Place
from entrecidades.network.selectors import (
    EntityWish,
    PartnershipWish,
    languages_by_country,
    networks,
)
from entrecidades.web.filters.cities import named_countries, named_languages
from entrecidades.web.filters.reading import Choice, Filters, Words, read_filters

#: Stands in addresses for partnerships that were agreed one by one.
ONE_BY_ONE = "none"
COUNTRY_SORTS = ("name", "places", "partnerships")
ENTITY_SORTS = ("name", "population")
Order = tuple[str | OrderBy, ...]
ENTITY_ORDERS: dict[str, Order] = {
    "name": ("name", "pk"),
    "population": (F("population").desc(nulls_last=True), "pk"),
}
PARTNERSHIP_SORTS = ("recent", "name")
PARTNERSHIP_ORDERS: dict[str, Order] = {
    "recent": (F("first_year").desc(nulls_last=True), "pk"),
    "name": ("one__key", "other__key", "pk"),
}


def continents() -> dict[str, str]:
    """The continents under the codes the gazetteer uses."""
    return {
        "AF": _("Africa"),
        "AN": _("Antarctica"),
        "AS": _("Asia"),
        "EU": _("Europe"),
        "NA": _("North America"),
        "OC": _("Oceania"),
        "SA": _("South America"),
    }


def read_country_filters(query: QueryDict) -> Filters:
    """The filters of the list of countries."""
    return read_filters(
        query,
        [
            Words("q", _("Name")),
            Choice("continent", _("Continent"), continents()),
            Choice("language", _("Language"), named_languages(languages_by_country())),
        ],
        COUNTRY_SORTS,
    )


def read_entity_filters(query: QueryDict) -> Filters:
    """The filters of the list of bodies."""
    return read_filters(
        query,
        [
            Words("q", _("Name")),
            Choice("kind", _("Kind"), {kind.value: str(kind.label) for kind in Kind}),
            Choice("tier", _("Tier"), {tier.value: str(tier.label) for tier in Tier}),
            Choice("country", _("Country"), named_countries(languages_by_country())),
        ],
        ENTITY_SORTS,
    )


def entity_wish(filters: Filters) -> EntityWish:
    """The filters as a question for the database."""
    return EntityWish(
        countries=filters.all("country"),
        kinds=filters.all("kind"),
        tiers=filters.all("tier"),
        key=fold(filters.first("q")),
    )


def read_partnership_filters(query: QueryDict) -> Filters:
    """The filters of the list of known partnerships."""
    countries = named_countries(languages_by_country())
    known = {ONE_BY_ONE: _("agreed one by one"), **{name: name for name in networks()}}
    return read_filters(
        query,
        [
            Choice("country", _("Country"), countries),
            Choice("other", _("Partner country"), countries),
            Choice("place", _("City"), _named_places(query)),
            Choice(
                "confirmation",
                _("Standing"),
                {one.value: str(one.label) for one in Confirmation},
            ),
            Choice("network", _("Network"), known),
        ],
        PARTNERSHIP_SORTS,
    )


def _named_places(query: QueryDict) -> dict[str, str]:
    """The place that the address names, if there is one."""
    country, _stroke, slug = query.get("place", "").strip().lower().partition("/")
    found = Place.objects.filter(country=country.upper(), slug=slug).first()
    return {found.public_id: found.name} if found else {}


def partnership_wish(filters: Filters) -> PartnershipWish:
    """The filters as a question for the database."""
    country, _stroke, slug = filters.first("place").partition("/")
    place = Place.objects.filter(country=country.upper(), slug=slug).first() if slug else None
    return PartnershipWish(
        country=filters.first("country"),
        other=filters.first("other"),
        confirmations=filters.all("confirmation"),
        networks=[name.replace(ONE_BY_ONE, "") for name in filters.all("network")],
        place=place.pk if place else None,
    )
