"""Who takes part in an agreement, and who signs for each."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from entrecidades.agreements.choices import PartyChange, PartyRole
from entrecidades.agreements.models.agreement import Agreement
from entrecidades.documents.models import Document
from entrecidades.kernel import ids
from entrecidades.network.models import Entity


class Party(models.Model):
    """A body takes part in an agreement; the one who drafts it comes first.

    ``change`` says of a party of an addendum whether by it the body joins, or leaves, what is
    amended; there its own row is another.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties")
    entity = models.ForeignKey(Entity, models.PROTECT, related_name="agreement_parties")
    role = models.CharField(max_length=10, choices=PartyRole.choices, default=PartyRole.PARTY)
    change = models.CharField(max_length=6, choices=PartyChange.choices, blank=True)
    agreed_at = models.DateTimeField(_("agreed to the text"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        constraints = [models.UniqueConstraint(fields=["agreement", "entity"], name="party_once")]

    def __str__(self) -> str:
        return f"{self.entity}: {self.agreement}"

    @property
    def is_bound(self) -> bool:
        """Whether it agrees, approves and signs; an observer does not."""
        return self.role == PartyRole.PARTY


class Signatory(models.Model):
    """Somebody who signs for a party, in an office, by a power that is told.

    ``power`` is the legal basis on which the office may sign. ``person`` is her account, where
    the signatory has one and entered herself.
    """

    #: What history keeps apart so that it can be erased (audit.changes).
    personal_fields = frozenset({"name", "person"})

    public_id = models.UUIDField(default=ids.public_id, unique=True, editable=False)
    party = models.ForeignKey(Party, models.CASCADE, related_name="signatories")
    name = models.CharField(_("name"), max_length=200)
    post = models.CharField(_("office"), max_length=200)
    power = models.CharField(_("legal basis of the power to sign"), max_length=500, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    signed_on = models.DateField(_("signed on"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=200, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")

    def __str__(self) -> str:
        return f"{self.post}: {self.party}"
