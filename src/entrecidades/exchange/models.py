"""What was imported, so that it can be undone, and which rows wait for a person's decision."""

from django.conf import settings
from django.db import models

from entrecidades.exchange.choices import BatchState, DoubtState, SubmissionState
from entrecidades.kernel import ids
from entrecidades.network.models import Entity, Place


class Batch(models.Model):
    """One file, imported once.

    ``made`` lists what the import created, as model label → primary key → a mark
    of the row's values, and ``changed`` what it changed, with the values from before.
    ``entity`` is the association whose list of members it was.
    """

    #: What history keeps apart so that it can be erased (audit.changes).
    personal_fields = frozenset({"by"})

    kind = models.CharField(max_length=40)
    entity = models.ForeignKey(Entity, models.CASCADE, null=True, blank=True, related_name="+")
    file_name = models.CharField(max_length=255)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=BatchState.choices, default=BatchState.APPLIED)
    counts = models.JSONField(default=dict)
    made = models.JSONField(default=dict)
    changed = models.JSONField(default=list)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return f"{self.kind}: {self.file_name}"


class Doubt(models.Model):
    """A row that resembles more than one place, or none well enough: a person decides.

    ``row`` is the row as read; ``candidates`` are dicts of place, score and
    reasons, the best first.
    """

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="doubts")
    line = models.PositiveIntegerField()
    name = models.CharField(max_length=300)
    row = models.JSONField(default=dict)
    candidates = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=DoubtState.choices, default=DoubtState.OPEN)
    place = models.ForeignKey(Place, models.SET_NULL, null=True, related_name="+")
    entity = models.ForeignKey(Entity, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["batch", "line"]

    def __str__(self) -> str:
        return f"{self.batch}, line {self.line}: {self.name}"


class Submission(models.Model):
    """A list that was handed in on a page: read, shown, and then applied or dropped.

    An operator hands in for the whole house, an association (``entity``) its members. ``answers``
    are what somebody has decided of the rows that are not certain.

    ``findings`` are what was found, each with the cells of its row under ``header`` where the
    list is one table; ``counts`` what applying it would do; ``batch`` what it did. ``done`` of
    ``total`` tells how far the worker is.
    """

    #: What history keeps apart so that it can be erased (audit.changes).
    personal_fields = frozenset({"by", "language"})

    public_id = models.UUIDField(default=ids.public_id, unique=True, editable=False)
    kind = models.CharField(max_length=40)
    entity = models.ForeignKey(Entity, models.CASCADE, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=10)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(
        max_length=10, choices=SubmissionState.choices, default=SubmissionState.READING
    )
    answers = models.JSONField(default=dict, blank=True)
    counts = models.JSONField(default=dict)
    header = models.JSONField(default=list)
    findings = models.JSONField(default=list)
    is_overtaken = models.BooleanField(default=False)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    batch = models.ForeignKey(Batch, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d}"


class SubmittedFile(models.Model):
    """One file of a list that was handed in, until it is applied or dropped."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="files")
    name = models.CharField(max_length=150)
    content = models.BinaryField()

    class Meta:
        ordering = ["submission", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "name"], name="submitted_file_once")
        ]

    def __str__(self) -> str:
        return self.name


class Load(models.Model):
    """Reference data that was loaded: which, in which version, when."""

    name = models.CharField(max_length=60, unique=True)
    version = models.CharField(max_length=80)
    rows = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"
