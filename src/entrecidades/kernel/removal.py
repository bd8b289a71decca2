"""Rows that can be removed and brought back: gone for everybody, kept for thirty days."""

from datetime import timedelta
from typing import TypeVar

from django.db import models

#: So long what was removed can be brought back.
KEPT_FOR = timedelta(days=30)
Row = TypeVar("Row", bound=models.Model)


class Present(models.Manager[Row]):
    """The door everybody uses: what was removed is not behind it."""

    def get_queryset(self) -> models.QuerySet[Row]:
        """The rows that were not removed."""
        return super().get_queryset().filter(removed_at=None)


class Removable(models.Model):
    """A row that somebody may remove, and bring back unchanged while it is kept.

    A model has two doors: ``every_row`` it inherits, ``objects`` is a `Present` of its own, so
    that whatever asks for rows of the kind finds only what is there. The person is kept as a
    number, as in traces: the row outlives her account.
    """

    removed_at = models.DateTimeField(null=True, blank=True, editable=False)
    removed_by = models.BigIntegerField(null=True, blank=True, editable=False)

    every_row = models.Manager()

    class Meta:
        abstract = True
