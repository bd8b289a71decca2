"""What time does to agreements, a bounded number of them at once."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from django.db.models import QuerySet

from entrecidades.agreements.choices import BINDING, AgreementState
from entrecidades.agreements.life import REMINDED
from entrecidades.agreements.models import Agreement
from entrecidades.agreements.selectors import addenda_to_carry_over
from entrecidades.agreements.services import (
    call_dormant,
    carry_over_by_now,
    let_expire,
    look_in_turn,
    remind_of_end,
)
from entrecidades.kernel import clock
from entrecidades.queue.services import enqueue

# So many keep a transaction well under a second.
BATCH = 100


def remind_of_ends(on: str, after: int = 0) -> None:
    """Remind the parties of agreements that end soon, from a key on; more of them later."""
    day = date.fromisoformat(on)
    near = Agreement.objects.ending_by_themselves().filter(
        state__in=BINDING, ends_on__gte=day, ends_on__lte=day + timedelta(days=max(REMINDED))
    )
    if last := _each(near, remind_of_end, on, after):
        enqueue("agreements.remind_of_ends", on=on, after=last)


def expire_agreements(on: str, after: int = 0) -> None:
    """Let agreements expire whose last day is over, from a key on; more of them later."""
    lasting = [*BINDING, AgreementState.SUSPENDED]
    ending = Agreement.objects.ending_by_themselves()
    over = ending.filter(state__in=lasting, ends_on__lt=date.fromisoformat(on))
    if last := _each(over, let_expire, on, after):
        enqueue("agreements.expire_agreements", on=on, after=last)


def carry_addenda_over(on: str, after: int = 0) -> None:
    """Let addenda whose first day has come change what they amend; more of them later."""
    if last := _each(addenda_to_carry_over(date.fromisoformat(on)), carry_over_by_now, on, after):
        enqueue("agreements.carry_addenda_over", on=on, after=last)


def look_for_dormant(on: str, after: int = 0) -> None:
    """Flag agreements of which nothing was heard for long, from a key on; more of them later."""
    silent = Agreement.objects.silent(_midnight(on))
    if last := _each(silent, call_dormant, on, after):
        enqueue("agreements.look_for_dormant", on=on, after=last)


def _each(found: QuerySet[Agreement], act: Callable[..., bool], on: str, after: int) -> int | None:
    """Do something to each of the next agreements; the last key, if there may be more."""
    rows = found.filter(pk__gt=after).order_by("pk")
    keys = list(rows.values_list("pk", flat=True)[:BATCH])
    for key in keys:
        act(agreement_id=key, at=_midnight(on))
    return keys[-1] if len(keys) == BATCH else None


def _midnight(on: str) -> datetime:
    """The moment at which a day begins."""
    return datetime.combine(date.fromisoformat(on), time.min, tzinfo=UTC)


def look_at_file(key: str, file_id: int) -> None:  # noqa: ARG001 - the look is the same for ever
    """Look at the signatures of a file that was too large or too slow to be waited for."""
    look_in_turn(file_id=file_id, at=clock.now())
