"""Where an agreement stands: who may lead it on, what is still missing, what can be undone."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from entrecidades.accounts.permissions import Permission
from entrecidades.agreements.choices import AgreementStep, ApprovalState, PartyRole, Stage
from entrecidades.agreements.life import NOT_UNDONE, TAKEN_WITH
from entrecidades.agreements.models import Agreement, AgreementMove, Approval, Party
from entrecidades.kernel.text import with_colon
from entrecidades.network.selectors import entities_where

#: What people of a party may do for it in the life of an agreement.
RIGHTS = (
    Permission.DRAFT_AGREEMENT,
    Permission.APPROVE_AGREEMENT,
    Permission.SIGN_AGREEMENT,
)


def bound_parties(agreement: Agreement) -> QuerySet[Party]:
    """The parties that are bound, the drafter first; observers are none of them."""
    rows = Party.objects.filter(agreement=agreement, role=PartyRole.PARTY)
    return rows.select_related("entity__country").prefetch_related("entity__names")


def parties_with(
    agreement: Agreement,
    person: AbstractBaseUser | AnonymousUser,
    permission: Permission,
    *,
    on: date,
) -> list[Party]:
    """The bound parties for which a person may do something on a day."""
    hers = entities_where(person, permission, on=on).values("pk")
    return list(bound_parties(agreement).filter(entity__in=hers))


def bodies_by_right(
    person: AbstractBaseUser | AnonymousUser, *, on: date
) -> dict[Permission, frozenset[int]]:
    """For which bodies, by their keys, a person may do what on a day."""
    return {
        right: frozenset(entities_where(person, right, on=on).values_list("pk", flat=True))
        for right in RIGHTS
    }


def rights_in(
    agreement: Agreement, bodies: Mapping[Permission, frozenset[int]]
) -> frozenset[Permission]:
    """What somebody may do in an agreement for one of its bound parties or another."""
    bound = {party.entity_id for party in agreement.parties.all() if party.is_bound}
    return frozenset(right for right, keys in bodies.items() if keys & bound)


def standing_approvals(agreement: Agreement) -> QuerySet[Approval]:
    """The approvals that count: those that were not set aside."""
    rows = Approval.objects.filter(party__agreement=agreement, set_aside_at=None)
    return rows.select_related("party__entity", "document").order_by("party", "pk")


def missing_approvals(
    agreement: Agreement, stages: Iterable[Stage], *, party: Party | None = None
) -> list[str]:
    """The required approvals that are neither given nor waived, each with its party's name."""
    rows = standing_approvals(agreement).filter(
        state=ApprovalState.OPEN, is_required=True, stage__in=[*stages]
    )
    if party is not None:
        rows = rows.filter(party=party)
    return [with_colon(one.party.entity.name_in(), one) for one in rows]


def unsigned_parties(agreement: Agreement) -> list[str]:
    """The bound parties of which not everybody has signed, or nobody is named, by their names."""
    # Who joined by an addendum has signed that.
    joined = agreement.moves.filter(step=AgreementStep.ADMIT, undone_at=None).values("entity")
    rows = bound_parties(agreement).exclude(entity__in=joined)
    parties = rows.prefetch_related("signatories")
    return [one.entity.name_in() for one in parties if not has_signed(one)]


def has_signed(party: Party) -> bool:
    """Whether everybody who signs for a party has done so, and there is somebody."""
    signatories = list(party.signatories.all())
    return bool(signatories) and all(one.signed_on for one in signatories)


def last_moves(agreement: Agreement) -> list[AgreementMove]:
    """The steps of the last act, the latest first, if they can still be taken back.

    Nothing followed them, they were somebody's to take, and taking them back is no step itself.
    """
    standing = agreement.moves.filter(undone_at=None)
    moves = list(standing.filter(version=agreement.version).order_by("-pk"))
    steps = {AgreementStep(move.step) for move in moves}
    return moves if moves and steps <= {*TAKEN_WITH} - NOT_UNDONE else []
