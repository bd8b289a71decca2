"""Agreements, and the series their references are given out from."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from entrecidades.agreements.choices import (
    BINDING,
    ENDED,
    AgreementKind,
    AgreementState,
)
from entrecidades.agreements.life import DORMANT_AFTER
from entrecidades.agreements.rules import NotSigned
from entrecidades.cooperation.models import Introduction, Programme
from entrecidades.kernel import ids
from entrecidades.kernel.text import TextsField, pick
from entrecidades.kernel.versions import Versioned
from entrecidades.network.choices import Visibility
from entrecidades.network.models import Entity, Shared
from entrecidades.themes.models import Theme


class Series(models.Model):
    """The numbers given out to agreements between the same countries within a year."""

    prefix = models.CharField(max_length=40, unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = _("series")

    def __str__(self) -> str:
        return f"{self.prefix}: {self.last}"


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """The words in which the rest of the house asks for agreements."""

    def binding(self, on: date) -> Self:
        """Those that bind their parties on a day."""
        begun = Q(in_force_from=None) | Q(in_force_from__lte=on)
        lasting = Q(ends_on=None) | Q(ends_on__gte=on)
        return self.filter(begun & lasting, state__in=BINDING)

    def open(self) -> Self:
        """Those that have not ended."""
        return self.exclude(state__in=ENDED)

    def ending_by_themselves(self) -> Self:
        """Those that end on their last day; that of an addendum is of what it amends."""
        return self.exclude(kind=AgreementKind.ADDENDUM)

    def silent(self, at: datetime) -> Self:
        """Those that bind, of which nothing was heard for too long, and that are not flagged."""
        binding = self.filter(state__in=BINDING, is_dormant=False)
        return binding.filter(heard_at__lte=at - DORMANT_AFTER)

    def naming(self, entities: models.QuerySet[Entity] | list[int] | frozenset[int]) -> Self:
        """Those to which one of these bodies is a party, in whatever role; each once."""
        return self.filter(pk__in=self.model.objects.filter(parties__entity__in=entities))


class Agreement(Shared, Versioned):
    """An act by which bodies bind themselves to cooperate, from the first idea to its end.

    The drafter's row among its parties is one like the others. ``version`` counts whatever
    happens to it, so that an act can be undone while nothing has followed; ``heard_at`` is its
    last sign of life. An umbrella that
    ``admits_members`` may be joined by the members of its parties, for its own themes.
    """

    OWNER = "drafter"
    PARTIES = ("parties__entity",)
    EDITED = ("title", "themes")

    public_id = models.UUIDField(default=ids.public_id, unique=True, editable=False)
    reference = models.CharField(max_length=60, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=12, choices=AgreementKind.choices)
    title = TextsField()
    languages = models.JSONField(_("languages of its text"), default=list)
    drafter = models.ForeignKey(Entity, models.PROTECT, related_name="agreements_drafted")
    state = models.CharField(
        max_length=12, choices=AgreementState.choices, default=AgreementState.EXPLORATORY
    )
    is_dormant = models.BooleanField(default=False, editable=False)
    themes = models.ManyToManyField(Theme, related_name="agreements", blank=True)
    introduction = models.ForeignKey(
        Introduction, models.PROTECT, null=True, blank=True, related_name="agreements"
    )
    umbrella = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="members"
    )
    amends = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="addenda"
    )
    programme = models.ForeignKey(
        Programme, models.PROTECT, null=True, blank=True, related_name="agreements"
    )
    admits_members = models.BooleanField(
        _("members of the associations may adhere to it"), default=False
    )
    opened_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    heard_at = models.DateTimeField()
    reminded_days = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    in_force_from = models.DateField(_("in force from"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-pk"]
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        constraints = [
            models.CheckConstraint(
                name="agreement_is_public_once_signed",
                condition=Q(visibility__lt=Visibility.PUBLIC) | Q(signed_on__isnull=False),
            ),
            # All parties see every record that names them.
            models.CheckConstraint(
                name="agreement_is_seen_by_its_parties",
                condition=Q(visibility__gte=Visibility.PARTNER),
                violation_error_message=_("Its parties see an agreement."),
            ),
            models.CheckConstraint(
                name="agreement_addendum_amends_one",
                condition=Q(kind=AgreementKind.ADDENDUM, amends__isnull=False)
                | ~Q(kind=AgreementKind.ADDENDUM) & Q(amends=None),
                violation_error_message=_("An addendum, and nothing else, amends an agreement."),
            ),
            models.CheckConstraint(
                name="agreement_adhesion_has_an_umbrella",
                condition=~Q(kind=AgreementKind.ADHESION) | Q(umbrella__isnull=False),
                violation_error_message=_("Say to which umbrella agreement the body adheres."),
            ),
            models.CheckConstraint(
                name="agreement_ends_after_it_begins",
                condition=Q(in_force_from=None)
                | Q(ends_on=None)
                | Q(ends_on__gte=F("in_force_from")),
                violation_error_message=_("An agreement cannot end before it is in force."),
            ),
            models.CheckConstraint(
                name="agreement_in_force_is_dated",
                condition=~Q(state__in=BINDING)
                | Q(signed_on__isnull=False, in_force_from__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["state", "ends_on"], name="agreement_state_end")]

    def __str__(self) -> str:
        return f"{self.reference} {pick(self.title).words}"

    def clean(self) -> None:
        """Refuse to show everybody what is not signed (the database says it too, in no words)."""
        if self.visibility == Visibility.PUBLIC and self.signed_on is None:
            raise NotSigned(_("Everybody can be shown an agreement once it is signed."))

    @property
    def ends_by_itself(self) -> bool:
        """Whether it ends on its last day; that of an addendum is of what it amends."""
        return self.kind != AgreementKind.ADDENDUM

    def get_absolute_url(self) -> str:
        """The agreement's permanent address."""
        return reverse("web:agreement-detail", kwargs={"reference": self.reference})
