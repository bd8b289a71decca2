"""When an answer is due and what reminds of it: no database, no clock, no calendar of its own."""

import calendar
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from entrecidades.kernel.errors import Refusal

#: Shares of a clock, in per cent, at which operators are reminded.
REMINDERS = (50, 80, 100)
DAY = timedelta(days=1)


class Unit(StrEnum):
    """In what a law counts."""

    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working days"
    MONTHS = "months"


class NotASecondPerson(Refusal):
    """The one who asks cannot be the one who confirms."""


class NotOpen(Refusal):
    """What is answered, withdrawn or refused is not answered again."""


class CannotBeExtended(Refusal):
    """The law gives no more time, or has given it already."""


class ReasonIsMissing(Refusal):
    """A refusal or an extension has to say why."""


class OperatorStays(Refusal):
    """Somebody has to run the instance."""


@dataclass(frozen=True, slots=True)
class Clock:
    """So much time from a day on; ``extended`` is all of it, where the law allows more.

    ``article`` says in several languages where it stands.
    """

    kinds: frozenset[str]
    since: date
    amount: int
    unit: Unit
    article: Mapping[str, str]
    extended: int = 0


def due(
    clock: Clock, began: datetime, is_working: Callable[[date], bool], *, extended: bool = False
) -> date | datetime:
    """The last day of a clock, or its last moment where the law counts hours.

    The day on which it began does not count. A time in days or months that would end on a
    day on which nobody works ends on the next on which somebody does (Regulation 1182/71,
    art. 3 (4); Lei 9.784/1999, art. 66 § 1); one in hours runs on.

    Examples
    --------
    >>> week = Clock(frozenset(), date(2000, 1, 1), 3, Unit.WORKING_DAYS, {})
    >>> due(week, datetime(2009, 11, 19), lambda day: day.weekday() < 5)  # a Thursday
    datetime.date(2009, 11, 24)
    """
    amount = clock.extended if extended else clock.amount
    if clock.unit == Unit.HOURS:
        return began + timedelta(hours=amount)
    first = began.date()
    if clock.unit == Unit.WORKING_DAYS:
        return _after_working_days(first, amount, is_working)
    end = first + amount * DAY if clock.unit == Unit.DAYS else months_later(first, amount)
    while not is_working(end):
        end += DAY
    return end


def _after_working_days(first: date, amount: int, is_working: Callable[[date], bool]) -> date:
    """The so-manieth working day after a day."""
    end = first
    while amount:
        end += DAY
        amount -= is_working(end)
    return end


def months_later(first: date, months: int) -> date:
    """The same day of a later month, or that month's last.

    Examples
    --------
    >>> months_later(date(2027, 1, 31), 1).isoformat(), months_later(date(2026, 11, 25), 3).year
    ('2027-02-28', 2027)
    """
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, min(first.day, calendar.monthrange(year, month + 1)[1]))


def share_gone(began: datetime, due_at: datetime, at: datetime) -> int:
    """How much of a clock has run down, in whole per cent; over 100 when it is overdue."""
    return int(100 * ((at - began) / (due_at - began)))


def reminder_for(began: datetime, due_at: datetime, at: datetime, *, reminded: int) -> int:
    """The reminder that is to be sent now, in per cent; 0 for none.

    One that was slept through is not sent after a later one.

    Examples
    --------
    >>> day = datetime(2009, 11, 19)
    >>> [reminder_for(day, day + 10 * DAY, day + n * DAY, reminded=50) for n in (6, 8, 12)]
    [0, 80, 100]
    """
    gone = share_gone(began, due_at, at)
    return max((one for one in REMINDERS if reminded < one <= gone), default=0)
