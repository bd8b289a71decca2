"""Promise work inside the transaction that makes it necessary, and keep what was promised."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from entrecidades.kernel.masking import last_words
from entrecidades.queue.models import Job
from entrecidades.queue.rules import ATTEMPTS, LEASE, NeverAgain, NoKeeper, wait_after

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outward:
    """A keeper that speaks to the world, which no transaction can take back.

    It is called outside any transaction, with the promise's ``key`` beside its
    facts: by the key the world can tell a repeat from something new.
    """

    keeper: Callable[..., object]


Keeper = Callable[..., object] | Outward


def enqueue(name: str, **facts: object) -> Job:
    """Promise a job; it exists if, and only if, the caller's transaction commits."""
    return Job.objects.create(name=name, facts=facts)


def keep_one(keepers: Mapping[str, Keeper], *, now: datetime) -> Job | None:
    """Keep the oldest promise that is due; None when none is.

    A keeper's effects and the note that it is kept share one transaction: a
    worker that dies halfway leaves the promise as it was. An outward keeper is
    called between two: the promise is lent to this worker for `LEASE`, kept,
    and marked. If the worker dies, another takes it when that time is over,
    and the world may see it once more, under the same key.

    A keeper that fails is tried again, later each time, until it is given up;
    its last words stay with the job.
    """
    with transaction.atomic():
        job = Job.objects.due(now).select_for_update(skip_locked=True).first()
        if job is None:
            return None
        keeper = keepers.get(job.name)
        if isinstance(keeper, Outward):
            _lend(job, now=now)
        else:
            _keep(job, keeper or _nobody, now=now)
        job.save()
    if job.state == Job.State.RUNNING and isinstance(keeper, Outward):
        _keep_outside(job, keeper, now=now)
    return job


def _nobody(**_facts: object) -> None:
    """Keep a promise of a name that nobody knows."""
    raise NoKeeper


def _keep(job: Job, keeper: Callable[..., object], *, now: datetime) -> None:
    """Call a keeper whose effects are rows."""
    job.attempts += 1
    try:
        with transaction.atomic():
            keeper(**job.facts)
    except Exception as failure:  # a job may fail in any way; none may stop the worker
        log.exception("job %s failed", job.pk)
        _note_failure(job, failure, now=now)
    else:
        job.state, job.error = Job.State.DONE, ""


def _lend(job: Job, *, now: datetime) -> None:
    """Let this worker have a job for a while; one that has ended every worker is given up."""
    if job.attempts >= ATTEMPTS:
        job.state, job.error = Job.State.FAILED, "The worker ended while it was at it."
        return
    job.attempts += 1
    job.state, job.due_at = Job.State.RUNNING, now + LEASE


def _keep_outside(job: Job, keeper: Outward, *, now: datetime) -> None:
    """Call a keeper that speaks to the world, then note how it went."""
    lent = Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, attempts=job.attempts)
    try:
        keeper.keeper(key=str(job.key), **job.facts)
    except Exception as failure:  # likewise
        log.exception("job %s failed", job.pk)
        _note_failure(job, failure, now=now)
    else:
        job.state, job.error = Job.State.DONE, ""
    if not lent.update(state=job.state, due_at=job.due_at, error=job.error):
        log.warning("job %s took longer than it was lent for; another worker has it", job.pk)


def _note_failure(job: Job, failure: Exception, *, now: datetime) -> None:
    """Keep the last words; wait longer each time, or give up."""
    job.error = last_words(failure)
    wait = None if isinstance(failure, NeverAgain) else wait_after(job.attempts)
    if wait is None:
        job.state = Job.State.FAILED
    else:
        job.state, job.due_at = Job.State.WAITING, now + wait
