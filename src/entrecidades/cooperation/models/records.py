"""Relations between countries, and first contacts."""

from collections.abc import Collection
from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from entrecidades.cooperation.choices import IntroductionState, Modality, Standing
from entrecidades.cooperation.rules import SILENCE
from entrecidades.kernel import ids
from entrecidades.kernel.provenance import Sourced
from entrecidades.kernel.text import TextsField, pick
from entrecidades.network.choices import Visibility
from entrecidades.network.models import Country, Entity, Shared
from entrecidades.themes.models import Theme


class Relation(Sourced):
    """The cooperation between the local governments of two countries, as a whole."""

    slug = models.SlugField(unique=True)
    one = models.ForeignKey(Country, models.PROTECT, related_name="+")
    other = models.ForeignKey(Country, models.PROTECT, related_name="+")
    title = TextsField()
    since_year = models.PositiveSmallIntegerField(null=True, blank=True)
    since_decade = models.BooleanField(default=False)  # the source gives no more than the decade
    standing = models.CharField(max_length=15, choices=Standing.choices)
    modality = models.CharField(max_length=15, choices=Modality.choices, blank=True)
    story = TextsField()
    policy = TextsField()
    role_changes = models.JSONField(default=list)
    purposes = models.JSONField(default=list)
    themes = models.ManyToManyField(Theme, related_name="relations", blank=True)
    coordinators = models.ManyToManyField(Entity, related_name="relations", blank=True)

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="relation_once_a_pair"),
            models.CheckConstraint(
                name="relation_joins_two_countries", condition=~Q(one=F("other"))
            ),
        ]

    def __str__(self) -> str:
        return pick(self.title).words

    @property
    def purpose_texts(self) -> list[str]:
        """The purposes, in the reader's language."""
        return [pick(purpose).words for purpose in self.purposes]

    @property
    def role_change_texts(self) -> list[str]:
        """How the countries' roles have changed, in the reader's language."""
        return [pick(change["how"]).words for change in self.role_changes]

    def get_absolute_url(self) -> str:
        """The relation's permanent address."""
        return reverse("web:relation-detail", kwargs={"slug": self.slug})


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    """The words in which the rest of the house asks for introductions."""

    def open(self) -> Self:
        """Those that neither ended nor were declined."""
        over = [IntroductionState.AGREED, IntroductionState.DECLINED, IntroductionState.LAPSED]
        return self.exclude(state__in=over)

    def silent(self, at: datetime) -> Self:
        """Those in which nothing has happened for so long that they lapse, reminders included."""
        over = Q(pk__in=[])
        for state, (short, long) in SILENCE.items():
            warned = Q(reminded_at__gte=F("moved_at"), reminded_at__lte=at - (long - short))
            over |= Q(warned, state=state, moved_at__lte=at - long)
        return self.filter(over)

    def falling_silent(self, at: datetime) -> Self:
        """Those in which nothing has happened for long, and whose sides were not reminded yet."""
        unmoved = Q(pk__in=[])
        for state, (short, _long) in SILENCE.items():
            unmoved |= Q(state=state, moved_at__lte=at - short)
        # Each step makes the reminder due anew.
        return self.filter(unmoved).exclude(reminded_at__gte=F("moved_at"))

    def between(self, entity: Entity, other: Entity) -> Self:
        """Those that join these two bodies, whichever asked."""
        there = Q(asker=entity, asked=other)
        return self.filter(there | Q(asker=other, asked=entity))

    def naming(self, entities: Collection[int]) -> Self:
        """Those in which one of these bodies, by their keys, takes part."""
        return self.filter(Q(asker__in=entities) | Q(asked__in=entities) | Q(broker__in=entities))


class Introduction(Shared):
    """One body asks another for a first contact, perhaps through an association."""

    OWNER = "asker"
    PARTIES = ("asked", "broker")

    #: What history keeps apart so that it can be erased (audit.changes).
    personal_fields = frozenset({"message", "proposed_by"})

    public_id = models.UUIDField(default=ids.public_id, unique=True, editable=False)
    asker = models.ForeignKey(Entity, models.PROTECT, related_name="introductions_asked")
    asked = models.ForeignKey(Entity, models.PROTECT, related_name="introductions_received")
    broker = models.ForeignKey(
        Entity, models.PROTECT, null=True, blank=True, related_name="introductions_brokered"
    )
    #: The broker has brought both together, and the asker has not asked.
    is_convened = models.BooleanField(default=False, editable=False)
    themes = models.ManyToManyField(Theme, related_name="+", blank=True)
    message = models.TextField(max_length=4000)
    language = models.CharField(max_length=10)
    state = models.CharField(
        max_length=10, choices=IntroductionState.choices, default=IntroductionState.REQUESTED
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    proposed_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = IntroductionQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at", "pk"]
        constraints = [
            models.CheckConstraint(name="introduction_joins_two", condition=~Q(asker=F("asked"))),
            # Both sides see every record that names them.
            models.CheckConstraint(
                name="introduction_is_seen_by_both",
                condition=Q(visibility__gte=Visibility.PARTNER),
                violation_error_message=_("The other side sees a contact that you asked for."),
            ),
            # Two officers who ask at once are one contact, not two.
            models.UniqueConstraint(
                fields=["asker", "asked"],
                condition=Q(state__in=["requested", "forwarded", "accepted", "talking"]),
                name="introduction_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asker} → {self.asked}"

    def get_absolute_url(self) -> str:
        """The introduction's permanent address."""
        return reverse("web:introduction-detail", kwargs={"public_id": self.public_id})
