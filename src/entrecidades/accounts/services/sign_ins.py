"""Where somebody is logged in: one row for each browser, until it ends."""

from datetime import datetime
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet

from entrecidades.accounts.models import Person, SignIn
from entrecidades.queue.services import enqueue


@transaction.atomic
def begin_sign_in(
    *, person: Person, session_key: str, device: str, stays: bool, known: bool, at: datetime
) -> SignIn:
    """A browser is logged in; from one that she has not used before she is told by letter."""
    sign_in = SignIn.objects.create(
        person=person, session_key=session_key, device=device, stays=stays, began_at=at, seen_at=at
    )
    if not known:
        enqueue("accounts.tell_of_new_device", sign_in_id=sign_in.pk)
    return sign_in


def note_seen(*, public_id: str, session_key: str, at: datetime) -> None:
    """She was here a moment ago, under this key, which changes with her password."""
    SignIn.objects.filter(public_id=public_id).update(seen_at=at, session_key=session_key)


@transaction.atomic
def end_sign_in(*, person: Person, public_id: UUID) -> bool:
    """The browser is logged out at its next request; False when it is none of hers."""
    return bool(end(SignIn.objects.filter(person=person, public_id=public_id)))


def end(sign_ins: QuerySet[SignIn]) -> int:
    """End these, their sessions with them; how many."""
    keys = list(sign_ins.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    sign_ins.delete()
    return len(keys)
