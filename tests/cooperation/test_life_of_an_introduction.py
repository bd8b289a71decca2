"""The life of a first contact is a table, and each step belongs to a side."""

import datetime as dt
from itertools import product

import pytest

from entrecidades.audit.models import Trace
from entrecidades.cooperation.choices import IntroductionState, IntroductionStep
from entrecidades.cooperation.rules import (
    ASKED,
    ASKER,
    BROKER,
    LIFE,
    TAKEN_BY,
    NotYourStep,
    steps_for,
)
from entrecidades.cooperation.selectors import introductions_of, sides_of
from entrecidades.cooperation.services import take_step
from entrecidades.kernel.lives import IllegalStep, next_state
from entrecidades.network.selectors import reader_of
from entrecidades.queue.models import Job
from tests.factories.cooperation import IntroductionFactory

AT = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)
S, T = IntroductionState, IntroductionStep
EVERY_PAIR = [*product(S, T)]
SIDES = [ASKER, ASKED, BROKER]


@pytest.fixture
def contact(maputo, curitiba):
    return IntroductionFactory(asker=maputo, asked=curitiba)


@pytest.fixture
def brokered(contact, anci):
    """A contact that goes through an association."""
    contact.broker = anci
    contact.save()
    return contact


@pytest.mark.parametrize(("state", "step"), [pair for pair in EVERY_PAIR if pair not in LIFE])
def test_what_is_not_in_the_table_is_refused_with_a_sentence(state, step):
    with pytest.raises(IllegalStep) as refusal:
        next_state(LIFE, state, step)
    assert refusal.value.messages == [f"Impossible while it is “{state.label}”: {step.label}."]


def test_every_state_is_reached_and_the_ends_are_final():
    assert {S.REQUESTED, *LIFE.values()} == set(S)
    ends = {state for state in S if not any((state, step) in LIFE for step in T)}
    assert ends == {S.AGREED, S.DECLINED, S.LAPSED}


@pytest.mark.parametrize(("state", "side"), [*product(S, SIDES)])
def test_a_side_is_offered_what_it_may_do_and_nothing_else(state, side):
    offered = steps_for(state, frozenset({side}))
    assert offered == [step for step in T if (state, step) in LIFE and side in TAKEN_BY[step]]
    assert steps_for(state, frozenset()) == []


@pytest.mark.parametrize(
    ("state", "step", "person"),
    [
        (S.REQUESTED, T.FORWARD, "coordinator"),
        (S.REQUESTED, T.DECLINE, "coordinator"),
        (S.FORWARDED, T.ACCEPT, "counterpart"),
        (S.FORWARDED, T.DECLINE, "counterpart"),
        (S.ACCEPTED, T.TALK, "officer"),
        (S.ACCEPTED, T.TALK, "counterpart"),
        (S.TALKING, T.AGREE, "officer"),
        (S.TALKING, T.DECLINE, "counterpart"),
    ],
)
def test_the_right_side_takes_its_step(brokered, state, step, person, request):
    by = request.getfixturevalue(person)
    type(brokered).objects.update(state=state)
    take_step(introduction_id=brokered.pk, step=step, by=by, at=AT)
    brokered.refresh_from_db()
    assert brokered.state == LIFE[state, step]
    trace = Trace.objects.get()
    assert (trace.act, trace.by_id) == ("cooperation:introduction:step", by.pk)
    assert trace.facts == {"step": step, "was": state, "now": brokered.state}
    assert brokered.moved_at == AT
    assert Job.objects.get().facts == {"introduction_id": brokered.pk, "state": brokered.state}


@pytest.mark.parametrize(
    ("state", "step", "person"),
    [
        (S.REQUESTED, T.FORWARD, "officer"),
        (S.REQUESTED, T.FORWARD, "counterpart"),
        (S.FORWARDED, T.ACCEPT, "officer"),
        (S.FORWARDED, T.ACCEPT, "stranger"),
        (S.TALKING, T.AGREE, "stranger"),
        (S.TALKING, T.LAPSE, "officer"),
    ],
)
def test_to_another_side_the_step_is_refused(brokered, state, step, person, request):
    type(brokered).objects.update(state=state)
    with pytest.raises(NotYourStep, match="for the other side"):
        take_step(
            introduction_id=brokered.pk, step=step, by=request.getfixturevalue(person), at=AT
        )
    brokered.refresh_from_db()
    assert brokered.state == state
    assert not Trace.objects.exists()
    assert not Job.objects.exists()


def test_the_same_answer_twice_is_refused(contact, counterpart):
    take_step(introduction_id=contact.pk, step=T.ACCEPT, by=counterpart, at=AT)
    with pytest.raises(IllegalStep, match="while it is “accepted”"):
        take_step(introduction_id=contact.pk, step=T.ACCEPT, by=counterpart, at=AT)
    assert Trace.objects.count() == 1


def test_sides_are_those_of_the_bodies_one_acts_for(contact, officer, counterpart, stranger):
    on = AT.date()
    assert sides_of(contact, officer, on=on) == {ASKER}
    # Without an association in between, the asked side receives the request itself.
    assert sides_of(contact, counterpart, on=on) == {ASKED, BROKER}
    assert sides_of(contact, stranger, on=on) == frozenset()


def test_a_contact_is_there_for_those_who_take_part_only(contact, officer, counterpart, stranger):
    people = (officer, counterpart, stranger)
    seen = {p: list(introductions_of(reader_of(p, on=AT.date()))) for p in people}
    assert seen == {officer: [contact], counterpart: [contact], stranger: []}
