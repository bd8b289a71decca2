"""What time does to documents."""

from datetime import UTC, date, datetime, time

from entrecidades.documents.models import Document
from entrecidades.documents.services import let_go, sweep
from entrecidades.kernel import clock
from entrecidades.queue.services import enqueue

# So many keep a transaction well under a second.
BATCH = 100


def let_go_of_documents(on: str, after: int = 0) -> None:
    """Remove documents whose last day is over, from a key on; more of them later."""
    day = date.fromisoformat(on)
    at = datetime.combine(day, time.min, tzinfo=UTC)
    rows = Document.objects.over(day).filter(pk__gt=after).order_by("pk")
    keys = list(rows.values_list("pk", flat=True)[:BATCH])
    for key in keys:
        let_go(document_id=key, on=day, at=at)
    if len(keys) == BATCH:
        enqueue("documents.let_go", on=on, after=keys[-1])


def sweep_up(key: str, on: str) -> None:  # noqa: ARG001 - swept twice is swept once
    """Remove contents that no document names any more."""
    sweep(now=clock.now().timestamp())
