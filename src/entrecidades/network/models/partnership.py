"""Known partnerships between cities: twin towns and what else public lists tell."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from entrecidades.network.models.place import Place
from entrecidades.network.models.statement import Confirmable


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    """The words in which the rest of the house asks for partnerships."""

    def of(self, place: Place) -> Self:
        """Those of one place, whichever end it is."""
        return self.filter(Q(one=place) | Q(other=place))

    def between(self, country: str, other: str) -> Self:
        """Those that join a place of one country with a place of the other."""
        there = Q(one__country=country, other__country=other)
        return self.filter(there | Q(one__country=other, other__country=country))

    def bilateral(self) -> Self:
        """Those agreed one by one, not by joining a network of many."""
        return self.filter(network="")


class Partnership(Confirmable):
    """Two places that are said to be partners, and by whom it is said.

    Unconfirmed until the two say so themselves. ``sources`` are the keys of the
    lists that name the pair.
    """

    SIDES = ("one", "other")
    SAID = ("first_year",)

    one = models.ForeignKey(Place, models.PROTECT, related_name="+")
    other = models.ForeignKey(Place, models.PROTECT, related_name="+")
    external_id = models.CharField(max_length=60, unique=True)
    first_year = models.PositiveSmallIntegerField(null=True, blank=True)
    network = models.CharField(max_length=40, blank=True)
    confidence = models.CharField(max_length=20, blank=True)
    sources = models.JSONField(default=list)
    batch = models.CharField(max_length=40, blank=True, db_index=True)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="partnership_once"),
            # One order only, so that a pair is never stored twice.
            models.CheckConstraint(name="partnership_in_order", condition=Q(one__lt=F("other"))),
        ]

    def __str__(self) -> str:
        return f"{self.one} ↔ {self.other}"
