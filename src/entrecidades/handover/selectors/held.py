"""What points to a person because she acts for a body, and must point to somebody who does.

Every open record of this kind moves when she leaves. What only tells who did something stays:
it is history. A test holds each field that names a person against these two lists.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from entrecidades.accounts.models import Person
from entrecidades.cooperation.models import Introduction
from entrecidades.handover.models import HandOver
from entrecidades.network.models import Entity, Invitation, Mandate, Post


@dataclass(frozen=True, slots=True)
class Held:
    """One way in which an open record of a body waits for a person.

    ``besides`` is what else changes when it moves: a new holder has not yet agreed to be named.
    """

    model: type[Model]
    name: str
    title: str | Promise
    of: Callable[[Entity, datetime], QuerySet[Any]]
    besides: Mapping[str, object] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The field's name in the house, such as ``network.Post.holder``."""
        return f"{self.model._meta.label}.{self.name}"


def _contacts(body: Entity, _at: datetime) -> QuerySet[Introduction]:
    """Contacts that the body asked for and that go on."""
    return Introduction.objects.open().filter(asker=body)


def _posts(body: Entity, at: datetime) -> QuerySet[Post]:
    """Offices whose term is not over."""
    return Post.objects.filter(Q(valid_to=None) | Q(valid_to__gte=at.date()), entity=body)


def _invitations(body: Entity, at: datetime) -> QuerySet[Invitation]:
    """Invitations that can still be accepted: by word of whoever sent them."""
    return Invitation.objects.unused(at).filter(entity=body)


def _kept(body: Entity, at: datetime) -> QuerySet[HandOver]:
    """Desks that somebody keeps for a successor who has not answered."""
    return HandOver.objects.awaiting(at).filter(entity=body)


#: A room whose records wait for a person adds a line here.
HELD = (
    Held(Introduction, "proposed_by", _("First contacts she asked for"), _contacts),
    Held(Post, "holder", _("Posts she holds"), _posts, {"holder_agreed": False}),
    Held(Invitation, "by", _("Invitations she sent"), _invitations),
    Held(HandOver, "kept_by", _("Desks she keeps for somebody invited"), _kept),
)


def held_by(held: Held, person: Person, body: Entity, *, at: datetime) -> QuerySet[Any]:
    """The open records of a body that wait for a person in one way."""
    return held.of(body, at).filter(**{held.name: person}).order_by("pk")


def waiting_for(person: Person, body: Entity, *, at: datetime) -> list[tuple[str, list[Any]]]:
    """Everything of a body that waits for a person, by kind; kinds of which there is none too."""
    return [(str(one.title), list(held_by(one, person, body, at=at))) for one in HELD]


def mandates_now_or_later(person: Person, body: Entity, *, at: datetime) -> QuerySet[Mandate]:
    """The mandates of a person in a body that hold on the day, or will."""
    unended = Q(valid_to=None) | Q(valid_to__gte=at.date())
    return Mandate.objects.filter(unended, entity=body, person=person).order_by("pk")


def hand_overs_undoable(body: Entity, *, since: datetime) -> QuerySet[HandOver]:
    """The hand-overs of a body since a moment that were not undone."""
    return HandOver.objects.filter(entity=body, made_at__gte=since, undone_at=None).select_related(
        "leaver", "kept_by", "invitation"
    )
