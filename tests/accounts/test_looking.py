"""A look has an operator, a reason and an end; it is told, traced, and of one person at a time."""

import datetime as dt

import pytest
from django.core import mail
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.accounts.models import Look
from entrecidades.accounts.rules import CannotLook, NotAnOperator, refuse_look, refuse_reason
from entrecidades.accounts.selectors import look_now
from entrecidades.accounts.services import begin_look, end_look
from entrecidades.audit.models import Trace
from entrecidades.config.jobs import KEEPERS
from entrecidades.queue.models import Job
from entrecidades.queue.services import keep_one
from tests.conftest import A_MOMENT
from tests.factories.accounts import PersonFactory

REASON = "She cannot find her draft."
MINUTE = dt.timedelta(minutes=1)


@given(*[st.booleans()] * 4)
def test_only_an_operator_looks_and_only_as_somebody_who_is_none(operator, hers, operates, opens):
    facts = {"operator": operator, "hers": hers, "person_operates": operates, "opens": opens}
    if operator and opens and not hers and not operates:
        refuse_look(**facts)
    else:
        with pytest.raises((NotAnOperator, CannotLook)):
            refuse_look(**facts)


@given(st.text(max_size=40), st.integers(-5, 100))
def test_a_look_has_a_reason_and_lasts_half_an_hour_at_most(reason, minutes):
    if len(reason.strip()) >= 10 and 1 <= minutes <= 30:
        refuse_reason(reason=reason, minutes=minutes)
    else:
        with pytest.raises(CannotLook):
            refuse_reason(reason=reason, minutes=minutes)


@pytest.fixture
def operator(db):
    return PersonFactory(is_staff=True)


@pytest.fixture
def person(db):
    return PersonFactory(email="officer@maputo.example", language="pt")


def begin(operator, person, **facts):
    told = {"reason": REASON, "minutes": 30, "at": A_MOMENT} | facts
    return begin_look(person=person, by=operator, **told)


def test_a_look_leaves_a_trace_and_a_letter_that_tells_the_reason(operator, person):
    look = begin(operator, person)
    trace = Trace.objects.get()
    assert (trace.act, trace.by_id, trace.about_id) == (
        "accounts:person:look",
        operator.pk,
        person.pk,
    )
    assert REASON not in str(trace.facts)
    keep_one(KEEPERS, now=Job.objects.get().due_at)
    assert mail.outbox[0].to == [person.email]
    assert REASON in mail.outbox[0].body
    assert "/pt/account/data/" in mail.outbox[0].body
    assert "<<missing" not in mail.outbox[0].body
    assert look.ends_at - look.began_at == 30 * MINUTE


def test_nobody_else_looks_and_nothing_is_left_of_the_try(operator, person):
    for by, as_whom in ((person, PersonFactory()), (operator, operator)):
        with pytest.raises((NotAnOperator, CannotLook)):
            begin(by, as_whom)
    with pytest.raises(CannotLook):
        begin(operator, PersonFactory(is_staff=True))
    assert not Look.objects.exists()
    assert not Trace.objects.exists()


def test_a_second_look_ends_the_first(operator, person):
    first, second = begin(operator, person), begin(operator, PersonFactory())
    now = {"operator": operator, "at": A_MOMENT}
    assert look_now(str(first.public_id), **now) is None
    assert look_now(str(second.public_id), **now) == second


@pytest.mark.parametrize(
    ("minutes", "lasts"), [(0, True), (14, True), (15, False), (300, False), (-1, True)]
)
def test_a_look_is_over_when_its_time_is(operator, person, minutes, lasts):
    look = begin(operator, person, minutes=15)
    found = look_now(str(look.public_id), operator=operator, at=A_MOMENT + minutes * MINUTE)
    assert (found is not None) is lasts


def test_a_look_is_nothing_to_another_operator_or_to_one_who_is_none_any_more(operator, person):
    look = begin(operator, person)
    asked = {"at": A_MOMENT}
    assert look_now(str(look.public_id), operator=PersonFactory(is_staff=True), **asked) is None
    operator.is_staff = False
    assert look_now(str(look.public_id), operator=operator, **asked) is None
    assert look_now("forged", operator=PersonFactory(is_staff=True), **asked) is None


@pytest.mark.parametrize("becomes", [{"is_staff": True}, {"is_active": False}])
def test_a_look_ends_when_its_person_becomes_somebody_as_whom_nobody_looks(
    operator, person, becomes
):
    look = begin(operator, person)
    type(person).objects.filter(pk=person.pk).update(**becomes)
    assert look_now(str(look.public_id), operator=operator, at=A_MOMENT) is None


def test_ending_is_traced_once_and_nobody_else_ends_it(operator, person):
    look = begin(operator, person)
    assert not end_look(look=look, by=PersonFactory(is_staff=True), at=A_MOMENT)
    assert end_look(look=look, by=operator, at=A_MOMENT)
    assert not end_look(look=look, by=operator, at=A_MOMENT)
    assert Trace.objects.filter(act="accounts:person:end-look").count() == 1
