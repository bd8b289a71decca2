"""What a report of a year refuses: no database, no clock, no request."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from entrecidades.kernel.errors import Refusal

#: Between one reminder to those who have not reported and the next.
REMINDED_EVERY = timedelta(days=3)
FIRST_YEAR = 1990


class NoSuchYear(Refusal):
    """A year that cannot be reported on."""


class NotACoordinator(Refusal):
    """The report of a programme is its coordinators'."""


class TooSoon(Refusal):
    """Those who have not reported were reminded a moment ago."""


class OutAlready(Refusal):
    """The report is out, or is not out yet."""


def check_year(year: int, on: date) -> None:
    """Refuse a year that has not begun, or lies before all programmes."""
    if not FIRST_YEAR <= year <= on.year:
        raise NoSuchYear(_("There is nothing to report on the year %(year)s.") % {"year": year})


def check_reminder(last: datetime | None, at: datetime) -> None:
    """Refuse to remind people again before they could answer.

    Examples
    --------
    >>> from datetime import UTC
    >>> check_reminder(None, datetime(2009, 11, 19, tzinfo=UTC))
    """
    if last is not None and at < last + REMINDED_EVERY:
        raise TooSoon(_("They were reminded less than three days ago."))
