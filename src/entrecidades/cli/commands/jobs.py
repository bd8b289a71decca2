"""``entrecidades jobs``: what was promised, what could not be kept, and what to do about it."""

import argparse
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError

from entrecidades.cli.errors import Stop
from entrecidades.cli.output import add_format, print_rows, say
from entrecidades.kernel import clock
from entrecidades.queue.models import Job, Recurring
from entrecidades.queue.services import cancel, retry

MOST = 200


def register(subparsers: Any) -> None:
    """Declare the command and its acts."""
    parser = subparsers.add_parser("jobs", help="see promised jobs; try again or cancel them")
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    listing = acts.add_parser("list", help="what waits, runs or was given up")
    listing.add_argument(
        "--state", choices=Job.State.values, nargs="+", help="only these (all but done)"
    )
    listing.add_argument("--limit", type=int, default=MOST, help=f"how many ({MOST})")
    add_format(listing)
    listing.set_defaults(run=run_list)
    schedule = acts.add_parser("schedule", help="what is promised again and again")
    add_format(schedule)
    schedule.set_defaults(run=run_schedule)
    for name, run, purpose in (
        ("retry", run_retry, "try again what was given up"),
        ("cancel", run_cancel, "give up what waits"),
    ):
        act = acts.add_parser(name, help=purpose)
        act.add_argument("numbers", nargs="+", type=int, metavar="NUMBER")
        act.set_defaults(run=run)


def run_list(asked: argparse.Namespace) -> None:
    """Jobs of some states, the oldest first."""
    states = asked.state or [state for state in Job.State.values if state != Job.State.DONE]
    jobs = Job.objects.filter(state__in=states)
    rows = [
        {
            "number": job.pk,
            "name": job.name,
            "state": job.state,
            "attempts": job.attempts,
            "due": job.due_at.isoformat(timespec="seconds"),
            "error": job.error,
        }
        for job in jobs[: max(asked.limit, 0)]
    ]
    print_rows(rows, ("number", "name", "state", "attempts", "due", "error"), asked.format)
    if (others := jobs.count() - len(rows)) > 0:
        say(f"{others} more; see them with --limit.")


def run_schedule(asked: argparse.Namespace) -> None:
    """Recurring promises with their next turn."""
    rows = [
        {
            "name": recurring.name,
            "every": str(recurring.every),
            "next": recurring.next_at.isoformat(timespec="seconds"),
        }
        for recurring in Recurring.objects.all()
    ]
    print_rows(rows, ("name", "every", "next"), asked.format)


def run_retry(asked: argparse.Namespace) -> None:
    """Try jobs again from the beginning."""
    _each(asked.numbers, lambda number: retry(number, now=clock.now()), "waits again")


def run_cancel(asked: argparse.Namespace) -> None:
    """Give jobs up."""
    _each(asked.numbers, cancel, "is cancelled")


def _each(numbers: list[int], act: Callable[[int], Job], done: str) -> None:
    """Act on each job by itself; what is refused does not keep the others back."""
    refused = []
    for number in numbers:
        try:
            act(number)
        except ValidationError as refusal:
            refused.extend(refusal.messages)
        else:
            say(f"Job {number} {done}.")
    if refused:
        raise Stop(refused[0], hints=refused[1:])
