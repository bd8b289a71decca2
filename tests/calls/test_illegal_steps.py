"""Every illegal step of every life, taken by the one whose step it is: a sentence, and no row."""

import datetime as dt

import pytest

from entrecidades.calls.choices import (
    ApplicationState,
    ApplicationStep,
    CallState,
    CallStep,
    ReadingState,
    ReadingStep,
)
from entrecidades.calls.models import Application, Call, Reading
from entrecidades.calls.rules import life
from entrecidades.calls.services import (
    take_application_step,
    take_call_step,
    take_reading_step,
)
from entrecidades.kernel.errors import Refusal
from entrecidades.kernel.lives import IllegalStep
from tests.conftest import entrusted
from tests.factories.calls import CLOSES, ApplicationFactory, ReadingFactory
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db
AT = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)
LATER = CLOSES + dt.timedelta(days=1)


def illegal(states, steps, table):
    return [(state, step) for state in states for step in steps if (state, step) not in table]


def refused(act, *, because=Refusal, **facts):
    """The act is refused with sentences that say something, and nothing is saved."""
    with nothing_changes("calls"), pytest.raises(because) as refusal:
        act(**facts)
    assert all(len(str(says)) > len("No.") for says in refusal.value.messages)
    return refusal.value


@pytest.fixture
def application(call, maputo, curitiba):
    return ApplicationFactory(call=call, lead=maputo, partners=[curitiba], complete=True)


@pytest.mark.parametrize(("state", "step"), illegal(CallState, CallStep, life.CALL_LIFE))
def test_no_call_takes_a_step_that_is_not_in_its_life(call, runner, state, step):
    Call.objects.filter(pk=call.pk).update(state=state)
    by = None if life.CALL_STEP_OF[step] == life.HOUSE else runner
    facts = {"call_id": call.pk, "step": step, "by": by, "at": LATER, "reason": "Because."}
    refused(take_call_step, because=IllegalStep, **facts)


@pytest.mark.parametrize("step", CallStep)
def test_a_step_of_the_house_is_nobodys_and_nobody_elses_is_the_houses(call, runner, step):
    by = runner if life.CALL_STEP_OF[step] == life.HOUSE else None
    facts = {"call_id": call.pk, "step": step, "by": by, "at": LATER, "reason": "Because."}
    refused(take_call_step, because=life.NotYourStep, **facts)


#: What people do to an application; the rest comes with the decisions of the call, or with time.
BY_PEOPLE = [step for step in ApplicationStep if life.APPLICATION_STEP_OF[step] != life.HOUSE]


def in_state(application, state):
    verdict = {"verdict": "accepted", "reason": "Good."} if state in VERDICTS else {}
    Application.objects.filter(pk=application.pk).update(state=state, **verdict)


VERDICTS = {ApplicationState.ACCEPTED, ApplicationState.RESERVE, ApplicationState.REFUSED}


def by_whom(step, runner, officer):
    return runner if life.APPLICATION_STEP_OF[step] == life.RUNNER else officer


@pytest.mark.parametrize(
    ("state", "step"), illegal(ApplicationState, BY_PEOPLE, life.APPLICATION_LIFE)
)
def test_no_application_takes_a_step_that_is_not_in_its_life(
    application, runner, officer, state, step
):
    in_state(application, state)
    facts = {"application_id": application.pk, "step": step, "at": AT, "reason": "Because."}
    refused(
        take_application_step,
        because=IllegalStep,
        by=by_whom(step, runner, officer),
        **facts,
    )


UNTIMELY = [
    (state, step, call_state)
    for (state, step) in life.APPLICATION_LIFE
    if step in BY_PEOPLE
    for call_state in CallState
    if call_state not in life.WHILE[step]
]


@pytest.mark.parametrize("case", UNTIMELY)
def test_no_application_takes_a_step_while_its_call_does_not_allow_it(
    application, runner, officer, case
):
    state, step, call_state = case
    in_state(application, state)
    Call.objects.filter(pk=application.call_id).update(state=call_state)
    facts = {"application_id": application.pk, "step": step, "at": AT, "reason": "Because."}
    refused(take_application_step, by=by_whom(step, runner, officer), **facts)


@pytest.mark.parametrize("step", sorted({*ApplicationStep} - {*BY_PEOPLE}))
def test_what_comes_with_the_decisions_is_nobodys_step(application, runner, step):
    facts = {"application_id": application.pk, "step": step, "by": runner, "at": AT}
    refused(take_application_step, because=life.NotYourStep, **facts)


@pytest.mark.parametrize("step", BY_PEOPLE)
def test_nobody_takes_the_step_of_another_side(application, runner, officer, stranger, step):
    other = officer if life.APPLICATION_STEP_OF[step] == life.RUNNER else runner
    facts = {"application_id": application.pk, "step": step, "at": AT, "reason": "Because."}
    for by in (other, stranger):
        refused(take_application_step, by=by, **facts)


@pytest.fixture
def reading(call):
    reader = entrusted(call.entity, role="evaluator", email="reader@call.example")
    sheet = {key: {"score": "5", "reason": "Fair."} for key in ("need", "means")}
    Call.objects.filter(pk=call.pk).update(state=CallState.CLOSED)
    application = ApplicationFactory(call=call, submitted=True)
    return ReadingFactory(application=application, reader=reader, scores=sheet)


@pytest.mark.parametrize(("state", "step"), illegal(ReadingState, ReadingStep, life.READING_LIFE))
def test_no_reading_takes_a_step_that_is_not_in_its_life(reading, runner, state, step):
    Reading.objects.filter(pk=reading.pk).update(state=state)
    by = runner if life.READING_STEP_OF[step] == life.RUNNER else reading.reader
    facts = {"reading_id": reading.pk, "step": step, "by": by, "at": LATER, "conflict": "Mine."}
    refused(take_reading_step, because=IllegalStep, **facts)


@pytest.mark.parametrize("step", ReadingStep)
def test_no_reading_takes_anothers_step(reading, runner, step):
    by = reading.reader if life.READING_STEP_OF[step] == life.RUNNER else runner
    facts = {"reading_id": reading.pk, "step": step, "by": by, "at": LATER, "conflict": "Mine."}
    refused(take_reading_step, **facts)


@pytest.mark.parametrize("state", sorted({*CallState} - {CallState.CLOSED}))
@pytest.mark.parametrize("step", ReadingStep)
def test_nothing_is_read_unless_the_call_is_closed(reading, runner, state, step):
    Call.objects.update(state=state)
    by = runner if life.READING_STEP_OF[step] == life.RUNNER else reading.reader
    facts = {"reading_id": reading.pk, "step": step, "by": by, "at": LATER, "conflict": "Mine."}
    refused(take_reading_step, because=IllegalStep, **facts)
