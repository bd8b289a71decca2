"""What the list of projects can be asked."""

from collections.abc import Iterable, Mapping

from django.http import QueryDict
from django.utils.translation import gettext as _

from entrecidades.cooperation.models import Programme
from entrecidades.projects.choices import ProjectKind, ProjectState
from entrecidades.projects.selectors import ProjectWish
from entrecidades.themes.models import Theme
from entrecidades.web.filters.cities import named_countries
from entrecidades.web.filters.reading import Choice, Filters, read_filters
from entrecidades.web.filters.sharing import theme_choice, wanted_themes


def read_project_filters(query: QueryDict, tally: Mapping[str, Iterable[str]]) -> Filters:
    """The filters of the list, which offers what some project has."""
    slugs = [*tally["programme"]]
    programmes = {one.slug: str(one) for one in Programme.objects.filter(slug__in=slugs)}
    return read_filters(
        query,
        [
            Choice("state", _("State"), {one.value: str(one.label) for one in ProjectState}),
            Choice("kind", _("Kind"), {one.value: str(one.label) for one in ProjectKind}),
            theme_choice(Theme.objects.all()),
            Choice("country", _("Country"), named_countries(tally["country"])),
            Choice("programme", _("Programme"), programmes),
        ],
    )


def project_wish(filters: Filters) -> ProjectWish:
    """The filters as a question for the database."""
    return ProjectWish(
        states=filters.all("state"),
        kinds=filters.all("kind"),
        countries=filters.all("country"),
        programmes=filters.all("programme"),
        themes=wanted_themes(filters),
    )
