"""Two workers keep one promise once; without the lock they would keep it twice."""

import datetime as dt
import time

import pytest
from django.db import connection, transaction

from entrecidades.queue.models import Job
from entrecidades.queue.services import enqueue, keep_one
from tests.race import at_once

NOW = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)
WORKERS = 4


def keep_without_a_lock(keepers, *, now):
    """What the queue would be without its transaction and its lock: look, then act."""
    job = Job.objects.filter(state=Job.State.WAITING, due_at__lte=now).first()
    if job:
        keepers[job.name](**job.facts)
        Job.objects.filter(pk=job.pk).update(state=Job.State.DONE)
    return job


def race(keep):
    """How often one promise is kept when all workers look at once."""
    enqueue("a.job")
    kept = []

    def keeper():
        time.sleep(0.05)
        kept.append(1)

    outcomes = at_once(lambda _n: keep({"a.job": keeper}, now=NOW), times=WORKERS)
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    return len(kept)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_promise_is_kept_once():
    assert race(keep_one) == 1
    assert Job.objects.get().state == Job.State.DONE


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_race_is_real():
    assert race(keep_without_a_lock) > 1


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_many_promises_are_shared_out_and_none_is_kept_twice():
    for number in range(12):
        enqueue("a.job", number=number)
    kept = []

    def keeper(number):
        kept.append(number)

    def work(_n):
        while keep_one({"a.job": keeper}, now=NOW):
            pass

    at_once(work, times=WORKERS)
    assert sorted(kept) == list(range(12))


def keep_impatiently(_n):
    """Keep one promise, and fail rather than wait for a row that somebody else holds."""
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '2s'")
    return keep_one({"a.job": list}, now=NOW)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_worker_does_not_wait_for_a_promise_that_another_holds():
    first, second = enqueue("a.job"), enqueue("a.job")
    with transaction.atomic():
        Job.objects.select_for_update().get(pk=first.pk)
        assert at_once(keep_impatiently, times=1) == [second]
