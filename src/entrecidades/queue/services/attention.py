"""What an operator may do with a promise that was not kept."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.queue.models import Job
from entrecidades.queue.rules import CannotBeCancelled, CannotBeRetried


@transaction.atomic
def retry(job_id: int, *, now: datetime) -> Job:
    """Let a promise that was given up, or cancelled, be tried from the beginning.

    Raises
    ------
    CannotBeRetried
        When there is no such promise, or it is neither given up nor cancelled.
    """
    job = Job.objects.select_for_update().filter(pk=job_id).first()
    if job is None:
        raise CannotBeRetried(_("There is no job number %d.") % job_id)
    if job.state not in {Job.State.FAILED, Job.State.CANCELLED}:
        said = {"number": job_id, "state": job.get_state_display()}
        raise CannotBeRetried(_("Job number %(number)d was not given up: it is %(state)s.") % said)
    job.state, job.due_at, job.attempts = Job.State.WAITING, now, 0
    job.save(update_fields=["state", "due_at", "attempts"])
    return job


@transaction.atomic
def cancel(job_id: int) -> Job:
    """Give a promise up before it is kept.

    Raises
    ------
    CannotBeCancelled
        When there is no such promise, or it is kept, being kept or cancelled.
    """
    job = Job.objects.select_for_update().filter(pk=job_id).first()
    if job is None:
        raise CannotBeCancelled(_("There is no job number %d.") % job_id)
    if job.state not in {Job.State.WAITING, Job.State.FAILED}:
        said = {"number": job_id, "state": job.get_state_display()}
        raise CannotBeCancelled(_("Job number %(number)d does not wait: it is %(state)s.") % said)
    job.state = Job.State.CANCELLED
    job.save(update_fields=["state"])
    return job
