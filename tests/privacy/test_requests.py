"""Requests: who may answer them, what is refused, which trace and which letter they leave."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from entrecidades.accounts.models import Person
from entrecidades.audit.models import Trace
from entrecidades.config.jobs import KEEPERS
from entrecidades.kernel.errors import Refusal
from entrecidades.privacy.choices import IncidentStep, RequestKind, RequestState
from entrecidades.privacy.models import DataRequest
from entrecidades.privacy.rules import (
    CannotBeExtended,
    NotASecondPerson,
    NotOpen,
    OperatorStays,
    ReasonIsMissing,
)
from entrecidades.privacy.services import requests
from entrecidades.privacy.services.incidents import note_incident, take_step
from entrecidades.privacy.services.reminders import remind
from entrecidades.queue.models import Job
from entrecidades.queue.services import keep_one
from tests.conftest import A_MOMENT
from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.fixture
def operator(db):
    return PersonFactory(email="operator@house.example", is_staff=True)


@pytest.fixture
def asked(officer, on_the_day):
    """An officer of Maputo asks to be erased."""
    return requests.ask_for_erasure(person=officer, at=A_MOMENT)


def told():
    return list(Trace.objects.order_by("pk").values_list("act", flat=True))


def work(at):
    """Keep every promise that is due; those of the test's own day are due at once."""
    Job.objects.filter(due_at__gt=A_MOMENT + 999 * DAY).update(due_at=A_MOMENT)
    while keep_one(KEEPERS, now=at):
        Job.objects.filter(due_at__gt=A_MOMENT + 999 * DAY).update(due_at=A_MOMENT)


def test_who_never_acted_is_erased_at_once(on_the_day):
    person = PersonFactory(email="nobody@people.example")
    assert requests.ask_for_erasure(person=person, at=A_MOMENT) is None
    assert not Person.objects.filter(pk=person.pk).exists()
    assert told() == ["privacy:person:erase", "audit:person:forget"]


def test_who_acts_for_a_body_waits_for_a_second_person(asked, officer):
    assert (asked.state, asked.country, asked.law) == ("open", "MZ", "house")
    assert Person.objects.filter(pk=officer.pk).exists()
    assert told() == ["privacy:request:ask"]


def test_asked_again_it_is_one_request(asked, officer):
    assert requests.ask_for_erasure(person=officer, at=A_MOMENT + DAY) == asked


def test_the_database_holds_one_erasure_of_a_person(asked):
    asked.pk, asked.public_id = None, "0b7c2c1e-6e0c-4f6b-9d5c-3f4f6c1d2e3a"
    with pytest.raises(IntegrityError), transaction.atomic():
        asked.save(force_insert=True)


def test_nobody_confirms_alone(asked, officer, counterpart):
    officer.is_staff = True
    officer.save()
    for by in (officer, counterpart):
        with pytest.raises(NotASecondPerson):
            requests.confirm_erasure(request=asked, by=by, at=A_MOMENT)
    assert Job.objects.filter(name="privacy.carry_out").count() == 0


def test_the_last_operator_stays(on_the_day, operator):
    asked = requests.ask_for_erasure(person=operator, at=A_MOMENT)
    other = PersonFactory(email="other@house.example", is_staff=True, is_active=False)
    with pytest.raises(OperatorStays):
        requests.confirm_erasure(request=asked, by=other, at=A_MOMENT)


def test_confirmed_she_is_told_then_erased_within_the_hour(asked, officer, operator, mailoutbox):
    requests.confirm_erasure(request=asked, by=operator, at=A_MOMENT)
    work(A_MOMENT + dt.timedelta(minutes=59))
    assert [letter.to for letter in mailoutbox] == [[officer.email]]
    assert Person.objects.filter(pk=officer.pk).exists()
    work(A_MOMENT + dt.timedelta(minutes=61))
    assert not Person.objects.filter(pk=officer.pk).exists()
    asked.refresh_from_db()
    assert (asked.state, asked.person_id, asked.decided_by) == ("done", None, operator)


def test_withdrawn_in_time_she_stays(asked, officer, operator):
    requests.confirm_erasure(request=asked, by=operator, at=A_MOMENT)
    requests.withdraw(request=asked, by=officer, at=A_MOMENT)
    work(A_MOMENT + DAY)
    assert Person.objects.filter(pk=officer.pk).exists()
    assert told()[-1] == "privacy:request:withdraw"


def test_nobody_withdraws_for_another(asked, counterpart):
    with pytest.raises(NotOpen):
        requests.withdraw(request=asked, by=counterpart, at=A_MOMENT)


