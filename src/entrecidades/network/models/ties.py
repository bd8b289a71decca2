"""Ties between entities, each with its dates: who belongs, who follows, who acts for whom."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from entrecidades.accounts.roles import MandateRole
from entrecidades.kernel.editing import Units, filled
from entrecidades.kernel.provenance import Sourced
from entrecidades.kernel.removal import Present
from entrecidades.kernel.text import TextsField, pick
from entrecidades.network.choices import MembershipKind, Stance, SuccessionKind
from entrecidades.network.models.editing import Kept
from entrecidades.network.models.entity import Entity
from entrecidades.network.models.statement import Confirmable
from entrecidades.network.rules import check_holder, check_office


def holding(on: date) -> Q:
    """The condition that a tie holds on a day; an unknown date does not exclude."""
    begun = Q(valid_from=None) | Q(valid_from__lte=on)
    return begun & (Q(valid_to=None) | Q(valid_to__gte=on))


class Dated(models.Model):
    """A tie that holds from one day to another, both included; unknown days are empty."""

    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_ends_after_it_begins",
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            )
        ]


class Membership(Confirmable, Dated, Sourced):
    """A body belongs to another: a city to an association, a town to a metropolitan grouping.

    One that an association announced gives it no right over the body, nor the body any in it,
    until the body says that it is so.
    """

    SIDES = ("member", "group")
    SAID = ("valid_from", "valid_to")
    STANDS = ("confirmation", "kind")

    member = models.ForeignKey(Entity, models.PROTECT, related_name="memberships")
    group = models.ForeignKey(Entity, models.PROTECT, related_name="members")
    kind = models.CharField(
        max_length=10, choices=MembershipKind.choices, default=MembershipKind.MEMBER
    )

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="membership_joins_two", condition=~Q(member=F("group"))),
            models.UniqueConstraint(
                fields=["member", "group", "kind", "valid_from"], name="membership_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} ∈ {self.group}"

    def stand(self, said: Sequence[Stance | None]) -> None:
        """An announced member is one as soon as it says so itself."""
        super().stand(said)
        if self.kind == MembershipKind.ANNOUNCED and said[0] == Stance.CONFIRMS:
            self.kind = MembershipKind.MEMBER


class Succession(Sourced):
    """One body came after another; both keep their history."""

    predecessor = models.ForeignKey(Entity, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Entity, models.PROTECT, related_name="predecessions")
    kind = models.CharField(max_length=10, choices=SuccessionKind.choices)
    happened_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(
                name="succession_joins_two", condition=~Q(predecessor=F("successor"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class Homologue(Confirmable, Dated, Sourced):
    """Two bodies with the same role in two countries: each is the other's counterpart."""

    SIDES = ("one", "other")
    SAID = ("valid_from", "valid_to")

    one = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    other = models.ForeignKey(Entity, models.PROTECT, related_name="+")
    note = TextsField()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["one", "other"], name="homologue_once"),
            # One order only, so that a pair is never stored twice.
            models.CheckConstraint(name="homologue_in_order", condition=Q(one__lt=F("other"))),
        ]

    def __str__(self) -> str:
        return f"{self.one} ↔ {self.other}"


class Post(Dated, Kept):
    """An office in a body and its term; the record is the body's, whoever holds it.

    A holder is named only where she has agreed to it: the unit ``holder`` is who is named.
    """

    #: What history keeps apart so that it can be erased (audit.changes).
    personal_fields = Kept.personal_fields | {"holder", "holder_agreed"}

    EDITED = ("title", "contact_email", "valid_from", "valid_to")

    entity = models.ForeignKey(Entity, models.CASCADE, related_name="posts")
    title = TextsField()
    contact_email = models.EmailField(blank=True)
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="posts"
    )
    holder_agreed = models.BooleanField(default=False)

    objects = Present()

    def __str__(self) -> str:
        return f"{pick(self.title)} – {self.entity}"

    def units(self) -> dict[str, Any]:
        """What the office says, and who is named as its holder."""
        return filled(
            {**super().units(), "holder": self.holder_id if self.holder_agreed else None}
        )

    def take(self, units: Units) -> None:
        """Say these units instead; who is named has agreed to it, who is not is not kept."""
        super().take(units)
        if "holder" in units:
            self.holder_id = units["holder"]
            self.holder_agreed = self.holder_id is not None

    def check_edit(self, changed: Units, *, by: int) -> None:
        """Refuse an office without a title, and a holder who does not name herself."""
        check_office(self.title)
        check_holder(changed.get("holder"), by=by)


class Mandate(Dated):
    """Somebody acts for a body: a person in a role, or another body that was entrusted with it.

    The second kind lets an association act for a member that allowed it; what its
    people may then do follows from their roles in the association.
    """

    #: What history keeps apart so that it can be erased (audit.changes).
    personal_fields = frozenset({"person"})

    entity = models.ForeignKey(Entity, models.CASCADE, related_name="mandates")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="mandates"
    )
    agent = models.ForeignKey(
        Entity, models.CASCADE, null=True, blank=True, related_name="mandates_held"
    )
    role = models.CharField(max_length=12, choices=MandateRole.choices, blank=True)

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="mandate_names_one_agent",
                condition=Q(person=None, agent__isnull=False)
                | Q(person__isnull=False, agent=None),
                violation_error_message=_("A mandate names either a person or a body."),
            ),
            models.CheckConstraint(
                name="mandate_of_a_person_has_a_role",
                condition=Q(person=None, role="") | Q(person__isnull=False) & ~Q(role=""),
                violation_error_message=_("Say in which role the person acts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person or self.agent} for {self.entity}"
