"""What time does to first contacts and meetings, a bounded number of them at once."""

from datetime import UTC, date, datetime, time

from entrecidades.cooperation.models import (
    Introduction,
    IntroductionQuerySet,
    Meeting,
    MeetingQuerySet,
)
from entrecidades.cooperation.services import (
    let_lapse,
    let_pass,
    remind_of_meeting,
    remind_of_silence,
)
from entrecidades.kernel import clock
from entrecidades.queue.services import enqueue

# So many keep a transaction well under a second.
BATCH = 100


def lapse_introductions(on: str, after: int = 0) -> None:
    """Let contacts lapse that were silent too long, from a key on; more of them later."""
    at = _midnight(on)
    keys = _behind(Introduction.objects.silent(at), after)
    for key in keys:
        let_lapse(introduction_id=key, at=at)
    if len(keys) == BATCH:
        enqueue("cooperation.lapse_introductions", on=on, after=keys[-1])


def remind_of_silences(on: str, after: int = 0) -> None:
    """Remind the sides of contacts that fall silent, from a key on; more of them later."""
    at = _midnight(on)
    keys = _behind(Introduction.objects.falling_silent(at), after)
    for key in keys:
        remind_of_silence(introduction_id=key, at=at)
    if len(keys) == BATCH:
        enqueue("cooperation.remind_of_silences", on=on, after=keys[-1])


def turn_meetings(on: str) -> None:
    """Remind of meetings that are near, and note which are over; hourly."""
    at = clock.now()
    turned: list[int] = []
    for rows, act in (
        (Meeting.objects.passed(at), let_pass),
        (Meeting.objects.near(at), remind_of_meeting),
    ):
        keys = _behind(rows, 0)
        for key in keys:
            act(meeting_id=key, at=at)
        turned += keys[BATCH - 1 :]
    if turned:
        # What was turned is not found again: the next begin at the front.
        enqueue("cooperation.turn_meetings", on=on)


def _midnight(on: str) -> datetime:
    """The moment at which a day begins."""
    return datetime.combine(date.fromisoformat(on), time.min, tzinfo=UTC)


def _behind(found: IntroductionQuerySet | MeetingQuerySet, after: int) -> list[int]:
    """The next keys, in their order."""
    rows = found.filter(pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:BATCH])