@pytest.fixture
def correction(officer, on_the_day):
    facts = {"kind": RequestKind.RECTIFICATION, "country": "PT", "person": officer}
    return requests.ask(**facts, at=A_MOMENT, by=officer, words="My name is misspelt.")


def test_more_time_needs_a_reason_and_is_given_once(correction, operator):
    with pytest.raises(ReasonIsMissing):
        requests.extend(request=correction, reason=" ", by=operator, at=A_MOMENT)
    before = correction.due_at
    requests.extend(request=correction, reason="Old files", by=operator, at=A_MOMENT)
    correction.refresh_from_db()
    assert correction.due_at > before + 10 * DAY
    with pytest.raises(CannotBeExtended):
        requests.extend(request=correction, reason="Again", by=operator, at=A_MOMENT)


def test_no_more_time_where_the_law_gives_none_or_it_is_over(officer, operator, correction):
    facts = {"kind": RequestKind.ACCESS, "country": "BR", "email": "a@b.example", "by": None}
    brazil = requests.ask(**facts, at=A_MOMENT + 6000 * DAY)
    with pytest.raises(CannotBeExtended):
        requests.extend(request=brazil, reason="x", by=operator, at=A_MOMENT)
    with pytest.raises(CannotBeExtended):
        requests.extend(request=correction, reason="x", by=operator, at=A_MOMENT + 60 * DAY)


def test_an_answer_has_words_and_is_given_by_another(correction, operator, officer):
    with pytest.raises(ReasonIsMissing):
        requests.answer(request=correction, words="", granted=True, by=operator, at=A_MOMENT)
    with pytest.raises(NotASecondPerson):
        requests.answer(request=correction, words="x", granted=True, by=officer, at=A_MOMENT)
    requests.answer(request=correction, words="Done", granted=True, by=operator, at=A_MOMENT)
    with pytest.raises(NotOpen):
        requests.answer(request=correction, words="x", granted=True, by=operator, at=A_MOMENT)
    assert DataRequest.objects.get().state == RequestState.DONE


def test_a_request_from_nobody_is_refused(operator):
    with pytest.raises(Refusal):
        requests.ask(kind=RequestKind.ACCESS, country="BR", at=A_MOMENT, by=operator)


def test_operators_are_reminded_once_at_each_share(correction, operator, mailoutbox):
    length = correction.due_at - correction.began_at
    for share in (0.1, 0.5, 0.6, 0.8, 0.9, 1.0, 1.2):
        remind(at=correction.began_at + share * length)
    shares = Job.objects.filter(name="privacy.tell_of_request").values_list("facts", flat=True)
    assert [facts["share"] for facts in shares] == [50, 80, 100]
    work(A_MOMENT)
    assert [letter.to for letter in mailoutbox] == [[operator.email]] * 3


def test_an_incident_has_its_clocks_and_its_order(operator, on_the_day):
    known = A_MOMENT + 6000 * DAY
    facts = {"title": "A backup was lost", "text": "", "country": "BR", "by": operator}
    incident = note_incident(**facts, known_at=known, at=known)
    with pytest.raises(NotOpen):
        take_step(incident=incident, step=IncidentStep.CLOSE, by=operator, at=known)
    held = take_step(incident=incident, step=IncidentStep.TELL_AUTHORITY, by=operator, at=known)
    assert held.details_due_at - known > 25 * DAY
    with pytest.raises(NotOpen):
        take_step(incident=incident, step=IncidentStep.TELL_AUTHORITY, by=operator, at=known)
    assert told() == ["privacy:incident:note", "privacy:incident:step"]


def test_an_incident_is_not_known_tomorrow(operator):
    facts = {"title": "x", "text": "", "country": "IT", "by": operator}
    with pytest.raises(Refusal):
        note_incident(**facts, known_at=A_MOMENT + DAY, at=A_MOMENT)


def test_who_noted_a_letter_does_not_confirm_it(operator, officer, on_the_day):
    facts = {"kind": RequestKind.ERASURE, "country": "MZ", "email": officer.email.upper()}
    noted = requests.ask(**facts, at=A_MOMENT, by=operator)
    assert noted.person == officer
    with pytest.raises(NotASecondPerson):
        requests.confirm_erasure(request=noted, by=operator, at=A_MOMENT)
    other = PersonFactory(email="other@house.example", is_staff=True)
    requests.confirm_erasure(request=noted, by=other, at=A_MOMENT)
    assert Job.objects.filter(name="privacy.carry_out").count() == 1
