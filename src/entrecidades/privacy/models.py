"""What people ask about their data, what went wrong with it, and the offices the erased held."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from entrecidades.accounts.roles import MandateRole
from entrecidades.kernel import ids
from entrecidades.network.models import Entity
from entrecidades.privacy.choices import Country, RequestKind, RequestState

PERSON = settings.AUTH_USER_MODEL


class Clocked(models.Model):
    """Something that a law wants answered in time."""

    public_id = models.UUIDField(default=ids.public_id, unique=True, editable=False)
    country = models.CharField(_("country"), max_length=2, choices=Country.choices)
    law = models.CharField(max_length=10)
    began_at = models.DateTimeField()
    due_at = models.DateTimeField()
    reminded = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True


class DataRequest(Clocked):
    """Somebody asks for what the law gives her; what is kept of it outlives her account."""

    personal_fields: ClassVar = frozenset({"person", "email", "words", "decided_by"})

    kind = models.CharField(_("what is asked"), max_length=13, choices=RequestKind.choices)
    state = models.CharField(max_length=9, choices=RequestState.choices, default=RequestState.OPEN)
    person = models.ForeignKey(
        PERSON, models.SET_NULL, null=True, blank=True, related_name="data_requests"
    )
    email = models.EmailField(_("e-mail address"), blank=True)
    words = models.TextField(_("in her own words"), blank=True)
    extended = models.BooleanField(default=False)
    decided_by = models.ForeignKey(
        PERSON, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)

    class Meta:
        ordering = ["due_at", "pk"]
        verbose_name = _("data request")
        verbose_name_plural = _("data requests")
        constraints = [
            models.UniqueConstraint(
                name="one_erasure_at_a_time",
                fields=["person"],
                condition=Q(kind="erasure", state__in=["open", "confirmed"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_country_display()})"

    @property
    def is_open(self) -> bool:
        """Whether somebody still waits."""
        return self.state in {RequestState.OPEN, RequestState.CONFIRMED}


class Incident(Clocked):
    """Something went wrong with people's data, or may have; says what, never of whom."""

    personal_fields: ClassVar = frozenset({"noted_by"})

    title = models.CharField(_("what happened"), max_length=200)
    text = models.TextField(_("what is known, and what was done"), blank=True)
    noted_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+")
    authority_told_at = models.DateTimeField(null=True, blank=True)
    people_told_at = models.DateTimeField(null=True, blank=True)
    details_due_at = models.DateTimeField(null=True, blank=True)
    details_told_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-began_at", "-pk"]
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")

    def __str__(self) -> str:
        return self.title


class FormerOffice(models.Model):
    """An office that somebody held who is erased: her number is told by its role."""

    personal_fields: ClassVar = frozenset({"number"})

    number = models.BigIntegerField(db_index=True)
    entity = models.ForeignKey(Entity, models.CASCADE, related_name="+")
    role = models.CharField(max_length=12, choices=MandateRole.choices)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.get_role_display()} – {self.entity}"


class Dormancy(models.Model):
    """An account that nobody has used for long was told by letter that it will be erased."""

    personal_fields: ClassVar = frozenset({"person"})

    person = models.OneToOneField(PERSON, models.CASCADE, related_name="dormancy")
    warned_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.person_id} {self.warned_at:%Y-%m-%d}"
