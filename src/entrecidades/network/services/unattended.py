"""Bodies that nobody can act for any more, because whoever could is going for good."""

from datetime import datetime

from django.db import transaction

from entrecidades.accounts.models import Person
from entrecidades.audit.services import record
from entrecidades.network.choices import Act
from entrecidades.network.models import Entity
from entrecidades.network.selectors.joining import last_inviter_of
from entrecidades.network.services.register import take_turn
from entrecidades.queue.services import enqueue


@transaction.atomic
def note_unattended(*, person: Person, by: Person | None, at: datetime) -> list[Entity]:
    """Somebody goes for good: the bodies that nobody can invite for afterwards, each told once.

    Nobody can be kept from going. So the body is handed back: history says so on its page, its
    association and the operators are told by letter, and whoever proves that she acts for it
    can claim it again. Said before her mandates end; two who go at once wait for each other.
    """
    bodies = list(last_inviter_of(person, on=at.date()))
    for body in bodies:
        take_turn(body)
    left = list(last_inviter_of(person, on=at.date()))
    for body in left:
        record(Act.UNATTEND, subject=body, by=by, body=body)
        enqueue("network.tell_of_unattended", entity_id=body.pk)
    return left
