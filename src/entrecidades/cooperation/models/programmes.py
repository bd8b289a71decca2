"""Programmes: their axes, who coordinates them for which country, and who is asked to."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from entrecidades.cooperation.choices import OfferState, ProgrammeState
from entrecidades.cooperation.models.records import Relation
from entrecidades.cooperation.rules import lines_of, purposes_from
from entrecidades.kernel.editing import Units, filled
from entrecidades.kernel.provenance import Sourced
from entrecidades.kernel.text import TextsField, pick
from entrecidades.kernel.versions import OF, Versioned
from entrecidades.network.models import Country, Entity
from entrecidades.themes.models import Theme

PURPOSES = "purposes"


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """The words in which the rest of the house asks for programmes."""

    def told(self) -> Self:
        """Those that everybody may read of."""
        return self.exclude(state=ProgrammeState.DRAFT)


class Programme(Versioned, Sourced):
    """A frame for cooperation with coordinators in each country and subjects in axes.

    Its purposes are edited as one text for each language, a line for each purpose.
    """

    EDITED = ("name", "since_year", "begins_on", "ends_on")

    slug = models.SlugField(max_length=120, unique=True)
    relation = models.ForeignKey(
        Relation, models.PROTECT, null=True, blank=True, related_name="programmes"
    )
    edition_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="editions"
    )
    name = TextsField(verbose_name=_("name"))
    purposes = models.JSONField(default=list, blank=True)
    since_year = models.PositiveSmallIntegerField(_("since the year"), null=True, blank=True)
    begins_on = models.DateField(_("begins"), null=True, blank=True)
    ends_on = models.DateField(_("ends"), null=True, blank=True)
    state = models.CharField(
        max_length=10, choices=ProgrammeState.choices, default=ProgrammeState.RUNNING
    )

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                name="programme_ends_after_it_begins",
                condition=Q(ends_on=None) | Q(begins_on=None) | Q(ends_on__gte=F("begins_on")),
                violation_error_message=_("The programme ends before it begins."),
            )
        ]

    def __str__(self) -> str:
        return pick(self.name).words

    @property
    def purpose_texts(self) -> list[str]:
        """The purposes, in the reader's language."""
        return [pick(purpose).words for purpose in self.purposes]

    def units(self) -> dict[str, Any]:
        """What it says now, its purposes as lines."""
        told = {f"{PURPOSES}{OF}{code}": said for code, said in lines_of(self.purposes).items()}
        return super().units() | told

    def take(self, units: Units) -> None:
        """Say these units instead; nothing is saved by it."""
        super().take(units)
        lines: dict[str, Any] = lines_of(self.purposes)
        for unit, words in units.items():
            name, _of, language = unit.partition(OF)
            if name == PURPOSES:
                lines[language] = words
        self.purposes = purposes_from(filled(lines))

    def get_absolute_url(self) -> str:
        """The programme's permanent address."""
        return reverse("web:programme-detail", kwargs={"slug": self.slug})


class Axis(Versioned):
    """A group of themes within one programme."""

    EDITED = ("label", "position", "themes")

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="axes")
    position = models.PositiveSmallIntegerField(default=0)
    label = TextsField(verbose_name=_("name"))
    themes = models.ManyToManyField(Theme, related_name="+")

    class Meta:
        ordering = ["programme", "position", "pk"]

    def __str__(self) -> str:
        return pick(self.label).words


class Coordination(models.Model):
    """A body coordinates a programme for one country."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="coordinations")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="coordinations")
    country = models.ForeignKey(Country, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["programme", "country", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "entity", "country"], name="coordination_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.entity}: {self.programme}"


class CoordinationOffer(models.Model):
    """A body is asked to coordinate a programme for its country; none does so unasked."""

    programme = models.ForeignKey(Programme, models.CASCADE, related_name="offers")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="coordination_offers")
    state = models.CharField(max_length=10, choices=OfferState.choices, default=OfferState.ASKED)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["programme", "pk"]
        verbose_name = _("offer to coordinate")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "entity"],
                condition=Q(state="asked"),
                name="coordination_offered_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.entity}: {self.programme}"
