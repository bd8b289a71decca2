"""What the board and the list of practices can be asked."""

from collections.abc import Iterable, Mapping

from django.http import QueryDict
from django.utils.translation import gettext as _

from entrecidades.practices.choices import Form, Side
from entrecidades.practices.selectors import BoardWish
from entrecidades.themes.models import Theme
from entrecidades.themes.selectors import with_leaves
from entrecidades.web.filters.cities import named_countries, named_languages
from entrecidades.web.filters.reading import Choice, Filters, read_filters


def theme_choice(themes: Iterable[Theme]) -> Choice:
    """The filter that takes a theme or a whole axis."""
    return Choice("theme", _("Theme"), {theme.slug: str(theme) for theme in themes})


def read_board_filters(query: QueryDict, tally: Mapping[str, Iterable[str]]) -> Filters:
    """The filters of the board, which offers what some posting has."""
    return read_filters(
        query,
        [
            Choice("side", _("Offer or need"), {side.value: str(side.label) for side in Side}),
            theme_choice(Theme.objects.all()),
            Choice("country", _("Country"), named_countries(tally["country"])),
            Choice("form", _("Form"), {form.value: str(form.label) for form in Form}),
            Choice("language", _("Language"), named_languages({"": tally["language"]})),
        ],
    )


def board_wish(filters: Filters) -> BoardWish:
    """The filters as a question for the database."""
    return BoardWish(
        sides=filters.all("side"),
        themes=wanted_themes(filters),
        countries=filters.all("country"),
        forms=filters.all("form"),
        languages=filters.all("language"),
    )


def read_practice_filters(query: QueryDict, countries: Iterable[str]) -> Filters:
    """The filters of the list of practices."""
    return read_filters(
        query,
        [
            theme_choice(Theme.objects.all()),
            Choice("country", _("Country"), named_countries(countries)),
        ],
    )


def wanted_themes(filters: Filters) -> list[Theme]:
    """The themes asked for, and those under the axes asked for."""
    slugs = filters.all("theme")
    return with_leaves(Theme.objects.filter(slug__in=slugs)) if slugs else []
