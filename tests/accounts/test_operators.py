"""Rights are given by two operators: one asks, another agrees, whoever comes first."""

from threading import Barrier

import pytest
from django.core.exceptions import ValidationError

from entrecidades.accounts.choices import NominationState
from entrecidades.accounts.models import Nomination, Person
from entrecidades.accounts.rules import NotAnOperator, NotAnotherOperator, NotNow
from entrecidades.accounts.services import decide_nomination, nominate, reset
from entrecidades.audit.models import Trace
from entrecidades.queue.models import Job
from tests.conftest import A_MOMENT
from tests.factories.accounts import NominationFactory, PersonFactory
from tests.race import at_once

REASON = "She helps to run the site."


@pytest.fixture
def asker(db):
    return PersonFactory(is_staff=True)


@pytest.fixture
def other(db):
    return PersonFactory(is_staff=True)


def asked(asker, person):
    return nominate(person=person, reason=REASON, by=asker, at=A_MOMENT)


def decide(nomination, by, *, grant=True):
    return decide_nomination(nomination=nomination, grant=grant, by=by, at=A_MOMENT)


def test_another_operator_agrees_and_she_is_one(asker, other):
    person = PersonFactory()
    nomination = asked(asker, person)
    person.refresh_from_db()
    assert not person.is_staff
    decide(nomination, other)
    person.refresh_from_db()
    assert person.is_staff
    assert list(Trace.objects.order_by("pk").values_list("act", "by_id")) == [
        ("accounts:person:nominate", asker.pk),
        ("accounts:person:operate", other.pk),
    ]
    assert Job.objects.get().facts == {"person_id": person.pk, "change": "operator"}


def test_the_one_who_asks_never_agrees(asker):
    nomination = asked(asker, PersonFactory())
    with pytest.raises(NotAnotherOperator):
        decide(nomination, asker)
    assert not Person.objects.get(pk=nomination.person_id).is_staff
    decide(nomination, asker, grant=False)  # but she may take it back
    nomination.refresh_from_db()
    assert nomination.state == NominationState.DECLINED


def test_nobody_else_asks_or_decides_or_resets(asker):
    person, stranger = PersonFactory(), PersonFactory()
    nomination = asked(asker, person)
    fallen = PersonFactory(is_staff=True)
    Person.objects.filter(pk=fallen.pk).update(is_staff=False)  # since she logged in
    for by in (stranger, person, fallen):
        with pytest.raises(NotAnOperator):
            asked(by, PersonFactory())
        with pytest.raises(NotAnOperator):
            decide(nomination, by)
        with pytest.raises(NotAnOperator):
            reset(person=person, by=by, at=A_MOMENT)


def test_it_is_asked_once_and_decided_once(asker, other):
    person = PersonFactory()
    nomination = asked(asker, person)
    with pytest.raises(NotNow):
        asked(other, person)
    decide(nomination, other, grant=False)
    with pytest.raises(NotNow):
        decide(nomination, other)
    with pytest.raises(NotNow):
        asked(asker, other)
    with pytest.raises(ValidationError):
        nominate(person=person, reason=" ", by=asker, at=A_MOMENT)


def test_a_closed_account_becomes_no_operator(asker, other):
    nomination = asked(asker, PersonFactory())
    Person.objects.filter(pk=nomination.person_id).update(is_active=False)
    with pytest.raises(NotNow):
        decide(nomination, other)


def test_a_reset_ends_what_was_given_out_and_is_told(asker):
    person = PersonFactory()
    before = person.get_session_auth_hash()
    reset(person=person, by=asker, at=A_MOMENT)
    person.refresh_from_db()
    assert person.get_session_auth_hash() != before
    assert Job.objects.get().facts["change"] == "reset"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_when_several_decide_at_once_one_does():
    nomination = NominationFactory()
    deciders = [PersonFactory(is_staff=True) for _number in range(6)]
    told = at_once(lambda n: decide(nomination, deciders[n], grant=n % 2 == 0), times=6)
    assert sum(isinstance(one, Nomination) for one in told) == 1
    assert sum(isinstance(one, NotNow) for one in told) == 5
    acts = ["accounts:person:operate", "accounts:person:decline"]
    assert Trace.objects.filter(act__in=acts).count() == 1
    nomination.refresh_from_db()
    granted = nomination.state == NominationState.GRANTED
    assert Person.objects.get(pk=nomination.person_id).is_staff is granted


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_when_several_ask_at_once_one_question_stands():
    person = PersonFactory()
    askers = [PersonFactory(is_staff=True) for _number in range(6)]
    told = at_once(lambda n: asked(askers[n], person), times=6)
    assert sum(isinstance(one, NotNow) for one in told) == 5
    assert Nomination.objects.count() == 1


def decided_without_a_lock(nomination, looked):
    """What `decide_nomination` would do if it did not hold the row: read, then write."""
    held = Nomination.objects.get(pk=nomination.pk)
    looked.wait()
    if held.state != NominationState.WAITING:
        raise NotNow("")
    Nomination.objects.filter(pk=held.pk).update(state=NominationState.GRANTED)
    return held


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_race_is_real():
    nomination, looked = NominationFactory(), Barrier(4)
    told = at_once(lambda _n: decided_without_a_lock(nomination, looked), times=4)
    assert sum(isinstance(one, Nomination) for one in told) > 1
