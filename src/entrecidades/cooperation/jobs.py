"""What silence does to first contacts, a bounded number of them at once."""

from datetime import UTC, date, datetime, time

from entrecidades.cooperation.models import Introduction, IntroductionQuerySet
from entrecidades.cooperation.services import let_lapse, remind_of_silence
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


def _midnight(on: str) -> datetime:
    """The moment at which a day begins."""
    return datetime.combine(date.fromisoformat(on), time.min, tzinfo=UTC)


def _behind(introductions: IntroductionQuerySet, after: int) -> list[int]:
    """The next keys, in their order."""
    rows = introductions.filter(pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:BATCH])
