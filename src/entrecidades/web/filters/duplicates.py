"""What the queue of pairs can be asked."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from entrecidades.duplicates.selectors import countries_with_duplicates
from entrecidades.engines.samebody import CERTAIN
from entrecidades.network.choices import DuplicateState
from entrecidades.web.filters.cities import named_countries
from entrecidades.web.filters.reading import Choice, Filters, read_filters

#: The scores from which on the queue can be asked for.
SCORES = ("0.6", "0.8", str(CERTAIN))


def read_duplicate_filters(query: QueryDict) -> Filters:
    """The filters of the queue; without a state in the address it shows what is open."""
    filters = read_filters(
        query,
        [
            Choice("country", _("Country"), named_countries(countries_with_duplicates())),
            Choice("score", _("Score"), {one: _("from %s") % one for one in SCORES}),
            Choice("state", _("State"), {one.value: str(one.label) for one in DuplicateState}),
        ],
    )
    # One of each is asked for: a queue is worked off, not searched.
    for name in ("country", "score", "state"):
        del filters.all(name)[1:]
    return filters
