"""What a project consists of: milestones, lines of its budget, indicators with measurements."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from entrecidades.accounts.permissions import Permission
from entrecidades.kernel.editing import Units
from entrecidades.kernel.removal import Present
from entrecidades.kernel.text import TextsField, pick
from entrecidades.network.models import Entity, Kept
from entrecidades.projects.choices import Direction
from entrecidades.projects.models.project import Project
from entrecidades.projects.rules import (
    Contradiction,
    check_currency,
    check_period,
    check_title,
)


def number_of(value: Decimal) -> str:
    """A number as it is written: without exponent, without zeros that say nothing.

    Examples
    --------
    >>> number_of(Decimal("1200.50")), number_of(Decimal("0.00"))
    ('1200.5', '0')
    """
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


class Part(Kept):
    """One line of a project, edited by the people of the body that coordinates it."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="%(class)ss")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    title = TextsField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return pick(self.title).words

    @property
    def edited_with(self) -> Permission:
        """What editing asks of somebody of the coordinating body."""
        return Permission.EDIT_PROJECT

    def units(self) -> dict[str, Any]:
        """What the part says now; numbers as they are written, so that they can be compared."""
        told = super().units()
        return {k: number_of(v) if isinstance(v, Decimal) else v for k, v in told.items()}

    def get_absolute_url(self) -> str:
        """The page of the project it is part of."""
        return self.project.get_absolute_url()


class Milestone(Part):
    """Something that is to be done by a day, and perhaps was."""

    EDITED = ("title", "starts_on", "due_on", "done_on")

    starts_on = models.DateField(_("begins"), null=True, blank=True)
    due_on = models.DateField(_("due"))
    done_on = models.DateField(pgettext_lazy("milestone", "done"), null=True, blank=True)

    objects = Present()

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("milestone")
        constraints = [
            models.CheckConstraint(
                name="milestone_is_due_after_it_begins",
                condition=Q(starts_on=None) | Q(due_on__gte=F("starts_on")),
                violation_error_message=_("It cannot be due before it begins."),
            )
        ]

    def check_edit(self, changed: Units, *, by: int) -> None:  # noqa: ARG002 (all kinds are asked)
        """Refuse a milestone without a title, or due before it begins."""
        check_title(self.title)
        check_period(self.starts_on, self.due_on)

    def is_overdue(self, on: date) -> bool:
        """Whether its day has passed and nobody said that it is done."""
        return self.done_on is None and self.due_on < on


class BudgetLine(Part):
    """An amount in one currency for one period, and what of it was spent."""

    EDITED = ("title", "payer", "amount", "spent", "currency", "first_on", "last_on")

    payer = models.ForeignKey(Entity, models.PROTECT, null=True, blank=True, related_name="+")
    amount = models.DecimalField(_("amount"), max_digits=16, decimal_places=2)
    spent = models.DecimalField(
        _("spent so far"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3)
    first_on = models.DateField(_("from"), null=True, blank=True)
    last_on = models.DateField(_("to"), null=True, blank=True)

    objects = Present()

    class Meta:
        ordering = ["currency", "first_on", "pk"]
        verbose_name = _("line of the budget")
        constraints = [
            models.CheckConstraint(
                name="budget_line_is_no_debt",
                condition=Q(amount__gte=0) & (Q(spent=None) | Q(spent__gte=0)),
                violation_error_message=_("An amount is not less than nothing."),
            ),
            models.CheckConstraint(
                name="budget_line_ends_after_it_begins",
                condition=Q(first_on=None) | Q(last_on=None) | Q(last_on__gte=F("first_on")),
                violation_error_message=_("The period ends before it begins."),
            ),
        ]

    def check_edit(self, changed: Units, *, by: int) -> None:  # noqa: ARG002 (all kinds are asked)
        """Refuse a line without a title, of no currency, or of no period."""
        check_title(self.title)
        check_currency(self.currency)
        check_period(self.first_on, self.last_on)


class Indicator(Part):
    """What is measured to know whether a result was reached: from a baseline to a target."""

    EDITED = (
        "result",
        "title",
        "unit",
        "direction",
        "baseline",
        "baseline_on",
        "target",
        "target_on",
    )

    result = TextsField()
    unit = models.CharField(_("unit"), max_length=60)
    direction = models.CharField(
        _("direction"), max_length=10, choices=Direction.choices, default=Direction.ASCENDING
    )
    baseline = models.DecimalField(
        _("baseline"), max_digits=18, decimal_places=4, null=True, blank=True
    )
    baseline_on = models.DateField(_("measured on"), null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=18, decimal_places=4)
    target_on = models.DateField(_("to be reached by"), null=True, blank=True)

    objects = Present()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("indicator")

    def check_edit(self, changed: Units, *, by: int) -> None:  # noqa: ARG002 (all kinds are asked)
        """Refuse an indicator without a title, or whose target lies the wrong way."""
        check_title(self.title)
        check_period(self.baseline_on, self.target_on)
        if self.baseline is None or self.baseline == self.target:
            return
        if (self.target > self.baseline) != (self.direction == Direction.ASCENDING):
            raise Contradiction(_("The target lies the other way than the direction says."))


class Measurement(models.Model):
    """What an indicator had come to at the end of a period, perhaps told apart by groups."""

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="measurements")
    first_on = models.DateField()
    last_on = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=4)
    groups = models.JSONField(default=dict, blank=True)  # name of a group → number, as written
    note = models.TextField(max_length=2000, blank=True)
    language = models.CharField(max_length=10, blank=True)

    class Meta:
        ordering = ["indicator", "last_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "first_on", "last_on"], name="measured_once_a_period"
            ),
            models.CheckConstraint(
                name="measurement_ends_after_it_begins",
                condition=Q(last_on__gte=F("first_on")),
                violation_error_message=_("The period ends before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator}: {self.value}"
