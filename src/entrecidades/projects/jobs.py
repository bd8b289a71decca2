"""What silence does to projects, a bounded number of them at once."""

from datetime import UTC, date, datetime, time

from entrecidades.projects.models import Project
from entrecidades.projects.services import remind_of_silence
from entrecidades.queue.services import enqueue

# So many keep a transaction well under a second.
BATCH = 100


def remind_of_silences(on: str, after: int = 0) -> None:
    """Remind the parties of projects that fell silent, from a key on; more of them later."""
    at = datetime.combine(date.fromisoformat(on), time.min, tzinfo=UTC)
    silent = Project.objects.silent_unreminded(at).filter(pk__gt=after).order_by("pk")
    keys = list(silent.values_list("pk", flat=True)[:BATCH])
    for key in keys:
        remind_of_silence(project_id=key, at=at)
    if len(keys) == BATCH:
        enqueue("projects.remind_of_silences", on=on, after=keys[-1])
