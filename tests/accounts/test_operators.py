"""Rights are given by two operators: one asks, another agrees, whoever comes first."""

from threading import Barrier

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError

from entrecidades.accounts.choices import NominationState
from entrecidades.accounts.models import Nomination, Person
from entrecidades.accounts.rules import NotAnOperator, NotAnotherOperator, NotNow
from entrecidades.accounts.services import ask_to_remove_proofs, decide_nomination, nominate, reset
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


@pytest.fixture
def locked_out(db):
    """Somebody who has lost her app."""
    person = PersonFactory()
    for kind in (Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES):
        Authenticator.objects.create(user=person, type=kind, data={})
    return person


def lost(asker, person):
    return ask_to_remove_proofs(person=person, reason="Called back.", by=asker, at=A_MOMENT)


def test_lost_proofs_go_when_another_operator_agrees(asker, other, locked_out):
    before = locked_out.get_session_auth_hash()
    nomination = lost(asker, locked_out)
    assert Authenticator.objects.count() == 2
    decide(nomination, other)
    assert not Authenticator.objects.exists()
    locked_out.refresh_from_db()
    assert locked_out.get_session_auth_hash() != before
    assert not locked_out.is_staff
    assert list(Trace.objects.order_by("pk").values_list("act", "by_id")) == [
        ("accounts:person:ask-proofs", asker.pk),
        ("accounts:person:remove-proofs", other.pk),
        ("accounts:person:revoke", other.pk),
    ]
    told = [job.facts["change"] for job in Job.objects.order_by("pk")]
    assert told == ["proofs-asked", "proofs-removed"]


def test_nobody_removes_proofs_alone_or_her_own(asker, other, locked_out):
    nomination = lost(asker, locked_out)
    with pytest.raises(NotAnotherOperator):
        decide(nomination, asker)
    Person.objects.filter(pk=locked_out.pk).update(is_staff=True)
    with pytest.raises(NotAnotherOperator):
        decide(nomination, Person.objects.get(pk=locked_out.pk))
    with pytest.raises(NotAnotherOperator):
        lost(Person.objects.get(pk=locked_out.pk), locked_out)
    assert Authenticator.objects.count() == 2


def test_declined_they_stay_and_it_can_be_asked_again(asker, other, locked_out):
    decide(lost(asker, locked_out), other, grant=False)
    assert Authenticator.objects.count() == 2
    lost(other, locked_out)


def test_what_is_not_there_is_not_removed(asker, locked_out):
    with pytest.raises(NotNow):
        lost(asker, PersonFactory())
    lost(asker, locked_out)
    with pytest.raises(NotNow):
        lost(asker, locked_out)
    with pytest.raises(NotAnOperator):
        lost(PersonFactory(), locked_out)


def test_the_two_matters_wait_side_by_side(asker, other, locked_out):
    operator, proofs = asked(asker, locked_out), lost(asker, locked_out)
    decide(operator, other)
    assert Authenticator.objects.count() == 2
    decide(proofs, other)
    assert not Authenticator.objects.exists()


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
