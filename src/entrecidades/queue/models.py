"""Work promised for later, and work that is promised again and again."""

from datetime import datetime
from typing import Self

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from entrecidades.kernel import ids


class JobQuerySet(models.QuerySet["Job"]):
    """The words in which the rest of the house asks for promises."""

    def due(self, now: datetime) -> Self:
        """Those to be kept now: waiting, or lent to a worker that has not come back in time."""
        return self.filter(state__in=[Job.State.WAITING, Job.State.RUNNING], due_at__lte=now)


class Job(models.Model):
    """One promise: call the keeper of this name with these facts, not before this time.

    While it is running, ``due_at`` is the moment until which a worker has it
    for itself. ``key`` stays the same however often it is tried.
    """

    class State(models.TextChoices):
        """How far the promise has been kept."""

        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", pgettext_lazy("promise", "done")
        FAILED = "failed", pgettext_lazy("promise", "failed")
        CANCELLED = "cancelled", pgettext_lazy("promise", "cancelled")

    key = models.UUIDField(default=ids.public_id, unique=True, editable=False)
    name = models.CharField(max_length=120)
    facts = models.JSONField(default=dict)
    due_at = models.DateTimeField(default=timezone.now)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        indexes = [models.Index(fields=["state", "due_at"], name="job_state_due")]

    def __str__(self) -> str:
        return self.name


class Recurring(models.Model):
    """A promise that is made again and again, and when its next turn comes."""

    name = models.CharField(max_length=120, unique=True)
    every = models.DurationField()
    next_at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
