"""What the bodies that a record names say of it themselves."""

from collections.abc import Sequence
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from entrecidades.network.choices import Confirmation, Stance
from entrecidades.network.rules import standing


class Confirmable(models.Model):
    """A record that names two sides, and where it stands after what they have said of it.

    ``SIDES`` are the fields that name them, ``SAID`` those about which they may say something
    else. Where it stands is written by the services that take statements, never by hand.
    """

    SIDES: ClassVar[tuple[str, ...]]
    SAID: ClassVar[tuple[str, ...]]
    #: What changes when a side has spoken.
    STANDS: ClassVar[tuple[str, ...]] = ("confirmation",)

    confirmation = models.CharField(
        max_length=12, choices=Confirmation.choices, default=Confirmation.UNCONFIRMED
    )

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        """The record's permanent address: its kind, and the two that it names."""
        one, other = (getattr(self, field) for field in self.SIDES)
        ends = {"country": one.country_id.lower(), "slug": one.slug}
        ends |= {"other_country": other.country_id.lower(), "other_slug": other.slug}
        return reverse("web:record-detail", kwargs={"kind": self._meta.model_name, **ends})

    def stand(self, said: Sequence[Stance | None]) -> None:
        """Take where the record stands from what each of its sides has said, in their order."""
        self.confirmation = standing(said)


class Statement(models.Model):
    """One body's word on one record that names it: so it is, so it is not, or otherwise.

    ``subject`` names the record as traces do, so that rooms above may ask for statements on
    their own records. ``otherwise`` holds, for each field in which the body differs, what it
    says instead. A body says one thing at a time; what it said before is in the history.
    """

    #: What history keeps apart so that it can be erased (audit.changes).
    personal_fields = frozenset({"said_by"})

    subject = models.CharField(max_length=80, db_index=True)
    entity = models.ForeignKey("network.Entity", models.CASCADE, related_name="statements")
    stance = models.CharField(max_length=8, choices=Stance.choices)
    otherwise = models.JSONField(default=dict, blank=True)
    note = models.TextField(_("in your own words"), max_length=2000, blank=True)
    language = models.CharField(max_length=10, blank=True)
    said_on = models.DateField()
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["said_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["subject", "entity"], name="statement_once_a_body"),
            models.CheckConstraint(
                name="statement_that_differs_says_how",
                condition=~Q(stance=Stance.DIFFERS) | ~Q(otherwise={}) | ~Q(note=""),
                violation_error_message=_("Say what is different."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entity}: {self.stance} {self.subject}"
