"""What the worker does for imports: read lists, apply them, and take them back piece by piece."""

from datetime import datetime

from django.utils.translation import override

from entrecidades.accounts.models import Person
from entrecidades.exchange.models import Submission
from entrecidades.exchange.progress import Progress
from entrecidades.exchange.services import submissions, undo_slowly
from entrecidades.kernel import clock


def read_submission(key: str, submission_id: int) -> None:  # noqa: ARG001 - read twice is read
    """Read a list that was handed in, and tell what was found in its reader's language."""
    with override(_language(submission_id)):
        submissions.read(submission_id=submission_id, progress=_watch(submission_id))


def apply_submission(
    key: str,  # noqa: ARG001 - what is applied is noted with it
    submission_id: int,
    by_id: int,
    at: str,
) -> None:
    """Write what a list says; a worker that comes second finds it written."""
    with override(_language(submission_id)):
        submissions.apply(
            submission_id=submission_id,
            by=Person.objects.filter(pk=by_id).first(),
            at=datetime.fromisoformat(at),
            progress=_watch(submission_id),
        )


def undo_some(batch_id: int, by_id: int | None) -> None:
    """Take one piece of an import back."""
    undo_slowly.undo_some(batch_id=batch_id, by=Person.objects.filter(pk=by_id or 0).first())


def forget_submissions(on: str) -> None:  # noqa: ARG001 - the moment counts, not the day
    """Forget what was handed in long ago."""
    submissions.forget(at=clock.now())


def _language(submission_id: int) -> str:
    """In which language a list's operator reads."""
    found = Submission.objects.filter(pk=submission_id).values_list("language", flat=True).first()
    return found or "en"


def _watch(submission_id: int) -> Progress:
    """Whoever looks at the page sees how far it is."""

    def note(_stage: str, done: int, total: int) -> None:
        submissions.note_progress(submission_id=submission_id, done=done, total=total)

    return note
