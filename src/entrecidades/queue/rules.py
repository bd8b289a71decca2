"""How often and when a promise is tried, and when a recurring one has its turn: no database."""

from datetime import UTC, datetime, timedelta

from entrecidades.kernel.errors import Refusal

#: How long to wait after each failure: a hiccup, a restart, a night without a mail server.
WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=3),
    timedelta(hours=12),
)
ATTEMPTS = len(WAITS) + 1
#: For so long a worker has a job for itself; one that was killed is missed after that.
LEASE = timedelta(seconds=100)
# A turn is counted from a midnight, so that what is daily has its turn at midnight.
MIDNIGHT = datetime(2000, 1, 1, tzinfo=UTC)


class NeverAgain(Exception):
    """What a keeper raises when the world refused for good: trying again is of no use."""


class NoKeeper(Exception):
    """Nobody keeps promises of this name: the release that did has gone or not yet come."""


class CannotBeRetried(Refusal):
    """Only a promise that was given up or cancelled can be tried again."""


class CannotBeCancelled(Refusal):
    """Only a promise that waits, or was given up, can be cancelled."""


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after so many failures; None when it is given up.

    Examples
    --------
    >>> wait_after(1), wait_after(ATTEMPTS)
    (datetime.timedelta(seconds=60), None)
    """
    return WAITS[attempts - 1] if attempts < ATTEMPTS else None


def turn_at(now: datetime, every: timedelta) -> datetime:
    """When the present turn began.

    Examples
    --------
    >>> turn_at(datetime(2009, 11, 19, 12, 30, tzinfo=UTC), timedelta(days=1)).isoformat()
    '2009-11-19T00:00:00+00:00'
    """
    return now - (now - MIDNIGHT) % every
