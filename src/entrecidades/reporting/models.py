"""The report of a programme on one year, and its files."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from entrecidades.accounts.permissions import Permission
from entrecidades.cooperation.models import Programme
from entrecidades.kernel.removal import Present
from entrecidades.kernel.text import TextsField
from entrecidades.network.models import Entity, Kept
from entrecidades.reporting.choices import ReportState


class AnnualReport(Kept):
    """What a programme tells of a year: a foreword; everything else is gathered when it is read.

    ``entity`` is the coordinating body whose people edit the foreword.
    """

    EDITED = ("foreword",)

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="annual_reports")
    programme = models.ForeignKey(Programme, models.PROTECT, related_name="annual_reports")
    year = models.PositiveSmallIntegerField()
    foreword = TextsField()
    state = models.CharField(max_length=10, choices=ReportState.choices, default=ReportState.DRAFT)
    published_on = models.DateField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = Present()

    class Meta:
        ordering = ["programme", "-year"]
        verbose_name = _("annual report")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "year"],
                condition=Q(removed_at=None),
                name="annual_report_once_a_year",
            )
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.year}"

    @property
    def edited_with(self) -> Permission:
        """What editing the foreword asks of somebody of the coordinating body."""
        return Permission.EDIT_PROJECT

    def get_absolute_url(self) -> str:
        """The report's permanent address."""
        known = {"slug": self.programme.slug, "year": self.year}
        return reverse("web:programme-year-detail", kwargs=known)


class Edition(models.Model):
    """The report as a file in one language; unchanged facts make the same bytes."""

    report = models.ForeignKey(AnnualReport, models.CASCADE, related_name="editions")
    language = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    content = models.BinaryField(null=True)

    class Meta:
        ordering = ["report", "language"]
        constraints = [
            models.UniqueConstraint(fields=["report", "language"], name="edition_once_a_language")
        ]

    def __str__(self) -> str:
        return f"{self.report} ({self.language})"
