"""The filters of a call's applications, read from the address of its cockpit."""

from collections.abc import Iterable

from django.http import QueryDict
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entrecidades.calls.choices import ApplicationState
from entrecidades.calls.models import Call, Part
from entrecidades.calls.selectors import Standing
from entrecidades.engines.folding import fold
from entrecidades.network.countries import country_name
from entrecidades.web.filters.reading import Choice, Filters, Parameter, Words, read_filters


def read_application_filters(query: QueryDict, call: Call) -> Filters:
    """State, country, and words of the title or of a body's name."""
    parts = Part.objects.filter(application__call=call, declined_at=None)
    codes = sorted(set(parts.values_list("entity__country", flat=True)))
    here = get_language()
    states = {state.value: str(state.label) for state in ApplicationState}
    parameters: list[Parameter] = [
        Words("q", _("Words")),
        Choice("state", _("State"), states),
        Choice("country", _("Country"), {code: country_name(code, here) for code in codes}),
    ]
    return read_filters(query, parameters)


def narrowed(standings: Iterable[Standing], filters: Filters) -> list[Standing]:
    """The applications that the filters leave, in the order they had."""
    states, countries = filters.all("state"), filters.all("country")
    words = fold(filters.first("q"))
    found = []
    for one in standings:
        bodies = one.application.bodies()
        text = fold(" ".join([one.application.title, *(body.name for body in bodies)]))
        fits = (
            (not states or one.application.state in states)
            and (not countries or any(body.country_id in countries for body in bodies))
            and words in text
        )
        if fits:
            found.append(one)
    return found
