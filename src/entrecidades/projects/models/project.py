"""A project: who does what in it, where, under which themes, from when to when."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from entrecidades.accounts.permissions import Permission
from entrecidades.agreements.models import Agreement
from entrecidades.cooperation.models import Programme
from entrecidades.kernel.editing import Units
from entrecidades.kernel.removal import Present
from entrecidades.kernel.text import TextsField, pick
from entrecidades.network.choices import Confirmation, Visibility
from entrecidades.network.models import Entity, Kept, Place, Shared
from entrecidades.projects.choices import ProjectKind, ProjectState, Role
from entrecidades.projects.rules import (
    REMINDED_EVERY,
    SILENT_AFTER,
    UNDER_WAY,
    check_days,
    check_title,
)
from entrecidades.themes.models import Theme


class ProjectQuerySet(models.QuerySet["Project"]):
    """The words in which the rest of the house asks for projects."""

    def under_way(self) -> Self:
        """Those that are neither over nor rest."""
        return self.filter(state__in=UNDER_WAY)

    def silent(self, at: datetime) -> Self:
        """Those under way of which nobody has heard for too long."""
        return self.under_way().filter(heard_at__lte=at - SILENT_AFTER)

    def silent_unreminded(self, at: datetime) -> Self:
        """Those in whose silence nobody was reminded, or not lately."""
        reminded = Q(reminded_at__gt=F("heard_at")) & Q(reminded_at__gt=at - REMINDED_EVERY)
        return self.silent(at).exclude(pk__in=self.model.objects.filter(reminded).values("pk"))

    def in_year(self, year: int) -> Self:
        """Those on which work went on, or was planned, in a year; undated ones by their record."""
        first, last = date(year, 1, 1), date(year, 12, 31)
        begun = Q(actual_from__lte=last) | Q(actual_from=None, planned_from__lte=last)
        begun |= Q(actual_from=None, planned_from=None, begun_at__date__lte=last)
        ended = Q(actual_to__gte=first) | Q(actual_to=None, planned_to__gte=first)
        # What was planned to be over and is not told to be over goes on.
        ended |= Q(actual_to=None, state__in=UNDER_WAY) | Q(actual_to=None, planned_to=None)
        return self.filter(begun, ended)


PresentProjects = Present.from_queryset(ProjectQuerySet)


class Project(Shared, Kept):
    """Work that bodies of several countries do together, or one action.

    ``entity`` is the body that coordinates it: its record, shared from the first day with all
    that have a role in it. ``heard_at`` is its last sign of life.
    """

    PARTIES = ("roles__entity",)
    EDITED = (
        "kind",
        "title",
        "summary",
        "themes",
        "places",
        "planned_from",
        "planned_to",
        "actual_from",
        "actual_to",
    )

    entity = models.ForeignKey(Entity, models.PROTECT, related_name="projects_coordinated")
    kind = models.CharField(
        _("kind"), max_length=10, choices=ProjectKind.choices, default=ProjectKind.PROJECT
    )
    title = TextsField()
    summary = TextsField()
    state = models.CharField(
        max_length=12, choices=ProjectState.choices, default=ProjectState.IDENTIFIED
    )
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="projects"
    )
    agreement = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, related_name="projects"
    )
    themes = models.ManyToManyField(Theme, through="ThemeShare", related_name="projects")
    places = models.ManyToManyField(Place, related_name="projects", blank=True)
    planned_from = models.DateField(_("planned to begin"), null=True, blank=True)
    planned_to = models.DateField(_("planned to end"), null=True, blank=True)
    actual_from = models.DateField(_("began"), null=True, blank=True)
    actual_to = models.DateField(pgettext_lazy("project", "ended"), null=True, blank=True)
    confirmation = models.CharField(
        max_length=12, choices=Confirmation.choices, default=Confirmation.UNCONFIRMED
    )
    begun_at = models.DateTimeField()
    heard_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = PresentProjects()

    class Meta:
        ordering = ["-begun_at", "-pk"]
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        constraints = [
            # Both parties see every record that names them.
            models.CheckConstraint(
                name="project_is_seen_by_its_parties",
                condition=Q(visibility__gte=Visibility.PARTNER),
                violation_error_message=_("The partners see a project that names them."),
            ),
            models.CheckConstraint(
                name="project_planned_end_after_start",
                condition=Q(planned_from=None)
                | Q(planned_to=None)
                | Q(planned_to__gte=F("planned_from")),
                violation_error_message=_("It is planned to end before it begins."),
            ),
            models.CheckConstraint(
                name="project_ended_after_it_began",
                condition=Q(actual_to=None) | Q(actual_to__gte=F("actual_from")),
                violation_error_message=_("It ended before it began."),
            ),
        ]
        indexes = [models.Index(fields=["state", "heard_at"], name="project_state_heard")]

    def __str__(self) -> str:
        return pick(self.title).words

    @property
    def edited_with(self) -> Permission:
        """What editing a project asks of somebody of its coordinating body."""
        return Permission.EDIT_PROJECT

    def check_edit(self, changed: Units, *, by: int) -> None:  # noqa: ARG002 (all kinds are asked)
        """Refuse a project without a title, and days that contradict each other."""
        check_title(self.title)
        planned = (self.planned_from, self.planned_to)
        check_days(planned=planned, actual=(self.actual_from, self.actual_to))

    def get_absolute_url(self) -> str:
        """The project's permanent address."""
        return reverse("web:project-detail", kwargs={"public_id": self.public_id})


class ThemeShare(models.Model):
    """A project is filed under a theme, perhaps with its share of the whole in per cent."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="shares")
    theme = models.ForeignKey(Theme, models.PROTECT, related_name="+")
    percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["project", "theme"]
        constraints = [
            models.UniqueConstraint(fields=["project", "theme"], name="theme_once_a_project"),
            models.CheckConstraint(
                name="theme_share_is_a_share",
                condition=Q(percent=None) | Q(percent__gt=0, percent__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.theme}: {self.percent or '–'}"


class ProjectRole(models.Model):
    """A body does something in a project; the same body may do several things."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="roles")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="project_roles")
    role = models.CharField(max_length=15, choices=Role.choices)

    class Meta:
        ordering = ["project", "role", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "entity", "role"], name="project_role_once")
        ]

    def __str__(self) -> str:
        return f"{self.entity}: {self.get_role_display()}"
