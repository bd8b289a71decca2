"""Readers and deciders at the same moment: a third is called once, and what is told is so."""

import datetime as dt
from decimal import Decimal
from threading import Barrier

import pytest

from entrecidades.audit.models import Trace
from entrecidades.calls.choices import (
    Act,
    ApplicationState,
    CallState,
    CallStep,
    ReadingState,
    ReadingStep,
    Verdict,
)
from entrecidades.calls.models import Application, Call, Reading
from entrecidades.calls.selectors import standing_of
from entrecidades.calls.services import (
    assign_readers,
    decide_application,
    list_application,
    take_call_step,
    take_reading_step,
)
from entrecidades.kernel.lives import IllegalStep
from tests.calls.conftest import sheet
from tests.conftest import entrusted
from tests.factories.calls import CLOSES, ApplicationFactory, CallFactory, ReadingFactory
from tests.race import at_once, meanwhile

AT = CLOSES + dt.timedelta(days=1)

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def call():
    return CallFactory(closed=True)


@pytest.fixture
def runners(call):
    return [entrusted(call.entity, role="coordinator") for _one in range(2)]


@pytest.fixture
def application(call, bodies):
    return ApplicationFactory(call=call, lead=bodies[0], partners=bodies[1:], submitted=True)


@pytest.fixture
def readings(application, readers):
    """Two sheets, further apart than the call allows, that wait to be handed in."""
    return [
        ReadingFactory(application=application, reader=reader, scores=sheet(score))
        for reader, score in zip(readers, ("2", "9"), strict=False)
    ]


def hand_in(reading):
    step = ReadingStep.HAND_IN
    return take_reading_step(reading_id=reading.pk, step=step, by=reading.reader, at=AT)


def test_two_who_hand_in_at_once_call_one_third_reader(application, readings):
    outcomes = at_once(lambda number: hand_in(readings[number]), times=2)
    assert all(isinstance(one, Reading) for one in outcomes)
    third = Reading.objects.get(is_third=True)
    assert (third.state, third.application_id) == (ReadingState.ASKED, application.pk)


def test_without_the_lock_nobody_would_call_the_third(application, readings):
    looked = Barrier(2)

    def hand_in_without_a_lock(number):
        rows = Application.objects.prefetch_related("readings").select_related("call")
        seen = rows.get(pk=application.pk)
        looked.wait()
        mine = next(one for one in seen.readings.all() if one.pk == readings[number].pk)
        mine.state, mine.total = ReadingState.HANDED_IN, Decimal(2 + 7 * number)
        mine.save()
        return standing_of(seen).wants_third

    assert at_once(hand_in_without_a_lock, times=2) == [False, False]
    assert standing_of(Application.objects.get(pk=application.pk)).wants_third


def test_two_who_give_out_the_readings_give_them_once(call, application, readers, runners):
    at_once(lambda number: assign_readers(call_id=call.pk, by=runners[number], at=AT), times=2)
    assert Reading.objects.count() == call.readers
    assert Trace.objects.filter(act=Act.ASSIGN).count() == call.readers


def evaluated(call):
    Call.objects.filter(pk=call.pk).update(state=CallState.EVALUATED)


def decide(application, by, verdict, reason):
    who = {"application_id": application.pk, "by": by, "at": AT}
    return decide_application(verdict=verdict, reason=reason, **who)


def test_of_two_deciders_the_later_stands_and_history_tells_both_in_order(
    call, application, runners
):
    evaluated(call)
    verdicts = [Verdict.ACCEPTED, Verdict.REFUSED]
    at_once(
        lambda number: decide(application, runners[number], verdicts[number], f"R{number}"),
        times=2,
    )
    first, second = Trace.objects.filter(act=Act.DECIDE).order_by("pk")
    assert first.changes["verdict"][1] == second.changes["verdict"][0]
    application.refresh_from_db()
    assert [application.verdict, application.reason] == [
        second.changes["verdict"][1],
        second.changes["reason"][1],
    ]


def test_two_who_publish_the_decisions_publish_them_once(call, application, runners):
    evaluated(call)
    decide(application, runners[0], Verdict.ACCEPTED, "Good.")
    outcomes = at_once(
        lambda number: take_call_step(
            call_id=call.pk, step=CallStep.DECIDE, by=runners[number], at=AT
        ),
        times=2,
    )
    assert sum(isinstance(one, IllegalStep) for one in outcomes) == 1
    assert Trace.objects.filter(act=Act.STEP).count() == 1


@pytest.mark.postgresql
def test_a_decision_is_not_changed_behind_the_back_of_those_who_publish(
    call, application, runners
):
    """The first decider holds the call until he is done; what is published is what he noted."""
    evaluated(call)
    decide(application, runners[0], Verdict.ACCEPTED, "Good.")
    publish = {"call_id": call.pk, "step": CallStep.DECIDE, "by": runners[1], "at": AT}
    meanwhile(
        lambda: decide(application, runners[0], Verdict.REFUSED, "Not so."),
        lambda: take_call_step(**publish),
    )
    application.refresh_from_db()
    assert (application.state, application.verdict) == (ApplicationState.REFUSED, "refused")
    assert application.reason == "Not so."


@pytest.mark.postgresql
def test_who_decides_while_the_decisions_are_published_is_too_late(call, application, runners):
    evaluated(call)
    decide(application, runners[0], Verdict.ACCEPTED, "Good.")
    publish = {"call_id": call.pk, "step": CallStep.DECIDE, "by": runners[1], "at": AT}
    outcome = meanwhile(
        lambda: take_call_step(**publish),
        lambda: decide(application, runners[0], Verdict.REFUSED, "Not so."),
    )
    assert isinstance(outcome, IllegalStep)
    application.refresh_from_db()
    assert (application.state, application.verdict) == (ApplicationState.ACCEPTED, "accepted")


@pytest.mark.postgresql
def test_who_takes_back_her_consent_while_the_decisions_are_published_is_not_named(
    call, application, runners
):
    evaluated(call)
    Application.objects.update(is_listed=True, verdict=Verdict.ACCEPTED, reason="Good.")
    officer = entrusted(application.lead)
    who = {"application_id": application.pk, "by": officer, "at": AT}
    publish = {"call_id": call.pk, "step": CallStep.DECIDE, "by": runners[1], "at": AT}
    meanwhile(lambda: list_application(is_listed=False, **who), lambda: take_call_step(**publish))
    application.refresh_from_db()
    assert (application.state, application.is_listed) == (ApplicationState.ACCEPTED, False)
