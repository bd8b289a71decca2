"""A promise exists if its transaction does, is kept once, and a failing keeper is tried again."""

import datetime as dt

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.queue.models import Job
from entrecidades.queue.rules import ATTEMPTS, WAITS
from entrecidades.queue.services import enqueue, keep_one

NOW = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)


def fail(**_facts):
    raise ConnectionError("the mail server is away")


def test_it_is_gone_with_the_transaction_that_made_it(db):
    @transaction.atomic
    def promise_and_fail():
        enqueue("a.job")
        fail()

    with pytest.raises(ConnectionError):
        promise_and_fail()
    assert not Job.objects.exists()


def test_its_keeper_is_given_the_facts(db):
    kept = {}
    enqueue("a.job", place=7)
    job = keep_one({"a.job": kept.update}, now=NOW)
    assert (kept, job.state, str(job)) == ({"place": 7}, Job.State.DONE, "a.job")
    assert keep_one({}, now=NOW) is None


def test_it_is_not_kept_before_it_is_due(db):
    job = enqueue("a.job")
    early = job.due_at - dt.timedelta(seconds=1)
    assert keep_one({"a.job": list}, now=early) is None


def test_the_oldest_is_kept_first(db):
    first, second = enqueue("a.job", n=1), enqueue("a.job", n=2)
    Job.objects.filter(pk=second.pk).update(due_at=first.due_at - dt.timedelta(hours=1))
    assert keep_one({"a.job": dict}, now=NOW) == second


def test_a_failing_keeper_is_tried_again_and_in_the_end_given_up(db):
    enqueue("a.job")
    now, waits = NOW, []
    for _ in range(ATTEMPTS):
        job = keep_one({"a.job": fail}, now=now)
        waits.append(job.due_at - now)
        now = job.due_at
    assert waits[:-1] == [*WAITS] == sorted(WAITS)
    assert (job.state, job.attempts) == (Job.State.FAILED, ATTEMPTS)
    assert job.error == "ConnectionError: the mail server is away"
    assert keep_one({"a.job": fail}, now=now + max(WAITS)) is None


def test_a_promise_without_a_keeper_is_kept_for_the_operator_to_see(db):
    enqueue("nobody.knows")
    assert "NoKeeper" in keep_one({}, now=NOW).error


def test_what_a_failing_keeper_had_begun_is_undone(db):
    enqueue("a.job")

    def begin_and_fail():
        enqueue("half.done")
        fail()

    keep_one({"a.job": begin_and_fail}, now=NOW)
    assert [job.name for job in Job.objects.all()] == ["a.job"]


def test_a_worker_that_dies_leaves_the_promise_as_it_was(transactional_db):
    enqueue("a.job")

    def die():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        keep_one({"a.job": die}, now=NOW)
    job = Job.objects.get()
    assert (job.state, job.attempts) == (Job.State.WAITING, 0)


@given(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=3))
def test_facts_arrive_as_they_were_promised(facts):
    assert Job(name="a.job", facts=facts).facts == facts
