"""Who is told of an agreement: the people of all its parties who draft, approve or sign."""

from entrecidades.accounts.models import Person
from entrecidades.accounts.permissions import Permission
from entrecidades.accounts.roles import roles_with
from entrecidades.agreements.choices import AgreementState
from entrecidades.agreements.models import Agreement
from entrecidades.kernel import clock
from entrecidades.network.models import Mandate, holding
from entrecidades.queue.services import enqueue

MOVED = "moved"


def tell_of_agreement(agreement_id: int, event: str) -> None:
    """Promise a letter to everybody of its parties whom an event of an agreement concerns."""
    agreement = Agreement.objects.filter(pk=agreement_id).first()
    for reader in _readers(agreement) if agreement else []:
        enqueue(
            "mail.write",
            kind="agreement",
            subject_id=agreement_id,
            reader_id=reader.pk,
            told=event,
        )


def _readers(agreement: Agreement) -> list[Person]:
    """The people of its parties who draft or approve agreements, each once."""
    roles = {
        *roles_with(Permission.DRAFT_AGREEMENT),
        *roles_with(Permission.APPROVE_AGREEMENT),
    }
    mandates = Mandate.objects.filter(
        holding(clock.today()),
        entity__in=agreement.parties.values("entity"),
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
