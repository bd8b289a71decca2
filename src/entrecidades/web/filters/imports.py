"""What the queue of doubtful rows can be asked."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from entrecidades.exchange.choices import DoubtState
from entrecidades.exchange.readers.official import COUNTRIES
from entrecidades.exchange.selectors import Imported
from entrecidades.web.filters.cities import named_countries
from entrecidades.web.filters.reading import Choice, Filters, read_filters


def read_doubt_filters(query: QueryDict, imports: list[Imported]) -> Filters:
    """The filters of the queue; without a state in the address it shows what is open."""
    batches = {str(one.batch.pk): f"{one.batch.pk} · {one.batch}" for one in imports if one.asked}
    filters = read_filters(
        query,
        [
            Choice("country", _("Country"), named_countries(COUNTRIES)),
            Choice("batch", _("Import"), batches),
            Choice("state", _("State"), {one.value: str(one.label) for one in DoubtState}),
        ],
    )
    # One of each is asked for: a queue is worked off, not searched.
    for name in ("country", "batch", "state"):
        del filters.all(name)[1:]
    return filters
