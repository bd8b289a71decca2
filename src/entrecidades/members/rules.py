"""How complete a profile is, since when a body is silent, and the life of a letter to members.

No database, no clock.
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.utils.translation import gettext as _

from entrecidades.kernel.errors import Refusal
from entrecidades.members.choices import CircularState, CircularStep, Fact

#: For so long a look at a profile by its own people counts.
FRESH_FOR = timedelta(days=365)
#: Where the picture of silence divides, in days.
SILENCES = (30, 90, 180, 365)


def lacking(there: Collection[Fact]) -> tuple[Fact, ...]:
    """What a profile does not say yet, in the order of the vocabulary.

    Each fact counts the same: some can be mended in a minute, but without any of them a body
    abroad does not find, understand or reach this one.

    Examples
    --------
    >>> [fact.value for fact in lacking({*Fact} - {Fact.WEBSITE, Fact.OFFICE})]
    ['website', 'office']
    """
    return tuple(fact for fact in Fact if fact not in there)


def is_fresh(looked_on: date | None, on: date) -> bool:
    """Whether the body's people have looked at its profile within a year.

    Examples
    --------
    >>> is_fresh(date(2009, 1, 2), date(2010, 1, 2)), is_fresh(None, date(2010, 1, 2))
    (True, False)
    """
    return looked_on is not None and on - looked_on <= FRESH_FOR


def silence_of(heard_on: date | None, on: date) -> int | None:
    """The days since a body was last heard of; None if it never was.

    Examples
    --------
    >>> silence_of(date(2009, 11, 9), date(2009, 11, 19))
    10
    """
    return None if heard_on is None else max(0, (on - heard_on).days)


def bucket_of(silence: int | None) -> int:
    """In which part of the picture of silence so many days lie; the last is for never.

    Examples
    --------
    >>> [bucket_of(days) for days in (0, 30, 31, 365, 366, None)]
    [0, 0, 1, 3, 4, 5]
    """
    if silence is None:
        return len(SILENCES) + 1
    return sum(silence > edge for edge in SILENCES)


class Faulty(Refusal):
    """A letter that cannot be sent as it is written; every reason is told."""


class WrittenMeanwhile(Refusal):
    """Somebody else has written to the letter since it was read."""


class ReadersChanged(Refusal):
    """The letter would go to others than those who were shown."""


class TooMany(Refusal):
    """The members were written to often enough for a day."""


S, T = CircularState, CircularStep
#: The life of a letter: it can be stopped and go on, and ends when no copy waits any more.
LIFE: Mapping[tuple[CircularState, CircularStep], CircularState] = {
    (S.DRAFT, T.SEND): S.SENDING,
    (S.SENDING, T.STOP): S.STOPPED,
    (S.STOPPED, T.RESUME): S.SENDING,
    (S.SENDING, T.END): S.SENT,
}
#: So many letters an association sends to its members within a day.
MOST, WITHIN = 3, timedelta(hours=24)


def check_pace(sent: int) -> None:
    """Refuse one letter more than members should find in a day.

    Raises
    ------
    TooMany
        So many were sent within the last day.
    """
    if sent >= MOST:
        told = _("%d letters were sent to members within a day: that is enough for one day.")
        raise TooMany(told % sent)
