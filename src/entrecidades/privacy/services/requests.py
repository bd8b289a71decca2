"""Requests about people's data: asked, confirmed, extended, answered, withdrawn, each in time."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.models import Person
from entrecidades.accounts.rules import same_address
from entrecidades.audit.services import record
from entrecidades.kernel.errors import Refusal
from entrecidades.privacy.choices import Act, RequestKind, RequestState
from entrecidades.privacy.clocks import clock_for, due_at
from entrecidades.privacy.models import DataRequest
from entrecidades.privacy.rules import (
    CannotBeExtended,
    NotASecondPerson,
    NotOpen,
    OperatorStays,
    ReasonIsMissing,
)
from entrecidades.privacy.selectors.requests import asker_of, country_of, has_acted, operators
from entrecidades.privacy.services.erasure import erase
from entrecidades.queue.services import enqueue

#: So long after its confirmation an erasure is carried out: the letter about it goes first.
GRACE = timedelta(hours=1)


@transaction.atomic
def ask(
    *,
    kind: RequestKind,
    country: str,
    at: datetime,
    by: Person | None,
    person: Person | None = None,
    email: str = "",
    words: str = "",
) -> DataRequest:
    """A request stands, with the day by which the law wants it answered.

    Without a person it came by letter, from ``email``; if that is an account's address,
    it is that person's request.

    Raises
    ------
    Refusal
        Nobody is named to whom it could be answered, or no law gives a time for it.
    """
    if person is None and not email:
        raise Refusal(_("Say who asks: an account, or an address to answer to."))
    found = clock_for(kind.value, country, on=at.date())
    if found is None:
        raise Refusal(_("No law that the house knows gives a time for this; choose another kind."))
    law, clock = found
    person = person or Person.objects.filter(email=same_address(email)).first()
    request = DataRequest.objects.create(
        kind=kind,
        country=country,
        law=law.key,
        person=person,
        email=email,
        words=words,
        began_at=at,
        due_at=due_at(clock, country, began=at),
    )
    record(Act.ASK, subject=request, by=by, kind=kind.value, law=law.key, due=request.due_at)
    return request


@transaction.atomic
def ask_for_erasure(*, person: Person, at: datetime) -> DataRequest | None:
    """She is erased at once if she never acted for a body; else a second person is asked.

    None when she is gone already. Asked again, the request that stands is returned.
    """
    Person.objects.select_for_update().get(pk=person.pk)
    if not has_acted(person):
        erase(person_id=person.pk, by=person)
        return None
    standing = DataRequest.objects.filter(
        person=person,
        kind=RequestKind.ERASURE,
        state__in=[RequestState.OPEN, RequestState.CONFIRMED],
    ).first()
    return standing or ask(
        kind=RequestKind.ERASURE, country=country_of(person), at=at, by=person, person=person
    )


@transaction.atomic
def confirm_erasure(*, request: DataRequest, by: Person, at: datetime) -> None:
    """A second person has looked: she is told by letter, and erased an hour later.

    Raises
    ------
    NotASecondPerson
        An operator confirms, and neither the one who asked nor the one who noted it.
    OperatorStays
        Nobody would be left to run the instance.
    NotOpen
        It does not wait for a confirmation.
    """
    held = _open(request, RequestState.OPEN)
    person = held.person
    if held.kind != RequestKind.ERASURE or person is None:
        raise NotOpen(_("This request does not ask for an erasure of an account."))
    if not by.is_staff or by.pk in {person.pk, asker_of(held)}:
        raise NotASecondPerson(_("Another operator has to confirm this; nobody does so alone."))
    if person.is_staff and not operators().exclude(pk=person.pk).exists():
        raise OperatorStays(_("Make another operator first: nobody would be left to run it."))
    held.state, held.decided_by, held.decided_at = RequestState.CONFIRMED, by, at
    held.save(update_fields=["state", "decided_by", "decided_at"])
    record(Act.CONFIRM, subject=held, by=by)
    enqueue("privacy.tell_of_erasure", request_id=held.pk)
    job = enqueue("privacy.carry_out", request_id=held.pk)
    job.due_at = at + GRACE
    job.save(update_fields=["due_at"])


@transaction.atomic
def extend(*, request: DataRequest, reason: str, by: Person, at: datetime) -> None:
    """It may be answered later, once, where the law allows it and a reason is given.

    Raises
    ------
    CannotBeExtended
        The law gives no more time, or it has been taken.
    ReasonIsMissing
        Nobody is told why.
    """
    held = _open(request, RequestState.OPEN)
    found = clock_for(held.kind, held.country, on=held.began_at.date())
    if found is None or not found[1].extended or held.extended or at > held.due_at:
        raise CannotBeExtended(_("There is no more time to be had for this request."))
    if not reason.strip():
        raise ReasonIsMissing(_("Say why: the person has to be told."))
    before = held.due_at
    held.extended, held.answer, held.reminded = True, reason.strip(), 0
    held.due_at = due_at(found[1], held.country, began=held.began_at, extended=True)
    held.save(update_fields=["extended", "answer", "due_at", "reminded"])
    record(Act.EXTEND, subject=held, by=by, before=before, due=held.due_at)


@transaction.atomic
def answer(*, request: DataRequest, words: str, granted: bool, by: Person, at: datetime) -> None:
    """It is answered: what was done, or why it was not; she reads the answer at *My data*.

    Raises
    ------
    ReasonIsMissing
        No word is given to the person.
    NotASecondPerson
        An operator answers, and not the one who asked.
    """
    held = _open(request, RequestState.OPEN)
    if not by.is_staff or by.pk == held.person_id:
        raise NotASecondPerson(_("Another operator has to answer this; nobody does so alone."))
    if not words.strip():
        raise ReasonIsMissing(_("Write what was done, or why it was not."))
    held.state = RequestState.DONE if granted else RequestState.REFUSED
    held.answer, held.decided_by, held.decided_at = words.strip(), by, at
    held.save(update_fields=["state", "answer", "decided_by", "decided_at"])
    record(Act.ANSWER, subject=held, by=by, granted=granted)


@transaction.atomic
def withdraw(*, request: DataRequest, by: Person, at: datetime) -> None:
    """She no longer asks; an erasure that was confirmed is not carried out.

    Raises
    ------
    NotOpen
        It is answered already, or not hers.
    """
    held = _open(request, RequestState.OPEN, RequestState.CONFIRMED)
    if held.person_id != by.pk:
        raise NotOpen(_("This request is not yours."))
    held.state, held.decided_at = RequestState.WITHDRAWN, at
    held.save(update_fields=["state", "decided_at"])
    record(Act.WITHDRAW, subject=held, by=by)


@transaction.atomic
def carry_out(*, request_id: int, at: datetime) -> None:
    """Erase whoever asked, if it is confirmed still; done twice it is done once."""
    held = DataRequest.objects.select_for_update(of=("self",)).filter(pk=request_id).first()
    if held is None or held.state != RequestState.CONFIRMED:
        return
    if held.person_id is not None:
        erase(person_id=held.person_id, by=held.decided_by)
    DataRequest.objects.filter(pk=request_id).update(state=RequestState.DONE, decided_at=at)
    record(Act.ANSWER, subject=held, by=None, granted=True)


def _open(request: DataRequest, *states: RequestState) -> DataRequest:
    """The request under its lock, if it is in one of some states still."""
    held = (
        DataRequest.objects.select_for_update(of=("self",))
        .select_related("person")
        .filter(pk=request.pk, state__in=states)
        .first()
    )
    if held is None:
        raise NotOpen(_("This request has been answered or withdrawn meanwhile."))
    return held
