"""The report of a programme on one year and its files; what its parties declare for it."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from entrecidades.accounts.permissions import Permission
from entrecidades.cooperation.models import Programme
from entrecidades.kernel import ids
from entrecidades.kernel.removal import Present
from entrecidades.kernel.text import TextsField
from entrecidades.network.models import Entity, Kept
from entrecidades.projects.models import Project
from entrecidades.reporting.choices import DeclarationState, ReportState


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


class Campaign(models.Model):
    """A programme asks the parties of all its projects to declare a year, until a day.

    ``noticed`` are the reminders that went out, as days before or after that day.
    """

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="campaigns")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    due_on = models.DateField(_("due"))
    opened_at = models.DateTimeField()
    chased_at = models.DateTimeField(null=True, editable=False)
    noticed = models.JSONField(default=list, blank=True, editable=False)

    class Meta:
        ordering = ["programme", "-year"]
        verbose_name = _("declaration campaign")
        constraints = [
            models.UniqueConstraint(fields=["programme", "year"], name="campaign_once_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.year}"

    def get_absolute_url(self) -> str:
        """Where the campaign is followed."""
        known = {"slug": self.programme.slug, "year": self.year}
        return reverse("web:campaign-detail", kwargs=known)


class Declaration(models.Model):
    """What one party says of one project for a campaign: as it is recorded, or what is different.

    ``facts`` is what was recorded when it said so.
    """

    public_id = models.UUIDField(default=ids.public_id, unique=True, editable=False)
    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="declarations")
    project = models.ForeignKey(Project, models.CASCADE, related_name="declarations")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="declarations")
    state = models.CharField(
        max_length=10, choices=DeclarationState.choices, default=DeclarationState.AWAITED
    )
    facts = models.JSONField(default=dict, blank=True, editable=False)
    correction = models.TextField(_("what is different"), max_length=4000, blank=True)
    language = models.CharField(max_length=10, blank=True)
    declared_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["campaign", "project", "pk"]
        verbose_name = _("declaration")
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "project", "entity"], name="declared_once_a_campaign"
            ),
            models.CheckConstraint(
                name="correction_says_what_differs",
                condition=~Q(state="corrected") | ~Q(correction=""),
                violation_error_message=_("Say what is different."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entity}: {self.project}"

    def get_absolute_url(self) -> str:
        """The declaration's permanent address."""
        return reverse("web:declaration-detail", kwargs={"public_id": self.public_id})
