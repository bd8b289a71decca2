"""Who acts for a body, who is invited, who claims it, and which addresses are its own."""

from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db.models import Max, Q, QuerySet

from entrecidades.accounts.permissions import Permission
from entrecidades.accounts.roles import roles_with
from entrecidades.network.choices import ClaimState, Kind, MembershipKind
from entrecidades.network.domains import Domain, domain_of_website
from entrecidades.network.models import Claim, Entity, Invitation, Mandate, holding
from entrecidades.network.selectors.rights import entities_where


def team_of(entity: Entity, *, on: date) -> QuerySet[Mandate]:
    """The people who act for a body on a day, with when each was last seen."""
    return (
        Mandate.objects.filter(holding(on), entity=entity, person__is_active=True)
        .select_related("person", "entity")
        .annotate(seen_at=Max("person__sign_ins__seen_at"))
        .order_by("valid_from", "pk")
    )


def is_body_claimed(entity: Entity, *, on: date) -> bool:
    """Whether somebody who can invite acts for a body on a day."""
    inviters = roles_with(Permission.INVITE)
    return team_of(entity, on=on).filter(role__in=inviters).exists()


def last_inviter_of(person: AbstractBaseUser, *, on: date) -> QuerySet[Entity]:
    """The bodies for which nobody could invite if a person went: she alone can, on a day."""
    inviting = Mandate.objects.filter(holding(on), role__in=roles_with(Permission.INVITE))
    others = inviting.filter(person__is_active=True).exclude(person=person.pk)
    return (
        Entity.objects.filter(pk__in=inviting.filter(person=person.pk).values("entity"))
        .exclude(pk__in=others.values("entity"))
        .order_by("pk")
    )


def open_invitations(entity: Entity, *, at: datetime) -> QuerySet[Invitation]:
    """The invitations of a body that nobody has used yet."""
    return Invitation.objects.unused(at).filter(entity=entity).select_related("by")


def own_domains(entity: Entity) -> list[Domain]:
    """The e-mail domains that are a body's own: its website's, and those its association knows."""
    shown = domain_of_website(entity.website, country=entity.country_id)
    known = [Domain(name) for name in entity.mail_domains.values_list("name", flat=True)]
    return [*([shown] if shown else []), *known]


def is_own_address(entity: Entity, email: str) -> bool:
    """Whether an address is of one of a body's own domains."""
    return any(domain.holds(email) for domain in own_domains(entity))


def association_of(entity: Entity, *, on: date) -> Entity | None:
    """The association that decides about claims of a member: one in which somebody can."""
    deciders = roles_with(Permission.DECIDE_CLAIMS)
    staffed = Mandate.objects.filter(
        holding(on), role__in=deciders, person__is_active=True
    ).values("entity")
    return (
        Entity.objects.filter(kind=Kind.ASSOCIATION, pk__in=staffed)
        .filter(
            pk__in=entity.memberships.filter(holding(on), kind=MembershipKind.MEMBER).values(
                "group"
            )
        )
        .order_by("pk")
        .first()
    )


def claims_waiting_for(person: AbstractBaseUser, *, on: date) -> QuerySet[Claim]:
    """The claims that wait for a person's decision on a day, oldest first.

    For operators also those about which no association decides.
    """
    mine = entities_where(person, Permission.DECIDE_CLAIMS, on=on).order_by().values("pk")
    hers = Q(association__in=mine)
    if getattr(person, "is_staff", False):
        hers |= Q(association=None)
    waiting = Claim.objects.filter(hers, state=ClaimState.WAITING, entity__isnull=False)
    return waiting.select_related("entity__country", "association")
