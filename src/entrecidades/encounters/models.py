"""Encounters: a series, and its editions in their places."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from entrecidades.cooperation.models import Relation
from entrecidades.kernel.provenance import Sourced
from entrecidades.kernel.text import TextsField, pick
from entrecidades.network.models import Country, Place


class Series(Sourced):
    """Encounters that follow one another under one name."""

    slug = models.SlugField(max_length=120, unique=True)
    name = TextsField()
    purposes = models.JSONField(default=list)
    relation = models.ForeignKey(
        Relation, models.PROTECT, null=True, blank=True, related_name="series"
    )

    class Meta:
        ordering = ["slug"]
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return pick(self.name).words

    @property
    def purpose_texts(self) -> list[str]:
        """The purposes, in the reader's language."""
        return [pick(purpose).words for purpose in self.purposes]

    def get_absolute_url(self) -> str:
        """The series' permanent address."""
        return reverse("web:series-detail", kwargs={"slug": self.slug})


class Encounter(Sourced):
    """One meeting of the network; where only the year is known, only the year is said."""

    series = models.ForeignKey(Series, models.CASCADE, related_name="editions")
    year = models.PositiveSmallIntegerField()
    begins_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    country = models.ForeignKey(Country, models.PROTECT, related_name="+")
    place = models.ForeignKey(
        Place, models.PROTECT, null=True, blank=True, related_name="encounters"
    )
    place_name = TextsField()

    class Meta:
        ordering = ["series", "year"]
        constraints = [
            models.UniqueConstraint(fields=["series", "year"], name="encounter_once_a_year"),
            models.CheckConstraint(
                name="encounter_ends_after_it_begins",
                condition=Q(begins_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("begins_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place or pick(self.place_name).words}, {self.year}"
