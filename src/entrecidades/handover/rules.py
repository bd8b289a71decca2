"""What a hand-over refuses and how long things are kept: no database, no clock, no request."""

from datetime import date, datetime, timedelta

from entrecidades.cooperation.choices import IntroductionState, IntroductionStep
from entrecidades.cooperation.rules import LIFE, TAKEN_BY
from entrecidades.kernel.errors import Refusal

#: How long a hand-over can be undone, and how long a pack that was built is there. It is
#: removed within the hour after, so that it is never kept longer than the day that is promised.
UNDO_WITHIN = timedelta(days=1)
PACK_KEPT = timedelta(hours=22)
#: Traces of a body above which its pack is built by the worker, not while somebody waits.
LARGE = 3000

T = IntroductionStep
#: Steps that end a contact are open to many; they are nobody's turn.
ENDING = frozenset({T.DECLINE, T.LAPSE})


class NotOnTheTeam(Refusal):
    """Somebody who leaves, or succeeds, does not act for the body."""


class NotTwo(Refusal):
    """Nobody hands over to herself."""


class NobodyStays(Refusal):
    """While a successor has only been invited, somebody who stays must keep the desk."""


class NotConfirmed(Refusal):
    """The hand-over was not confirmed, or something else would move than was shown."""


class NobodyFollows(Refusal):
    """Something waits for whoever leaves, and none of her colleagues was chosen for it."""


class TooLate(Refusal):
    """A hand-over that can no longer be undone."""


def twelve_months_after(day: date) -> date:
    """The same day a year later; the last of February stays the last of February.

    Examples
    --------
    >>> twelve_months_after(date(2024, 2, 29)), twelve_months_after(date(2009, 11, 19))
    (datetime.date(2025, 2, 28), datetime.date(2010, 11, 19))
    """
    return _in_year(day, day.year + 1)


def twelve_months_before(day: date) -> date:
    """The same day a year earlier.

    Examples
    --------
    >>> twelve_months_before(date(2024, 2, 29))
    datetime.date(2023, 2, 28)
    """
    return _in_year(day, day.year - 1)


def _in_year(day: date, year: int) -> date:
    """The day in another year; what that year does not have is its last of February."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def sides_awaited(state: IntroductionState) -> frozenset[str]:
    """The sides whose step leads a contact further from a state.

    Examples
    --------
    >>> sorted(sides_awaited(IntroductionState.FORWARDED))
    ['asked']
    >>> sorted(sides_awaited(IntroductionState.TALKING))
    ['asked', 'asker']
    """
    steps = [step for step in T if (state, step) in LIFE and step not in ENDING]
    return frozenset(side for step in steps for side in TAKEN_BY[step])


def is_undoable(*, made_at: datetime, at: datetime) -> bool:
    """Whether a hand-over is young enough to be undone.

    Examples
    --------
    >>> noon = datetime(2009, 11, 19, 12)
    >>> is_undoable(made_at=noon, at=noon + UNDO_WITHIN)
    True
    >>> is_undoable(made_at=noon, at=noon + UNDO_WITHIN + timedelta(seconds=1))
    False
    """
    return at <= made_at + UNDO_WITHIN
