"""What is promised again and again: every turn once, however many workers look."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from entrecidades.queue.models import Job, Recurring
from entrecidades.queue.rules import turn_at


def promise_recurring(schedule: Mapping[str, timedelta], *, now: datetime) -> list[Job]:
    """Promise what has its turn; returns the promises made now.

    Each is told the day of its turn (``on``). Turns that passed while no
    worker was there are one turn: keepers look back, they do not count. The
    promise and the next turn share one transaction and a lock, so that of two
    workers one promises.
    """
    known = dict(Recurring.objects.values_list("name", "next_at"))
    if all(name in known and known[name] > now for name in schedule):
        return []
    with transaction.atomic():
        Recurring.objects.bulk_create(
            [
                Recurring(name=name, every=every, next_at=turn_at(now, every))
                for name, every in schedule.items()
                if name not in known
            ],
            ignore_conflicts=True,
        )
        due = Recurring.objects.filter(name__in=schedule, next_at__lte=now)
        return [
            _take_turn(recurring, schedule[recurring.name], now=now)
            for recurring in due.select_for_update(skip_locked=True)
        ]


def _take_turn(recurring: Recurring, every: timedelta, *, now: datetime) -> Job:
    """Promise the present turn and note the next."""
    turn = turn_at(now, every)
    recurring.every, recurring.next_at = every, turn + every
    recurring.save(update_fields=["every", "next_at"])
    return Job.objects.create(name=recurring.name, facts={"on": turn.date().isoformat()})
