"""Which agreements somebody sees, and which umbrellas are open to whom."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet

from entrecidades.accounts.permissions import Permission
from entrecidades.agreements.choices import BINDING, AgreementKind, PartyRole
from entrecidades.agreements.models import Agreement, AgreementQuerySet, Party
from entrecidades.network.choices import Kind, MembershipKind
from entrecidades.network.models import Entity, Membership, holding
from entrecidades.network.selectors import Reader, entities_where, seen_by


def agreements_seen_by(reader: Reader) -> AgreementQuerySet:
    """The agreements a reader sees: those of her bodies, and what others shared with her.

    Members of an association also see the umbrellas in force that admit them, whatever else is
    shared, so that they know what they may join.
    """
    seen = seen_by(reader, Agreement)
    if reader.own:
        seen |= Q(_of_members(reader.own, on=reader.on), admits_members=True, state__in=BINDING)
    return Agreement.objects.filter(seen)


def agreements_of(reader: Reader) -> AgreementQuerySet:
    """The agreements to which the reader's own bodies are parties."""
    return agreements_seen_by(reader).naming(reader.own)


def _of_members(members: Iterable[Entity | int], *, on: date) -> Q:
    """The condition that an agreement binds an association to which one of these belongs."""
    groups = Membership.objects.filter(
        holding(on), member__in=members, kind=MembershipKind.MEMBER, group__kind=Kind.ASSOCIATION
    )
    bound = Agreement.objects.filter(
        parties__entity__in=groups.values("group"), parties__role=PartyRole.PARTY
    )
    return Q(pk__in=bound.values("pk"))


def umbrellas_open_to(entity: Entity, *, on: date) -> AgreementQuerySet:
    """The umbrellas in force to which a body may adhere, as a member of their parties."""
    open_ones = Agreement.objects.binding(on).filter(admits_members=True)
    return open_ones.filter(_of_members([entity], on=on))


def umbrellas_to_join(entity: Entity, *, on: date) -> AgreementQuerySet:
    """The umbrellas open to a body to which it does not adhere yet."""
    own = Agreement.objects.open().filter(kind=AgreementKind.ADHESION, drafter=entity)
    return umbrellas_open_to(entity, on=on).exclude(pk__in=own.values("umbrella"))


def umbrellas_for(person: AbstractBaseUser | AnonymousUser, *, on: date) -> AgreementQuerySet:
    """The umbrellas in force to which a person may let one of her bodies adhere now."""
    hers = entities_where(person, Permission.DRAFT_AGREEMENT, on=on)
    adhering = Agreement.objects.open().filter(
        kind=AgreementKind.ADHESION,
        umbrella=OuterRef(OuterRef("pk")),
        drafter=OuterRef("member"),
    )
    waiting = Membership.objects.filter(
        ~Exists(adhering),
        holding(on),
        member__in=hers.order_by().values("pk"),
        kind=MembershipKind.MEMBER,
        group__kind=Kind.ASSOCIATION,
        group__agreement_parties__agreement=OuterRef("pk"),
        group__agreement_parties__role=PartyRole.PARTY,
    )
    return Agreement.objects.binding(on).filter(Exists(waiting), admits_members=True)


def bodies_to_join(
    umbrella: Agreement, person: AbstractBaseUser | AnonymousUser, *, on: date
) -> list[Entity]:
    """The bodies that a person may let adhere to an umbrella now, and that have not."""
    if not Agreement.objects.binding(on).filter(pk=umbrella.pk, admits_members=True).exists():
        return []
    hers = entities_where(person, Permission.DRAFT_AGREEMENT, on=on)
    members = Membership.objects.filter(
        holding(on), group__in=_bound(umbrella), kind=MembershipKind.MEMBER
    )
    joined = umbrella.members.open().filter(kind=AgreementKind.ADHESION)
    free = hers.filter(pk__in=members.values("member")).exclude(pk__in=joined.values("drafter"))
    return list(free.select_related("country").prefetch_related("names"))


def _bound(umbrella: Agreement) -> QuerySet[Any, Any]:
    """The associations that an umbrella binds, by their keys."""
    bound = Party.objects.filter(agreement=umbrella, role=PartyRole.PARTY)
    return bound.filter(entity__kind=Kind.ASSOCIATION).values("entity")


def umbrellas_over(entities: Sequence[Entity], *, on: date) -> AgreementQuerySet:
    """The umbrellas in force under which one of some bodies may draft, each once."""
    named = Q(pk__in=Agreement.objects.naming([one.pk for one in entities]).values("pk"))
    umbrellas = Agreement.objects.binding(on).filter(admits_members=True)
    return umbrellas.filter(named | _of_members(entities, on=on))


def covers(umbrella: Agreement, entity: Entity, *, on: date) -> bool:
    """Whether a body may draft under an umbrella: its party, or a member of its parties."""
    itself = Agreement.objects.open().filter(pk=umbrella.pk)
    named = Q(pk__in=Agreement.objects.naming([entity.pk]).values("pk"))
    return itself.filter(named | _of_members([entity], on=on)).exists()
