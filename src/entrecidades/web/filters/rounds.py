"""What the pairs of a round can be asked for as a file."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from entrecidades.web.filters.reading import Amount, Filters, Words, read_filters


def read_answer_filters(query: QueryDict) -> Filters:
    """Of which answer, and in whose pairs; the same words as on the page."""
    return read_filters(query, [Words("q", _("City")), Amount("run", _("Answer"))])


def answer_filters(number: int, words: str) -> Filters:
    """The filters of the file of an answer that a page shows."""
    query = QueryDict(mutable=True)
    query.update({"run": str(number), "q": words})
    return read_answer_filters(query)
