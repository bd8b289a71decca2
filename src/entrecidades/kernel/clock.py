"""The only module that asks the machine what time it is, and which time zones there are."""

from datetime import date, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.utils import timezone


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
