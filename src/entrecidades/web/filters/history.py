"""What operators can ask history."""

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from entrecidades.audit.selectors.history import TraceWish, acts_so_far
from entrecidades.web.filters.reading import Amount, Choice, Filters, read_filters


@dataclass(frozen=True, slots=True)
class Day:
    """A filter that takes a day, as browsers send it."""

    name: str
    label: str

    def read(self, raw: str) -> str | None:
        """The day as an ISO date."""
        try:
            return date.fromisoformat(raw).isoformat()
        except ValueError:
            return None

    def words(self, value: str) -> str:
        """The day as the reader writes it."""
        return str(date_format(date.fromisoformat(value), "DATE_FORMAT"))


@dataclass(frozen=True, slots=True)
class Thing:
    """A filter that takes a thing as traces name it, or the beginning of its name."""

    name: str
    label: str

    def read(self, raw: str) -> str | None:
        """The name; None when no thing can be called so."""
        plain = raw.replace(".", "").replace(":", "").replace("_", "")
        return raw if plain.isascii() and plain.isalnum() and len(raw) <= 80 else None  # noqa: PLR2004 (the column)

    def words(self, value: str) -> str:
        """The name as it is."""
        return value


def read_history_filters(query: QueryDict) -> Filters:
    """The filters of the search of history."""
    return read_filters(
        query,
        [
            Choice("act", _("Act"), {act: act for act in acts_so_far()}),
            Thing("subject", _("Thing")),
            Amount("person", _("Number of a person")),
            Day("since", _("Since")),
            Day("until", _("Until")),
        ],
    )


def trace_wish(filters: Filters) -> TraceWish:
    """The filters as a question for the database."""
    days = {
        name: date.fromisoformat(filters.first(name)) if filters.first(name) else None
        for name in ("since", "until")
    }
    return TraceWish(
        acts=filters.all("act"),
        subject=filters.first("subject"),
        person=filters.number("person"),
        since=days["since"],
        until=days["until"],
    )
