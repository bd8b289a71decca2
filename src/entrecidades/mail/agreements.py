"""Who is told of an agreement: the people of its parties, and of an umbrella their members."""

from typing import Any

from django.db.models import QuerySet

from entrecidades.accounts.models import Person
from entrecidades.accounts.permissions import Permission
from entrecidades.accounts.roles import roles_with
from entrecidades.agreements.choices import AgreementState
from entrecidades.agreements.models import Agreement
from entrecidades.kernel import clock
from entrecidades.network.choices import MembershipKind
from entrecidades.network.models import Mandate, Membership, holding
from entrecidades.queue.services import enqueue

MOVED = "moved"
#: When the members of the parties of an umbrella are told of it.
IN_FORCE = f"{MOVED}:{AgreementState.IN_FORCE}"


def tell_of_agreement(agreement_id: int, event: str) -> None:
    """Promise a letter to everybody of its parties whom an event of an agreement concerns."""
    agreement = Agreement.objects.filter(pk=agreement_id).first()
    if agreement is None:
        return
    parties = agreement.parties.values("entity")
    _write(agreement, event, parties)
    if agreement.admits_members and event == IN_FORCE:
        groups = Membership.objects.filter(
            holding(clock.today()), group__in=parties, kind=MembershipKind.MEMBER
        )
        _write(agreement, "umbrella", groups.exclude(member__in=parties).values("member"))


def _write(agreement: Agreement, event: str, bodies: QuerySet[Any, Any]) -> None:
    """Promise a letter to each of the people of some bodies."""
    for reader in _readers(bodies):
        enqueue(
            "mail.write",
            kind="agreement",
            subject_id=agreement.pk,
            reader_id=reader.pk,
            told=event,
        )


def _readers(bodies: QuerySet[Any, Any]) -> list[Person]:
    """The people of some bodies who draft or approve agreements, each once."""
    roles = {
        *roles_with(Permission.DRAFT_AGREEMENT),
        *roles_with(Permission.APPROVE_AGREEMENT),
    }
    mandates = Mandate.objects.filter(
        holding(clock.today()),
        entity__in=bodies,
        role__in=roles,
    )
    acting = Person.objects.filter(pk__in=mandates.values("person"), is_active=True)
    return list(acting.order_by("pk"))


def agreement(subject_id: int) -> dict[str, object] | None:
    """The agreement that a letter is about."""
    found = Agreement.objects.select_related("drafter").filter(pk=subject_id).first()
    return {"agreement": found} if found else None


def event(told: str) -> dict[str, object]:
    """What happened: the state a move led to, the days left, or the number of a version."""
    name, _of, fact = told.partition(":")
    if name == MOVED:
        return {"name": name, "state": AgreementState(fact).label}
    number = int(fact) if fact.isdigit() else 0
    return {"name": name, "days": number, "number": number}
