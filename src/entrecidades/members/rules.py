"""How complete a body's profile is, and since when it is silent: no database, no clock."""

from collections.abc import Collection
from datetime import date, timedelta

from entrecidades.members.choices import Fact

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
