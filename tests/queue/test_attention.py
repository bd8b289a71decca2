"""An operator tries again what was given up, and gives up what waits; nothing else."""

import datetime as dt

import pytest

from entrecidades.queue.models import Job
from entrecidades.queue.rules import CannotBeCancelled, CannotBeRetried
from entrecidades.queue.services import cancel, enqueue, keep_one, retry

NOW = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)
S = Job.State


def job_in(state):
    job = enqueue("a.job")
    Job.objects.filter(pk=job.pk).update(state=state, attempts=6)
    return job


@pytest.mark.parametrize("state", [S.FAILED, S.CANCELLED])
def test_what_was_given_up_is_tried_from_the_beginning(db, state):
    job = retry(job_in(state).pk, now=NOW)
    assert (job.state, job.attempts) == (S.WAITING, 0)
    assert keep_one({"a.job": dict}, now=NOW).state == S.DONE


@pytest.mark.parametrize("state", [S.WAITING, S.FAILED])
def test_what_is_cancelled_is_not_kept(db, state):
    assert cancel(job_in(state).pk).state == S.CANCELLED
    assert keep_one({"a.job": dict}, now=NOW) is None


@pytest.mark.parametrize("state", [S.WAITING, S.RUNNING, S.DONE])
def test_what_was_not_given_up_is_not_retried(db, state):
    job = job_in(state)
    with pytest.raises(CannotBeRetried, match=f"was not given up: it is {state}"):
        retry(job.pk, now=NOW)
    assert Job.objects.get().attempts == 6


@pytest.mark.parametrize("state", [S.RUNNING, S.DONE, S.CANCELLED])
def test_what_does_not_wait_is_not_cancelled(db, state):
    job = job_in(state)
    with pytest.raises(CannotBeCancelled, match=f"does not wait: it is {state}"):
        cancel(job.pk)
    assert Job.objects.get().state == state


def test_what_is_not_there_is_refused(db):
    with pytest.raises(CannotBeRetried, match="no job number 7"):
        retry(7, now=NOW)
    with pytest.raises(CannotBeCancelled, match="no job number 7"):
        cancel(7)
