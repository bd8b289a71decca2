"""Places: where people live, as a gazetteer knows them."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language

from entrecidades.network.choices import ROLE_LABELS, Role
from entrecidades.network.countries import country_name


class Country(models.Model):
    """A country by its ISO 3166 code; its names come from CLDR, in the reader's language."""

    code = models.CharField(max_length=2, primary_key=True)
    continent = models.CharField(max_length=2, blank=True)
    capital = models.CharField(max_length=100, blank=True)
    area_km2 = models.PositiveIntegerField(default=0)
    currency = models.CharField(max_length=3, blank=True)
    languages = models.JSONField(default=list)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return country_name(self.code, get_language())

    def get_absolute_url(self) -> str:
        """The country's permanent address."""
        return reverse("web:country-detail", kwargs={"country": self.code.lower()})


class Region(models.Model):
    """A first-level division of a country, under the code the gazetteer uses for it."""

    country = models.ForeignKey(Country, models.PROTECT, related_name="regions")
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["country", "name", "code"]
        constraints = [
            models.UniqueConstraint(fields=["country", "code"], name="region_code_once_a_country")
        ]

    def __str__(self) -> str:
        return self.name or self.code


class PlaceQuerySet(models.QuerySet["Place"]):
    """The words in which the rest of the house asks for places."""

    def named(self, key: str) -> Self:
        """Those that bear a name with this folded key, of whatever language."""
        bearers = PlaceName.objects.filter(key=key).values("place")
        return self.filter(Q(key=key) | Q(pk__in=bearers))

    def inhabited(self) -> Self:
        """Those whose population is known."""
        return self.filter(population__gt=0)


class Place(models.Model):
    """A city, town or village.

    ``latitude`` and ``longitude`` in degrees (WGS 84), ``population`` in
    inhabitants (0 where unknown), ``roles`` a set of `Role` bits.
    """

    geonameid = models.PositiveBigIntegerField(null=True, unique=True)
    slug = models.CharField(max_length=120)
    name = models.CharField(max_length=200)
    key = models.CharField(max_length=200, db_index=True)
    country = models.ForeignKey(Country, models.PROTECT, related_name="places")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="places")
    latitude = models.FloatField()
    longitude = models.FloatField()
    population = models.PositiveIntegerField(default=0)
    timezone = models.CharField(max_length=40, blank=True)
    roles = models.PositiveIntegerField(default=0)

    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["-population", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["country", "slug"], name="place_slug_once_a_country"),
            models.CheckConstraint(
                name="place_lies_on_earth",
                condition=Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
            ),
        ]
        indexes = [
            models.Index(fields=["country", "-population", "id"], name="place_country_size"),
            models.Index(fields=["-population", "id"], name="place_size"),
            models.Index(fields=["region", "-population", "id"], name="place_region_size"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The place's permanent address."""
        return reverse(
            "web:city-detail", kwargs={"country": self.country_id.lower(), "slug": self.slug}
        )

    @property
    def public_id(self) -> str:
        """The place's language-free identifier, as the CLI and the API show it."""
        return f"{self.country_id.lower()}/{self.slug}"

    @property
    def role_labels(self) -> list[str]:
        """What the place is beside its size, in the reader's language."""
        return [str(ROLE_LABELS[role]) for role in Role if self.roles & role]


class PlaceName(models.Model):
    """Another name under which a place is looked up, with its folded key."""

    place = models.ForeignKey(Place, models.CASCADE, related_name="other_names")
    name = models.CharField(max_length=200)
    key = models.CharField(max_length=200, db_index=True)

    def __str__(self) -> str:
        return self.name
