"""How a project is followed: its moves, its reports for a period, calls for help."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from entrecidades.kernel import ids
from entrecidades.network.models import Entity
from entrecidades.projects.choices import ProjectState, ProjectStep
from entrecidades.projects.models.project import Project


class Move(models.Model):
    """One step in the life of a project, with the days it changed, so that it can be undone."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="moves")
    step = models.CharField(max_length=10, choices=ProjectStep.choices)
    was = models.CharField(max_length=12, choices=ProjectState.choices)
    now = models.CharField(max_length=12, choices=ProjectState.choices)
    was_from = models.DateField(null=True, blank=True)
    was_to = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField()  # the project's own, once the step was taken
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["project", "pk"]

    def __str__(self) -> str:
        return f"{self.was} → {self.now}"


class ProjectReport(models.Model):
    """What a party tells of a project in a period: once each, written anew as often as needed.

    ``may_quote`` is the consent to stand in a report of the programme; it is off until given.
    """

    public_id = models.UUIDField(default=ids.public_id, unique=True, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="reports")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="project_reports")
    first_on = models.DateField()
    last_on = models.DateField()
    words = models.TextField(_("what happened"), max_length=6000, blank=True)
    next_words = models.TextField(_("what comes next"), max_length=4000, blank=True)
    quote = models.TextField(_("a sentence for the report"), max_length=400, blank=True)
    may_quote = models.BooleanField(default=False)
    language = models.CharField(max_length=10)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["project", "-last_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "entity", "first_on", "last_on"], name="reported_once_a_period"
            ),
            models.CheckConstraint(
                name="report_ends_after_it_begins",
                condition=Q(last_on__gte=F("first_on")),
                violation_error_message=_("The period ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.first_on} – {self.last_on}"


class HelpRequest(models.Model):
    """A party asks those who coordinate for help, in its own words, and is answered."""

    public_id = models.UUIDField(default=ids.public_id, unique=True, editable=False)
    project = models.ForeignKey(Project, models.CASCADE, related_name="help_requests")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    words = models.TextField(max_length=4000)
    language = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    answer = models.TextField(max_length=4000, blank=True)
    answer_language = models.CharField(max_length=10, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "pk"]

    def __str__(self) -> str:
        return f"{self.entity}: {self.project}"
