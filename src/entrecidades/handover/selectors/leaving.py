"""What is left behind when somebody stops acting for a body, and who could take it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from entrecidades.accounts.models import Person
from entrecidades.accounts.permissions import Permission
from entrecidades.accounts.roles import roles_with
from entrecidades.handover.selectors.held import mandates_now_or_later, waiting_for
from entrecidades.network.models import Entity, Mandate
from entrecidades.network.selectors.joining import last_inviter_of, team_of


@dataclass(frozen=True, slots=True)
class Left:
    """What waits for one person in a body, kind by kind, and the colleagues who stay."""

    body: Entity
    leaver: Person
    things: list[tuple[str, list[Any]]]
    colleagues: list[Person]
    is_last: bool = False

    @property
    def needs_heir(self) -> bool:
        """Whether something would wait for nobody, though somebody could take it."""
        return bool(self.things and self.colleagues)

    @property
    def needs_successor(self) -> bool:
        """Whether whoever goes for good has to say who follows: nobody else could invite."""
        return self.needs_heir or bool(self.is_last and self.colleagues)

    @property
    def is_left_alone(self) -> bool:
        """Whether nobody acts for the body afterwards who could follow."""
        return self.is_last and not self.colleagues


def left_by(person: Person, body: Entity, *, at: datetime) -> Left:
    """What a person would leave behind in a body, and to whom it can be given.

    Colleagues whose role reads nothing of the body could do nothing with it.
    """
    things = [(title, rows) for title, rows in waiting_for(person, body, at=at) if rows]
    reading = team_of(body, on=at.date()).filter(role__in=roles_with(Permission.READ))
    colleagues = {one.person.pk: one.person for one in reading if one.person}
    colleagues.pop(person.pk, None)
    is_last = last_inviter_of(person, on=at.date()).filter(pk=body.pk).exists()
    return Left(body, person, things, list(colleagues.values()), is_last)


def left_with(mandate: Mandate, *, at: datetime) -> Left | None:
    """What the end of one mandate leaves behind; None while she acts for the body in another."""
    holder = mandate.person
    if holder is None or mandates_now_or_later(holder, mandate.entity, at=at).exclude(
        pk=mandate.pk
    ):
        return None
    return left_by(holder, mandate.entity, at=at)


def bodies_left(person: Person, *, at: datetime) -> list[Entity]:
    """The bodies for which a person acts, or will, and would act no more."""
    held = Mandate.objects.filter(person=person).values("entity")
    bodies = Entity.objects.filter(pk__in=held).select_related("country").order_by("pk")
    return [body for body in bodies if mandates_now_or_later(person, body, at=at).exists()]
