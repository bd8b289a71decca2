"""Looking at the site as somebody else: said why, for a while, told to her, and traced."""

from datetime import datetime, timedelta

from django.db import transaction

from entrecidades.accounts.choices import Act
from entrecidades.accounts.models import Look, Person
from entrecidades.accounts.rules import refuse_look, refuse_reason
from entrecidades.audit.services import record
from entrecidades.queue.services import enqueue


@transaction.atomic
def begin_look(*, person: Person, reason: str, minutes: int, by: Person, at: datetime) -> Look:
    """An operator looks as a person from now on; she is told by letter. One look at a time.

    Raises
    ------
    NotAnOperator
        Somebody else asks.
    CannotLook
        Nobody looks as this person, the reason is missing, or the time too long.
    """
    refuse_look(
        operator=by.is_staff and by.is_active,
        hers=by.pk == person.pk,
        person_operates=person.is_staff or person.is_superuser,
        opens=person.is_active,
    )
    refuse_reason(reason=reason, minutes=minutes)
    for other in Look.objects.filter(operator=by, ended_at=None, ends_at__gt=at):
        end_look(look=other, by=by, at=at)
    ends_at = at + timedelta(minutes=minutes)
    look = Look.objects.create(
        operator=by, person=person, reason=reason.strip(), began_at=at, ends_at=ends_at
    )
    record(Act.LOOK, subject=person, by=by, look=look.pk, until=ends_at)
    enqueue("accounts.tell_of_look", look_id=look.pk)
    return look


@transaction.atomic
def end_look(*, look: Look, by: Person, at: datetime) -> bool:
    """It is over, at once; False when it was over already, or is somebody else's."""
    held = Look.objects.filter(pk=look.pk, operator=by, ended_at=None, ends_at__gt=at)
    if not held.update(ended_at=at):
        return False
    record(Act.END_LOOK, subject=look.person, by=by, look=look.pk)
    return True
