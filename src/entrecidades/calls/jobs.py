"""What time does to calls, and what follows for pairs that were published."""

from entrecidades.calls.choices import Follow
from entrecidades.calls.models import Call
from entrecidades.calls.services import follow_pair, remind_of_deadline, turn_call
from entrecidades.kernel import clock


def turn_calls(on: str) -> None:  # noqa: ARG001 - every recurring job is told its day
    """Open and close the calls whose time has come; every few minutes, for it is a promise."""
    at = clock.now()
    due = Call.objects.due_to_open(at) | Call.objects.due_to_close(at)
    for key in due.order_by("pk").values_list("pk", flat=True):
        turn_call(call_id=key, at=at)


def remind_of_deadlines(on: str) -> None:  # noqa: ARG001 - every recurring job is told its day
    """Remind those who have a draft that a call closes soon."""
    at = clock.now()
    for key in Call.objects.taking(at).order_by("pk").values_list("pk", flat=True):
        remind_of_deadline(call_id=key, at=at)


def keep_following(pair_id: int, follow: str, by: int) -> None:
    """Do for a published pair what was promised."""
    follow_pair(pair_id=pair_id, follow=Follow(follow), by_id=by, at=clock.now())
