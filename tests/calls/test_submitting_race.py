"""Those who submit at the same moment, and at the last one: nobody is counted twice or lost."""

import datetime as dt
from threading import Barrier

import pytest

from entrecidades.audit.models import Trace
from entrecidades.calls.choices import Act, ApplicationState, ApplicationStep
from entrecidades.calls.models import Application, Call
from entrecidades.calls.rules.life import APPLICATION_LIFE as LIFE
from entrecidades.calls.rules.life import (
    GRACE,
    AlreadyApplied,
    TooLate,
)
from entrecidades.calls.services import take_application_step, turn_call
from entrecidades.kernel.lives import IllegalStep, next_state
from tests.conftest import entrusted
from tests.factories.calls import CLOSES, ApplicationFactory, CallFactory
from tests.race import at_once

JUST = CLOSES - dt.timedelta(milliseconds=1)
OVER = CLOSES + GRACE
TIMES = 8

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def drafts(call, bodies, number=1):
    maputo, curitiba = bodies
    pair = {"call": call, "lead": maputo, "partners": [curitiba], "complete": True}
    return [ApplicationFactory(**pair) for _one in range(number)]


@pytest.fixture
def officer(bodies):
    return entrusted(bodies[0])


def submit(application, officer, at=JUST):
    step = ApplicationStep.SUBMIT
    return take_application_step(application_id=application.pk, step=step, by=officer, at=at)


def test_one_application_is_submitted_once(call, bodies, officer):
    (application,) = drafts(call, bodies)
    outcomes = at_once(lambda _number: submit(application, officer), times=TIMES)
    assert sum(isinstance(one, IllegalStep) for one in outcomes) == TIMES - 1
    call.refresh_from_db()
    assert call.last_number == 1
    assert Trace.objects.filter(act=Act.STEP).count() == 1


def test_a_body_has_one_place_however_many_apply_at_once(call, bodies, officer):
    several = drafts(call, bodies, TIMES)
    outcomes = at_once(lambda number: submit(several[number], officer), times=TIMES)
    assert sum(isinstance(one, AlreadyApplied) for one in outcomes) == TIMES - 1
    assert Application.objects.filter(state=ApplicationState.SUBMITTED).count() == 1


def test_numbers_are_given_once_and_without_a_gap(bodies, officer):
    call = CallFactory(open=True, per_body=TIMES)
    several = drafts(call, bodies, TIMES)
    at_once(lambda number: submit(several[number], officer), times=TIMES)
    given = Application.objects.order_by("number").values_list("number", flat=True)
    assert list(given) == list(range(1, TIMES + 1))


def test_who_comes_while_it_closes_is_in_or_is_told_that_it_is_over(bodies, officer):
    call = CallFactory(open=True, per_body=TIMES)
    several = drafts(call, bodies, TIMES)

    def act(number):
        if number == TIMES:
            return turn_call(call_id=call.pk, at=OVER)
        return submit(several[number], officer)

    outcomes = at_once(act, times=TIMES + 1)
    for application, outcome in zip(several, outcomes[:TIMES], strict=True):
        application.refresh_from_db()
        is_in = isinstance(outcome, Application)
        assert is_in or isinstance(outcome, TooLate | IllegalStep)
        kept = ApplicationState.SUBMITTED if is_in else ApplicationState.LAPSED
        assert application.state == kept


@pytest.mark.parametrize("late", [dt.timedelta(0), dt.timedelta(microseconds=1), GRACE])
def test_the_last_moment_is_no_longer_in_the_window(call, bodies, officer, late):
    (application,) = drafts(call, bodies)
    with pytest.raises(TooLate):
        submit(application, officer, at=CLOSES + late)
    submit(application, officer, at=JUST)


def test_the_race_for_a_number_is_real(call, bodies):
    (application,) = drafts(call, bodies)
    looked = Barrier(TIMES)

    def submit_without_a_lock(_number):
        row = Application.objects.get(pk=application.pk)
        last = Call.objects.values_list("last_number", flat=True).get(pk=call.pk)
        looked.wait()
        after = next_state(LIFE, ApplicationState(row.state), ApplicationStep.SUBMIT)
        Application.objects.filter(pk=row.pk).update(state=after, number=last + 1)
        return after

    outcomes = at_once(submit_without_a_lock, times=TIMES)
    assert sum(one == ApplicationState.SUBMITTED for one in outcomes) > 1


def test_the_race_against_the_close_is_real(call, bodies):
    (application,) = drafts(call, bodies)
    looked = Barrier(2)

    def without_a_lock(number):
        row = Application.objects.get(pk=application.pk)
        looked.wait()
        step = ApplicationStep.LAPSE if number else ApplicationStep.SUBMIT
        row.state = next_state(LIFE, ApplicationState(row.state), step)
        row.save(update_fields=["state"])
        return row.state

    told = at_once(without_a_lock, times=2)
    application.refresh_from_db()
    assert len({*told}) == 2
    assert any(one != application.state for one in told)  # somebody was told what is not so
