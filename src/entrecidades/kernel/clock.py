"""The only module that asks the machine what time it is."""

from datetime import date, datetime

from django.utils import timezone


def today() -> date:
    """Today's date in the current time zone; interfaces call it, rules receive it."""
    return timezone.localdate()


def now() -> datetime:
    """The present moment, aware of its zone; interfaces call it, services receive it."""
    return timezone.now()
