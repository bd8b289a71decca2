"""Readings: one reader and one application, with the sheet that judges it."""

from typing import Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from entrecidades.calls.choices import ReadingState
from entrecidades.calls.models.application import Application
from entrecidades.kernel import ids


class ReadingQuerySet(models.QuerySet["Reading"]):
    """The words in which the rest of the house asks for readings."""

    def standing(self) -> Self:
        """Those that count: neither in conflict nor taken back."""
        return self.exclude(state__in=[ReadingState.CONFLICTED, ReadingState.RELEASED])

    def handed_in(self) -> Self:
        """Those whose sheet is in."""
        return self.filter(state=ReadingState.HANDED_IN)

    def awaited(self) -> Self:
        """Those whose sheet is still to come."""
        return self.filter(state__in=[ReadingState.ASKED, ReadingState.READING])


class Reading(models.Model):
    """An application in the hands of one reader.

    Her sheet is hers alone until all sheets of the application are in; ``scores`` are kept by
    the key of the criterion, each with a reason.
    """

    #: What history keeps apart so that it can be erased (audit.changes).
    personal_fields = frozenset({"reader", "conflict"})

    public_id = models.UUIDField(default=ids.public_id, unique=True, editable=False)
    application = models.ForeignKey(Application, models.CASCADE, related_name="readings")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="readings"
    )
    state = models.CharField(
        max_length=10, choices=ReadingState.choices, default=ReadingState.ASKED
    )
    is_third = models.BooleanField(default=False)  # called because the first ones differ
    conflict = models.TextField(max_length=2000, blank=True)
    scores = models.JSONField(default=dict, blank=True)
    total = models.DecimalField(max_digits=6, decimal_places=2, null=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    assigned_at = models.DateTimeField()
    saved_at = models.DateTimeField(null=True, editable=False)
    handed_in_at = models.DateTimeField(null=True, editable=False)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        ordering = ["application", "pk"]
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "reader"],
                name="reading_once",
                violation_error_message=_("She reads this application already."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.pk}"

    def get_absolute_url(self) -> str:
        """The sheet's permanent address."""
        return reverse("web:reading-detail", kwargs={"public_id": self.public_id})
