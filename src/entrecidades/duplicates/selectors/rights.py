"""Whose duplicates somebody may propose."""

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser

from entrecidades.accounts.roles import MandateRole
from entrecidades.network.choices import MembershipKind
from entrecidades.network.models import Entity, Membership, holding
from entrecidades.network.selectors import mandates_of

Person = AbstractBaseUser | AnonymousUser


def coordinated_by(person: Person, *, on: date) -> set[int]:
    """The associations a person coordinates on a day, by their keys."""
    held = mandates_of(person, on=on, roles=[MandateRole.COORDINATOR])
    return set(held.values_list("entity", flat=True))


def may_propose(person: Person, *, on: date) -> bool:
    """Whether a person may propose duplicates at all."""
    operator = person.is_active and getattr(person, "is_staff", False)
    return operator or bool(coordinated_by(person, on=on))


def may_propose_for(person: Person, entity: Entity, *, on: date) -> bool:
    """Whether an entry is hers to speak about: her association, a member of it, or any."""
    if person.is_active and getattr(person, "is_staff", False):
        return True
    groups = coordinated_by(person, on=on)
    return (
        entity.pk in groups
        or Membership.objects.filter(
            holding(on), member=entity, group__in=groups, kind=MembershipKind.MEMBER
        ).exists()
    )
