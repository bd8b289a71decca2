"""What happens to an agreement: its steps, and the approvals that its parties need."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from entrecidades.agreements.choices import (
    AgreementState,
    AgreementStep,
    ApprovalState,
    PartyRole,
    Stage,
)
from entrecidades.agreements.models.agreement import Agreement
from entrecidades.agreements.models.party import Party, Signatory
from entrecidades.documents.models import Document
from entrecidades.kernel import ids
from entrecidades.kernel.text import TextsField, pick
from entrecidades.network.models import Entity


class Decided(models.Model):
    """A decision of an organ: which one, by which act, on which day, why, and the act itself."""

    deciding_body = models.CharField(_("deciding body"), max_length=200, blank=True)
    act_number = models.CharField(_("number of the act"), max_length=100, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    reason = models.TextField(_("reason"), max_length=2000, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        abstract = True


class AgreementMove(Decided):
    """One step in the life of an agreement, with the days it changed, so that it can be undone.

    Steps of one act (the last signature also brings it into force) have one ``version``. A step
    that an ``addendum`` takes in what it amends keeps what it changed: the last day as it was, or
    the role that ``entity`` had.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="moves")
    entity = models.ForeignKey(Entity, models.PROTECT, null=True, blank=True, related_name="+")
    signatory = models.ForeignKey(
        Signatory, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    step = models.CharField(max_length=16, choices=AgreementStep.choices)
    was = models.CharField(max_length=12, choices=AgreementState.choices)
    now = models.CharField(max_length=12, choices=AgreementState.choices)
    was_signed_on = models.DateField(null=True, blank=True)
    was_in_force_from = models.DateField(null=True, blank=True)
    was_ends_on = models.DateField(null=True, blank=True)
    was_role = models.CharField(max_length=10, choices=PartyRole.choices, blank=True)
    addendum = models.ForeignKey(
        Agreement, models.PROTECT, null=True, blank=True, related_name="changes"
    )
    version = models.PositiveIntegerField()  # the agreement's own, once the step was taken
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["agreement", "pk"]

    def __str__(self) -> str:
        return f"{self.was} → {self.now}"


class Approval(Decided):
    """Something that the law or the custom of a party's country asks of it for an agreement.

    It is copied from the checklist as it stood (`checklists`), so that a later edition of the
    checklist changes nothing that was decided. Set aside when the text is opened again.
    """

    #: What history keeps apart so that it can be erased (audit.changes).
    personal_fields = frozenset({"settled_by"})

    public_id = models.UUIDField(default=ids.public_id, unique=True, editable=False)
    party = models.ForeignKey(Party, models.CASCADE, related_name="approvals")
    key = models.CharField(max_length=60)
    title = TextsField()
    law = TextsField()
    source_url = models.URLField(max_length=500, blank=True)
    checklist_of = models.DateField()
    is_verified = models.BooleanField(default=False)
    is_required = models.BooleanField(default=True)
    stage = models.CharField(max_length=10, choices=Stage.choices)
    state = models.CharField(
        max_length=8, choices=ApprovalState.choices, default=ApprovalState.OPEN
    )
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    set_aside_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["party", "pk"]
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        constraints = [
            models.UniqueConstraint(
                fields=["party", "key"],
                condition=Q(set_aside_at=None),
                name="approval_once_a_party",
            ),
            models.CheckConstraint(
                name="approval_given_is_decided",
                condition=~Q(state=ApprovalState.GIVEN)
                | ~Q(deciding_body="") & ~Q(act_number="") & Q(decided_on__isnull=False),
            ),
            models.CheckConstraint(
                name="approval_waived_has_a_reason",
                condition=~Q(state=ApprovalState.WAIVED) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return pick(self.title).words
