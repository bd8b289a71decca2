"""Themes: the subjects of cooperation, in axes."""

from typing import Self

from django.db import models
from django.urls import reverse

from entrecidades.kernel.text import TextsField, pick


class ThemeQuerySet(models.QuerySet["Theme"]):
    """The words in which the rest of the house asks for themes."""

    def axes(self) -> Self:
        """The groups at the top of the tree."""
        return self.filter(axis=None)

    def leaves(self) -> Self:
        """The themes one can offer, need or file something under."""
        return self.exclude(axis=None)


class Theme(models.Model):
    """A subject of cooperation, such as the disposal of solid waste, or an axis that groups some.

    ``dac``, ``sdg`` and ``cofog`` are lists of codes: DAC/CRS purpose codes
    ("14050"), SDG targets ("11.6"), COFOG classes ("05.1").
    """

    slug = models.SlugField(max_length=80, unique=True)
    axis = models.ForeignKey("self", models.PROTECT, null=True, related_name="themes")
    label = TextsField()
    synonyms = models.JSONField(default=dict)
    dac = models.JSONField(default=list)
    sdg = models.JSONField(default=list)
    cofog = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField(default=0)

    objects = ThemeQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return pick(self.label).words or self.slug

    def get_absolute_url(self) -> str:
        """The theme's permanent address."""
        return reverse("web:theme-detail", kwargs={"slug": self.slug})
