"""Entities: the bodies that cooperate, with their names and identifiers."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from entrecidades.kernel import ids
from entrecidades.kernel.editing import filled
from entrecidades.kernel.provenance import Sourced
from entrecidades.kernel.versions import OF
from entrecidades.network.choices import Kind, MergeState, NameKind, Tier
from entrecidades.network.models.editing import Editable
from entrecidades.network.models.place import Country, Place, Region


class EntityQuerySet(models.QuerySet["Entity"]):
    """The words in which the rest of the house asks for entities."""

    def existing(self, on: date) -> Self:
        """Those that have begun and not ended on a day; an unknown date does not exclude."""
        begun = Q(valid_from=None) | Q(valid_from__lte=on)
        return self.filter(begun & (Q(valid_to=None) | Q(valid_to__gte=on)))

    def unmerged(self) -> Self:
        """Those that stand for themselves: all but the entries merged into another."""
        return self.exclude(merges__state=MergeState.STANDING)

    def governing(self) -> Self:
        """Local governments of every tier."""
        return self.filter(kind=Kind.LOCAL_GOVERNMENT)


class Entity(Editable, Sourced):
    """A body of the network: a city, a state, an association of mayors, an institute.

    An entity is contained in at most one other (``parent``) and may belong to
    any number of groupings (`Membership`). What it is called and numbered is
    kept beside it, with dates: `EntityName`, `Identifier`.
    """

    EDITED = ("name", "acronym", "website", "languages")

    public_id = models.UUIDField(default=ids.public_id, unique=True, editable=False)
    slug = models.CharField(max_length=120)
    name = models.CharField(_("name"), max_length=300)
    acronym = models.CharField(_("acronym"), max_length=40, blank=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    tier = models.CharField(_("tier"), max_length=20, choices=Tier.choices, blank=True)
    country = models.ForeignKey(Country, models.PROTECT, related_name="entities")
    region = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="+")
    seat = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="entities")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    population = models.PositiveIntegerField(null=True, blank=True)
    languages = models.JSONField(default=list, blank=True)
    website = models.URLField(blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    objects = EntityQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("entity")
        verbose_name_plural = _("entities")
        constraints = [
            models.UniqueConstraint(fields=["country", "slug"], name="entity_slug_once_a_country"),
            models.CheckConstraint(
                name="entity_ends_after_it_begins",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("A body cannot end before it begins."),
            ),
        ]
        indexes = [models.Index(fields=["country", "kind", "name"], name="entity_country_kind")]

    def __str__(self) -> str:
        return self.name

    @property
    def body(self) -> "Entity":
        """A body's profile is its own record."""
        return self

    def units(self) -> dict[str, Any]:
        """What the profile says: the body's own fields, and its official name in each language."""
        named = {f"names{OF}{one.language}": one.name for one in reversed(self.present_names())}
        return filled({**super().units(), **named})

    def present_names(self) -> list["EntityName"]:
        """The official names it bears now, in languages that are known; the first counts."""
        bears = self.names.filter(kind=NameKind.OFFICIAL, valid_to=None).exclude(language="")
        return list(bears.order_by("pk"))

    def name_in(self, language: str | None = None) -> str:
        """The body's name in a language (the reader's), or the one it bears itself."""
        wanted = (language or get_language() or "").split("-")[0]
        for name in self.names.all():
            if name.language.split("-")[0] == wanted and name.kind == NameKind.OFFICIAL:
                return name.name
        return self.name

    def get_absolute_url(self) -> str:
        """The body's permanent address."""
        return reverse(
            "web:entity-detail", kwargs={"country": self.country_id.lower(), "slug": self.slug}
        )


class EntityName(models.Model):
    """What a body is or was called, in one language."""

    entity = models.ForeignKey(Entity, models.CASCADE, related_name="names")
    language = models.CharField(max_length=10)
    name = models.CharField(max_length=300)
    key = models.CharField(max_length=300, db_index=True)
    kind = models.CharField(max_length=10, choices=NameKind.choices, default=NameKind.OFFICIAL)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["entity", "language", "pk"]

    def __str__(self) -> str:
        return self.name


class Identifier(models.Model):
    """A number under which a scheme knows a body ("BR-IBGE" 3550308), while it was valid."""

    entity = models.ForeignKey(Entity, models.CASCADE, related_name="identifiers")
    scheme = models.CharField(max_length=40)
    value = models.CharField(max_length=100)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["scheme", "value"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "value"], name="identifier_once_a_scheme")
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"
