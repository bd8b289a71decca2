"""The only module that asks the machine what time it is, and which time zones there are."""

from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.utils import timezone
from django.utils.translation import gettext as _

from entrecidades.kernel.errors import Refusal

#: Years whose moments every clock of the world can tell, and that can have been meant.
YEARS = range(1900, 2201)


class NoSuchMinute(Refusal):
    """A clock never shows this minute."""


def today() -> date:
    """Today's date in the current time zone; interfaces call it, rules receive it."""
    return timezone.localdate()


def now() -> datetime:
    """The present moment, aware of its zone; interfaces call it, services receive it."""
    return timezone.now()


@cache
def _zones() -> frozenset[str]:
    """The names of all time zones, read once: they are files."""
    return frozenset(available_timezones())


def zone_named(name: str) -> ZoneInfo | None:
    """The time zone of a name; None where there is no such zone.

    Examples
    --------
    >>> zone_named("Africa/Maputo"), zone_named("Mars/Olympus"), zone_named("../etc/passwd")
    (zoneinfo.ZoneInfo(key='Africa/Maputo'), None, None)
    """
    return ZoneInfo(name) if name in _zones() else None


def moment_by(zone: ZoneInfo, minute: datetime) -> datetime:
    """The moment at which a clock shows a minute, in UTC; the first of two that there may be.

    Raises
    ------
    NoSuchMinute
        When the year is not meant, or the clock is put forward over the minute.

    Examples
    --------
    >>> moment_by(ZoneInfo("Europe/Rome"), datetime(2026, 11, 25, 10, 0)).isoformat()
    '2026-11-25T09:00:00+00:00'
    """
    if minute.year not in YEARS:
        told = _("The year has to lie between %(first)s and %(last)s.")
        raise NoSuchMinute(told % {"first": YEARS[0], "last": YEARS[-1]})
    moment = minute.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != minute.replace(tzinfo=None):
        told = _("The clock is put forward over this time: write an earlier or a later one.")
        raise NoSuchMinute(told)
    return moment
