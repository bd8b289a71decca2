"""What a report of a year refuses: no database, no clock, no request."""

from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from entrecidades.kernel.errors import Refusal
from entrecidades.reporting.choices import DeclarationState, DeclarationStep

S, T = DeclarationState, DeclarationStep

#: A party may say otherwise later, as often as it learns better; it is never unsaid.
DECLARATION_LIFE: dict[tuple[DeclarationState, DeclarationStep], DeclarationState] = {
    (S.AWAITED, T.CONFIRM): S.CONFIRMED,
    (S.AWAITED, T.CORRECT): S.CORRECTED,
    (S.CONFIRMED, T.CONFIRM): S.CONFIRMED,
    (S.CONFIRMED, T.CORRECT): S.CORRECTED,
    (S.CORRECTED, T.CONFIRM): S.CONFIRMED,
    (S.CORRECTED, T.CORRECT): S.CORRECTED,
}
#: On which days those who have not declared are reminded, counted from the last day.
NOTICES = (-14, -3, 1, 14, 30)

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


class NoSuchDeadline(Refusal):
    """A last day on which nobody could declare any more."""


class ChangedMeanwhile(Refusal):
    """What is recorded has changed since it was shown."""


def check_deadline(due_on: date, on: date) -> None:
    """Refuse a last day that is not still to come."""
    if due_on <= on:
        raise NoSuchDeadline(_("The last day is still to come: choose a later one."))


def notices_until(due_on: date, on: date) -> list[int]:
    """The reminders whose day has come.

    Examples
    --------
    >>> notices_until(date(2010, 1, 31), date(2010, 1, 20))
    [-14]
    """
    # Counted from today, which is no far day: there is none after the last of the calendar.
    return [days for days in NOTICES if due_on <= on - timedelta(days)]


def notice_due(due_on: date, on: date, noticed: Collection[int]) -> int | None:
    """The one reminder to write now: the latest whose day has come, unless it went out.

    Examples
    --------
    >>> notice_due(date(2010, 1, 31), date(2010, 1, 29), [-14])
    -3
    """
    come = notices_until(due_on, on)
    return come[-1] if come and come[-1] not in noticed else None


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
