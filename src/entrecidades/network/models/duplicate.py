"""Entries of the register that may be one body, and what merging two of them did."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from entrecidades.network.choices import DuplicateState, MergeState
from entrecidades.network.models.entity import Entity


class Duplicate(models.Model):
    """Two entries that may be one body, how likely, why, and what somebody decided of it.

    ``score`` is from 0 to 1; ``reasons`` are dicts of piece, number and points
    (`engines.samebody`). That two are different is remembered for good.
    """

    #: What history keeps apart so that it can be erased (audit.changes).
    personal_fields = frozenset({"proposed_by", "decided_by"})

    one = models.ForeignKey(Entity, models.CASCADE, related_name="+")
    other = models.ForeignKey(Entity, models.CASCADE, related_name="+")
    score = models.FloatField(default=0.0)
    reasons = models.JSONField(default=list)
    state = models.CharField(
        max_length=10, choices=DuplicateState.choices, default=DuplicateState.OPEN
    )
    found_at = models.DateTimeField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-score", "pk"]
        verbose_name = _("pair of entries")
        verbose_name_plural = _("pairs of entries")
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="duplicate_once"),
            # One order only, so that a pair is never stored twice.
            models.CheckConstraint(name="duplicate_in_order", condition=Q(one__lt=F("other"))),
        ]
        indexes = [models.Index(fields=["state", "-score"], name="duplicate_queue")]

    def __str__(self) -> str:
        return f"{self.one} = {self.other}?"


class Merge(models.Model):
    """One entry was merged into another, with all that is needed to take it back.

    ``changed`` rows have their model, key, old and new values, and a mark of
    the row as the merge left it; ``made`` are model → key → mark; ``aside`` are
    the rows that would have said the same twice, whole.
    """

    #: What history keeps apart so that it can be erased (audit.changes).
    personal_fields = frozenset({"by", "undone_by"})

    survivor = models.ForeignKey(Entity, models.PROTECT, related_name="merges_into")
    absorbed = models.ForeignKey(Entity, models.PROTECT, related_name="merges")
    state = models.CharField(
        max_length=10, choices=MergeState.choices, default=MergeState.STANDING
    )
    changed = models.JSONField(default=list)
    made = models.JSONField(default=dict)
    aside = models.JSONField(default=list)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("merge")
        verbose_name_plural = _("merges")
        constraints = [
            models.UniqueConstraint(
                fields=["absorbed"],
                condition=Q(state=MergeState.STANDING),
                name="merge_absorbs_once",
            ),
            models.CheckConstraint(name="merge_joins_two", condition=~Q(survivor=F("absorbed"))),
        ]

    def __str__(self) -> str:
        return f"{self.absorbed} → {self.survivor}"
