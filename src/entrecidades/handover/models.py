"""What is remembered of a desk that changed hands, so that it can be undone and passed on."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from entrecidades.kernel import ids
from entrecidades.network.models import Entity, Invitation

PERSON = settings.AUTH_USER_MODEL


class HandOverQuerySet(models.QuerySet["HandOver"]):
    """The words in which the house asks for hand-overs."""

    def awaiting(self, at: datetime) -> Self:
        """Those whose successor is invited and has not answered yet."""
        return self.filter(
            undone_at=None,
            passed_on_at=None,
            invitation__accepted_at=None,
            invitation__withdrawn_at=None,
            invitation__expires_at__gt=at,
        )


class HandOver(models.Model):
    """Somebody's desk in a body was given to somebody else.

    ``kept_by`` holds what moved: the successor, or, while a successor has only been invited,
    whoever confirmed it. ``moved`` names each thing that moved, ``ended`` the mandates that
    ended, ``begun`` those that began.
    """

    personal_fields: ClassVar = frozenset({"leaver", "kept_by", "by", "undone_by"})

    public_id = models.UUIDField(default=ids.public_id, unique=True, editable=False)
    entity = models.ForeignKey(Entity, models.CASCADE, related_name="hand_overs")
    leaver = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    kept_by = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    invitation = models.ForeignKey(
        Invitation, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    ended = models.JSONField(default=list)
    begun = models.JSONField(default=list)
    moved = models.JSONField(default=dict)
    passed_on_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+")

    objects = HandOverQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="hand_over_joins_two", condition=~Q(leaver=F("kept_by")))
        ]

    def __str__(self) -> str:
        return f"{self.entity} {self.made_at:%Y-%m-%d}"


class Pack(models.Model):
    """A pack that the worker builds, or has built, for somebody; it is kept for a day."""

    personal_fields: ClassVar = frozenset({"by", "language"})
    secret_fields: ClassVar = frozenset({"content"})

    public_id = models.UUIDField(default=ids.public_id, unique=True, editable=False)
    entity = models.ForeignKey(Entity, models.CASCADE, related_name="+")
    by = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    language = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    keep_until = models.DateTimeField()
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    content = models.BinaryField(null=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.entity} {self.asked_at:%Y-%m-%d}"
