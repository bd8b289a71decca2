"""What is done about people's data when its time has come, a bounded number of rows at once."""

from datetime import UTC, date, datetime, time

from entrecidades.kernel import clock
from entrecidades.privacy.models import Dormancy
from entrecidades.privacy.register import register
from entrecidades.privacy.services.reminders import remind
from entrecidades.privacy.services.requests import carry_out as carry_out_request
from entrecidades.privacy.services.retention import (
    NOTICE,
    UNUSED,
    erase_if_unused,
    forget_warnings,
    unused_since,
    warn,
)
from entrecidades.privacy.services.retention import clear as clear_rows
from entrecidades.queue.services import enqueue

# So many keep a transaction well under a second; an erasure reads more.
BATCH, ERASURES = 500, 5


def carry_out(request_id: int) -> None:
    """Erase whoever asked, if a second person confirmed and she did not withdraw."""
    carry_out_request(request_id=request_id, at=clock.now())


def remind_of_clocks(on: str) -> None:  # noqa: ARG001 - every recurring job is told its day
    """Remind operators of clocks that run down; each hour, because some are short."""
    remind(at=clock.now())


def warn_dormant(on: str, after: int = 0) -> None:
    """Tell those who have not used their account for long, from a key on; more of them later."""
    at = _midnight(on)
    forget_warnings(at=at)
    rows = unused_since(at - UNUSED + NOTICE).filter(dormancy=None, pk__gt=after)
    keys = list(rows.values_list("pk", flat=True)[:BATCH])
    for key in keys:
        warn(person_id=key, at=at)
    if len(keys) == BATCH:
        enqueue("privacy.warn_dormant", on=on, after=keys[-1])


def erase_dormant(on: str, after: int = 0) -> None:
    """Erase those who were told and have not come, from a key on; more of them later."""
    at = _midnight(on)
    told = Dormancy.objects.filter(warned_at__lte=at - NOTICE, person__gt=after)
    keys = list(told.order_by("person").values_list("person", flat=True)[:ERASURES])
    for key in keys:
        erase_if_unused(person_id=key, at=at)
    if len(keys) == ERASURES:
        enqueue("privacy.erase_dormant", on=on, after=keys[-1])


def clear(on: str) -> None:
    """Take away what has had its time by the register; if there was much, go on later."""
    at = clock.now()
    told = [(entry, one) for entry in register().values() for one in entry.clearings]
    counts = [clear_rows(entry, one, at=at, at_most=BATCH) for entry, one in told]
    if BATCH in counts:
        enqueue("privacy.clear", on=on)


def _midnight(on: str) -> datetime:
    """The moment at which a day begins."""
    return datetime.combine(date.fromisoformat(on), time.min, tzinfo=UTC)
