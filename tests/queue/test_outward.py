"""An outward keeper is called outside the transaction; who dies over it is replaced in time."""

import datetime as dt
import time

import pytest
from django.db import connection

from entrecidades.queue.models import Job
from entrecidades.queue.rules import ATTEMPTS, LEASE, WAITS, NeverAgain
from entrecidades.queue.services import Outward, enqueue, keep_one
from tests.race import at_once

NOW = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)


class Killed(BaseException):
    """Stands for SIGKILL: nothing after it is done."""


def die(**_facts):
    raise Killed


def fail(**_facts):
    raise ConnectionError("the mail server is away")


def dying(now=NOW):
    with pytest.raises(Killed):
        keep_one({"a.job": Outward(die)}, now=now)
    return Job.objects.get()


def test_it_is_called_with_its_key_outside_any_transaction(transactional_db):
    seen = {}

    def keeper(**facts):
        seen.update(facts, inside=connection.in_atomic_block, state=Job.objects.get().state)

    job = enqueue("a.job", place=7)
    assert keep_one({"a.job": Outward(keeper)}, now=NOW).state == Job.State.DONE
    assert seen == {"key": str(job.key), "place": 7, "inside": False, "state": "running"}
    assert Job.objects.get().state == Job.State.DONE


def test_while_it_is_lent_nobody_else_has_it(transactional_db):
    enqueue("a.job")
    dying()
    assert keep_one({"a.job": Outward(dict)}, now=NOW + LEASE - SECOND) is None


def test_who_was_killed_is_replaced_within_two_minutes_under_the_same_key(transactional_db):
    keys = []

    def keep(key):
        keys.append(key)

    key = str(enqueue("a.job").key)
    dying()
    later = NOW + LEASE
    assert later - NOW < dt.timedelta(minutes=2)
    job = keep_one({"a.job": Outward(keep)}, now=later)
    assert (job.state, job.attempts, keys) == (Job.State.DONE, 2, [key])


def test_what_ends_every_worker_is_given_up(transactional_db):
    enqueue("a.job")
    for attempt in range(ATTEMPTS):
        dying(NOW + LEASE * attempt)
    job = keep_one({"a.job": Outward(die)}, now=NOW + LEASE * ATTEMPTS)
    assert (job.state, job.error) == ("failed", "The worker ended while it was at it.")


def test_a_failure_waits_and_a_refusal_for_good_does_not(transactional_db):
    def refuse(**_facts):
        raise NeverAgain("no such reader")

    enqueue("a.job")
    job = keep_one({"a.job": Outward(fail)}, now=NOW)
    assert (job.state, job.due_at, job.attempts) == ("waiting", NOW + WAITS[0], 1)
    job = keep_one({"a.job": Outward(refuse)}, now=job.due_at)
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("failed", 2)
    assert job.error == "NeverAgain: no such reader"


def test_a_keeper_that_fails_does_not_stop_the_others(transactional_db):
    enqueue("bad.job")
    enqueue("a.job")
    keepers = {"bad.job": Outward(fail), "a.job": Outward(lambda key: key)}
    assert [keep_one(keepers, now=NOW).state for _ in range(2)] == ["waiting", "done"]


def test_who_comes_back_too_late_does_not_overwrite_the_other(transactional_db):
    enqueue("a.job")

    def slow(key):
        assert keep_one({"a.job": Outward(dict)}, now=NOW + LEASE).state == Job.State.DONE
        raise ConnectionError("too late")

    keep_one({"a.job": Outward(slow)}, now=NOW)
    assert Job.objects.get().state == Job.State.DONE


@pytest.mark.slow
def test_of_many_workers_one_is_lent_it(transactional_db):
    enqueue("a.job")
    kept = []

    def keeper(key):
        time.sleep(0.05)
        kept.append(key)

    outcomes = at_once(lambda _n: keep_one({"a.job": Outward(keeper)}, now=NOW), times=4)
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    assert len(kept) == 1
