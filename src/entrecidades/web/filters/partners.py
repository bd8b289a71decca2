"""What a city may ask of its counterparts; the address is the saved search."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.http import QueryDict
from django.utils.translation import gettext as _

from entrecidades.matching.selectors import MOST, Wish
from entrecidades.network.choices import ROLE_LABELS, Role
from entrecidades.network.selectors import languages_by_country
from entrecidades.themes.models import Theme
from entrecidades.web.filters.cities import named_countries, named_languages
from entrecidades.web.filters.reading import Amount, Choice, Filters, read_filters

#: How many counterparts are shown unless the address says another number.
USUAL = 20
#: Letters of the longest name of a place that is looked up.
LONGEST_NAME = 300


@dataclass(frozen=True, slots=True)
class Somebody:
    """The filter that takes a place or a body, as somebody writes it."""

    name: str
    label: str

    def read(self, raw: str) -> str | None:
        """The words without what no name holds."""
        return raw.strip()[:LONGEST_NAME]

    def words(self, value: str) -> str:
        """The words as they are."""
        return value


@dataclass(frozen=True, slots=True)
class Few(Amount):
    """A whole number from one up to the most counterparts there may be."""

    def read(self, raw: str) -> str | None:
        """The number, unless it is none of these."""
        number = Amount.read(self, raw)
        return number if number and 0 < int(number) <= MOST else None


def read_partner_filters(query: QueryDict) -> Filters:
    """The filters of the counterparts, with the place that asks."""
    spoken = languages_by_country()
    return read_filters(
        query,
        [
            Somebody("place", _("Your city or body")),
            Choice("country", _("Country"), named_countries(spoken)),
            Choice("theme", _("Theme"), _named_themes(query)),
            Choice("language", _("Language"), named_languages(spoken)),
            Choice("role", _("Role"), {str(r.name).lower(): str(ROLE_LABELS[r]) for r in Role}),
            Amount("min_population", _("At least")),
            Amount("max_population", _("At most")),
            Choice("known", _("Known partners"), {"1": _("shown too")}),
            Few("limit", _("How many")),
        ],
    )


def read_compared(query: QueryDict) -> Filters:
    """The places and bodies that are to stand side by side."""
    return read_filters(query, [Somebody("place", _("Place"))])


def partner_wish(filters: Filters) -> Wish:
    """The filters as a question for the matcher."""
    return Wish(
        countries=tuple(filters.all("country")),
        themes=tuple(filters.all("theme")),
        languages=tuple(filters.all("language")),
        roles=_mask(filters.all("role")),
        min_population=filters.number("min_population") or 0,
        max_population=filters.number("max_population") or 0,
        known=bool(filters.first("known")),
        limit=filters.number("limit") or USUAL,
    )


def _mask(names: Iterable[str]) -> int:
    """Several roles as one number."""
    return reduce(or_, (int(Role[name.upper()]) for name in names), 0)


def _named_themes(query: QueryDict) -> dict[str, str]:
    """The themes, when the address names any."""
    if not any(value.strip() for value in query.getlist("theme")):
        return {}
    return {theme.slug: str(theme) for theme in Theme.objects.all()}
