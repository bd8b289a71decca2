"""What time does to the records of bodies, a bounded number at once."""

from datetime import date, datetime, time

from django.utils import timezone

from entrecidades.network.services import delete_removed
from entrecidades.queue.services import enqueue

# So many keep a transaction well under a second.
BATCH = 100


def delete_what_was_removed(on: str) -> None:
    """Delete what was removed more than thirty days before a day; if there is more, later."""
    midnight = timezone.make_aware(datetime.combine(date.fromisoformat(on), time.min))
    if delete_removed(at=midnight, at_most=BATCH) == BATCH:
        enqueue("network.delete_what_was_removed", on=on)
