"""Which agreements somebody sees, and which umbrellas are open to whom."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q

from entrecidades.agreements.choices import PartyRole
from entrecidades.agreements.models import Agreement, AgreementQuerySet
from entrecidades.network.choices import Kind, MembershipKind
from entrecidades.network.models import Entity, Membership, holding
from entrecidades.network.selectors import Reader, seen_by


def agreements_seen_by(reader: Reader) -> AgreementQuerySet:
    """The agreements a reader sees: those of her bodies, and what others shared with her."""
    return Agreement.objects.filter(seen_by(reader, Agreement))


def agreements_of(reader: Reader) -> AgreementQuerySet:
    """The agreements to which the reader's own bodies are parties."""
    return agreements_seen_by(reader).naming(reader.own)


def _of_members(members: Iterable[Entity], *, on: date) -> Q:
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
