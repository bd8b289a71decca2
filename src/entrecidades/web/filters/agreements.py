"""What the list of agreements can be asked."""

from collections.abc import Iterable, Mapping

from django.http import QueryDict
from django.utils.translation import gettext as _

from entrecidades.agreements.choices import AgreementKind, AgreementState
from entrecidades.agreements.selectors import AgreementWish
from entrecidades.themes.models import Theme
from entrecidades.web.filters.cities import named_countries
from entrecidades.web.filters.reading import Choice, Filters, read_filters
from entrecidades.web.filters.sharing import theme_choice, wanted_themes

OWN = "own"


def read_agreement_filters(query: QueryDict, tally: Mapping[str, Iterable[str]]) -> Filters:
    """The filters of the list, which offers what some agreement has."""
    return read_filters(
        query,
        [
            Choice("state", _("State"), {one.value: str(one.label) for one in AgreementState}),
            Choice("kind", _("Kind"), {one.value: str(one.label) for one in AgreementKind}),
            theme_choice(Theme.objects.all()),
            Choice("country", _("Country"), named_countries(tally["country"])),
            Choice("of", _("Whose"), {OWN: _("of our own bodies")}),
        ],
    )


def agreement_wish(filters: Filters) -> AgreementWish:
    """The filters as a question for the database."""
    return AgreementWish(
        states=filters.all("state"),
        kinds=filters.all("kind"),
        countries=filters.all("country"),
        themes=wanted_themes(filters),
        is_own=OWN in filters.all("of"),
    )
