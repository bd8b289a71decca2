"""Who may do what for which body, on which day: person × role × body, through mandates."""

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import DELEGABLE, Permission
from entrecidades.accounts.roles import MandateRole, roles_with
from entrecidades.network.models import Entity, Mandate, holding
from entrecidades.network.models.entity import EntityQuerySet
from entrecidades.network.rules import NotAllowed


def mandates_of(
    person: AbstractBaseUser | AnonymousUser, *, on: date, roles: list[MandateRole] | None = None
) -> QuerySet[Mandate]:
    """The mandates a person holds herself on a day; with ``roles``, those in one of them."""
    if person.pk is None or not person.is_active:
        return Mandate.objects.none()  # a mandate of a body names no person: it is nobody's own
    held = Mandate.objects.filter(holding(on), person=person.pk)
    return held if roles is None else held.filter(role__in=roles)


def entities_where(
    person: AbstractBaseUser | AnonymousUser, permission: Permission, *, on: date
) -> EntityQuerySet:
    """The bodies for which a person may do something on a day.

    Her own role allows it, or her role in an association that the body entrusted does, for
    what can be entrusted at all.
    """
    own = mandates_of(person, on=on, roles=roles_with(permission)).values("entity")
    through = Q(pk__in=[])
    if permission in DELEGABLE:
        entrusted = Mandate.objects.filter(holding(on), agent__in=own).values("entity")
        through = Q(pk__in=entrusted)
    return Entity.objects.filter(Q(pk__in=own) | through)


def may(
    person: AbstractBaseUser | AnonymousUser, permission: Permission, entity: Entity, *, on: date
) -> bool:
    """Whether a person may do something for a body on a day."""
    return entities_where(person, permission, on=on).filter(pk=entity.pk).exists()


def require(
    person: AbstractBaseUser | AnonymousUser, permission: Permission, entity: Entity, *, on: date
) -> None:
    """Refuse unless the person may do this for the body on the day.

    Raises
    ------
    NotAllowed
        Her mandates on the day do not allow it; the sentence says what, and for which body.
    """
    if not may(person, permission, entity, on=on):
        said = {"act": permission.label, "body": entity.name_in()}
        raise NotAllowed(_("Your role does not allow this for %(body)s: %(act)s.") % said)
