"""Letters about programmes: a body is asked to coordinate one, or to declare a year."""

from typing import Any

from entrecidades.accounts.models import Person
from entrecidades.accounts.permissions import Permission
from entrecidades.accounts.roles import roles_with
from entrecidades.cooperation.choices import OfferState
from entrecidades.cooperation.models import CoordinationOffer
from entrecidades.kernel import clock
from entrecidades.network.models import Mandate, holding
from entrecidades.queue.services import enqueue
from entrecidades.reporting.choices import DeclarationState
from entrecidades.reporting.models import Declaration


def tell_of_offer(offer_id: int) -> None:
    """Tell those who run programmes for a body that it is asked to coordinate one."""
    rows = CoordinationOffer.objects.filter(pk=offer_id, state=OfferState.ASKED)
    offer = rows.first()
    for reader in acting_for({offer.entity_id}, Permission.CALL_RUN) if offer else ():
        enqueue("mail.write", kind="offer", subject_id=offer_id, reader_id=reader.pk, told="")


def acting_for(bodies: set[int], permission: Permission) -> list[Person]:
    """The people who may do something for some bodies, by their keys, today, each once."""
    roles = roles_with(permission)
    held = Mandate.objects.filter(holding(clock.today()), entity__in=bodies, role__in=roles)
    people = Person.objects.filter(pk__in=held.values("person"), is_active=True)
    return list(people.order_by("pk"))


def offer(subject_id: int) -> dict[str, Any] | None:
    """The offer that a letter is about; none once it is answered."""
    rows = CoordinationOffer.objects.filter(state=OfferState.ASKED)
    found = rows.select_related("programme", "entity").filter(pk=subject_id).first()
    return {"offer": found, "programme": found.programme} if found else None


def tell_of_declaration(declaration_id: int) -> None:
    """Ask the people of a party to declare; nobody once it has."""
    found = _awaited(declaration_id)
    bodies = {found.entity_id} if found else set()
    for reader in acting_for(bodies, Permission.REPORT_PROJECT):
        enqueue(
            "mail.write",
            kind="declaration",
            subject_id=declaration_id,
            reader_id=reader.pk,
            told="",
        )


def _awaited(declaration_id: int) -> Declaration | None:
    """A declaration that is awaited still."""
    rows = Declaration.objects.filter(state=DeclarationState.AWAITED, project__removed_at=None)
    rows = rows.select_related("campaign__programme", "project", "entity")
    return rows.filter(pk=declaration_id).first()


def declaration(subject_id: int) -> dict[str, Any] | None:
    """The declaration that a letter asks for; none once it was made."""
    found = _awaited(subject_id)
    if found is None:
        return None
    return {"declaration": found, "late": clock.today() > found.campaign.due_on}
