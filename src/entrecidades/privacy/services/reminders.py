"""Operators are reminded of clocks that run down: at half, at four fifths, at the end."""

from datetime import datetime

from django.db import transaction

from entrecidades.privacy.models import Clocked, DataRequest, Incident
from entrecidades.privacy.rules import reminder_for
from entrecidades.privacy.selectors.requests import open_incidents, open_requests
from entrecidades.queue.services import enqueue


@transaction.atomic
def remind(*, at: datetime) -> int:
    """Promise a reminder for each clock that has come so far; each once; how many."""
    requests = open_requests().select_for_update(of=("self",))
    waiting = open_incidents().filter(authority_told_at=None).select_for_update()
    return sum(_remind(row, at) for row in [*requests, *waiting])


def _remind(row: Clocked, at: datetime) -> bool:
    """Promise the reminder that is due for one clock, if any."""
    share = reminder_for(row.began_at, row.due_at, at, reminded=row.reminded)
    if not share:
        return False
    row.reminded = share
    row.save(update_fields=["reminded"])
    if isinstance(row, DataRequest):
        enqueue("privacy.tell_of_request", request_id=row.pk, share=share)
    elif isinstance(row, Incident):
        enqueue("privacy.tell_of_incident", incident_id=row.pk, share=share)
    return True
