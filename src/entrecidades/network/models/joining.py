"""How people come to act for a body: by invitation, or by claiming it."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from entrecidades.accounts.roles import MandateRole
from entrecidades.kernel import ids
from entrecidades.network.choices import ClaimState
from entrecidades.network.models.entity import Entity
from entrecidades.network.models.place import Place

PERSON = settings.AUTH_USER_MODEL


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """The words in which the house asks for invitations."""

    def unused(self, at: datetime) -> Self:
        """Those that can still be accepted, as far as they themselves tell."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=at)


class Invitation(models.Model):
    """Somebody is asked to act for a body in a role.

    Without an address it is open to whoever has its link or code; the first letter it
    causes goes to the address that is then named. Its code is kept as a keyed hash.
    """

    personal_fields: ClassVar = frozenset({"email", "name", "language", "by", "accepted_by"})
    secret_fields: ClassVar = frozenset({"code_hash"})

    public_id = models.UUIDField(default=ids.public_id, unique=True, editable=False)
    entity = models.ForeignKey(Entity, models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=12, choices=MandateRole.choices)
    is_open = models.BooleanField(default=False)
    email = models.EmailField(blank=True)
    name = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, blank=True)
    code_hash = models.CharField(max_length=64, unique=True)
    by = models.ForeignKey(PERSON, models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        PERSON, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.CheckConstraint(
                name="invitation_ends_once",
                condition=Q(withdrawn_at=None) | Q(accepted_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} – {self.entity}"


class Claim(models.Model):
    """Somebody says that she acts for a body that nobody acts for yet."""

    personal_fields: ClassVar = frozenset(
        {"email", "name", "language", "person", "decided_by", "backed_by"}
    )

    public_id = models.UUIDField(default=ids.public_id, unique=True, editable=False)
    entity = models.ForeignKey(
        Entity, models.CASCADE, null=True, blank=True, related_name="claims"
    )
    place = models.ForeignKey(Place, models.CASCADE, null=True, blank=True, related_name="+")
    email = models.EmailField()
    name = models.CharField(max_length=200)
    post = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=10, choices=ClaimState.choices, default=ClaimState.SENT)
    association = models.ForeignKey(
        Entity, models.SET_NULL, null=True, blank=True, related_name="claims_to_decide"
    )
    made_at = models.DateTimeField()
    #: The first of the two operators who say yes where no association decides.
    backed_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        PERSON, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(blank=True)
    person = models.ForeignKey(PERSON, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["made_at", "pk"]
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [
            models.CheckConstraint(
                name="claim_names_a_body_or_a_place",
                condition=Q(entity__isnull=False) | Q(place__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.entity or self.place}"


class MailDomain(models.Model):
    """A domain that an association knows to be a body's own."""

    personal_fields: ClassVar = frozenset({"known_by"})

    entity = models.ForeignKey(Entity, models.CASCADE, related_name="mail_domains")
    name = models.CharField(max_length=253)
    known_by = models.ForeignKey(PERSON, models.SET_NULL, null=True, related_name="+")
    known_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["entity", "name"], name="mail_domain_once_a_body")
        ]

    def __str__(self) -> str:
        return self.name
