"""Letters about people's data: to operators while a clock runs, to her before she is erased."""

from typing import Any

from django.urls import reverse

from entrecidades.accounts.models import Person
from entrecidades.privacy.models import Clocked, DataRequest, Incident
from entrecidades.privacy.selectors.requests import operators
from entrecidades.queue.services import enqueue

Facts = dict[str, Any]


def tell_of_request(request_id: int, share: int) -> None:
    """Remind every operator of a request whose clock runs down."""
    if DataRequest.objects.filter(pk=request_id).exists():
        _to_operators("request_clock", request_id, share)


def tell_of_incident(incident_id: int, share: int) -> None:
    """Remind every operator of an incident whose clock runs down."""
    if Incident.objects.filter(pk=incident_id, authority_told_at=None).exists():
        _to_operators("incident_clock", incident_id, share)


def tell_of_erasure(request_id: int) -> None:
    """Tell her that she will be erased within the hour."""
    asked = DataRequest.objects.filter(pk=request_id).first()
    if asked and asked.person_id:
        _promise("erasure", request_id, asked.person_id, "")


def tell_of_dormancy(person_id: int, last_day: str) -> None:
    """Tell her on which day her unused account will be erased."""
    _promise("dormancy", person_id, person_id, last_day)


def _to_operators(kind: str, subject_id: int, share: int) -> None:
    """One letter to each operator."""
    for operator in operators():
        _promise(kind, subject_id, operator.pk, str(share))


def _promise(kind: str, subject_id: int, reader_id: int, told: str) -> None:
    """Promise one letter to one reader."""
    enqueue("mail.write", kind=kind, subject_id=subject_id, reader_id=reader_id, told=told)


def request_clock(subject_id: int) -> Facts | None:
    """An open request that a reminder is about."""
    found = DataRequest.objects.filter(pk=subject_id).first()
    return _clock(found, "web:request-detail") if found and found.is_open else None


def incident_clock(subject_id: int) -> Facts | None:
    """An incident that the authority has not been told of."""
    found = Incident.objects.filter(pk=subject_id, authority_told_at=None).first()
    return _clock(found, "web:incident-detail") if found else None


def _clock(found: Clocked, page: str) -> Facts:
    """What a reminder says of a clock."""
    address = reverse(page, kwargs={"public_id": found.public_id})
    return {"thing": str(found), "due": found.due_at, "page": address}


def erasure(subject_id: int) -> Facts | None:
    """An erasure that is confirmed, and not withdrawn."""
    found = DataRequest.objects.filter(pk=subject_id, state="confirmed").exists()
    return {"page": reverse("web:my-data")} if found else None


def dormancy(subject_id: int) -> Facts | None:
    """An account that was not used since its letter was promised."""
    found = Person.objects.filter(pk=subject_id, dormancy__isnull=False).exists()
    return {"page": reverse("web:desk")} if found else None
