"""Every step that is not in a table is refused with a sentence, whoever would take it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.calls.choices import (
    ApplicationState,
    ApplicationStep,
    CallState,
    CallStep,
    ReadingState,
    ReadingStep,
    RunState,
    RunStep,
)
from entrecidades.calls.rules import life, pairing
from tests.lives import assert_leads_or_refuses

LIVES = {
    "call": (CallState, CallStep, life.CALL_LIFE, life.CALL_STEP_OF),
    "application": (
        ApplicationState,
        ApplicationStep,
        life.APPLICATION_LIFE,
        life.APPLICATION_STEP_OF,
    ),
    "reading": (ReadingState, ReadingStep, life.READING_LIFE, life.READING_STEP_OF),
    "run": (RunState, RunStep, pairing.RUN_LIFE, pairing.RUN_STEP_OF),
}


@st.composite
def a_step(draw):
    states, steps, table, _of = LIVES[draw(st.sampled_from(sorted(LIVES)))]
    return table, draw(st.sampled_from(list(states))), draw(st.sampled_from(list(steps)))


@given(a_step())
def test_a_step_leads_where_the_table_says_or_is_refused_with_both_names(step):
    assert_leads_or_refuses(*step)


@pytest.mark.parametrize("kind", LIVES)
def test_every_step_is_somebodys_and_leads_somewhere(kind):
    _states, steps, table, of = LIVES[kind]
    assert of.keys() == set(steps) == {step for _state, step in table}


@pytest.mark.parametrize("kind", LIVES)
def test_every_state_is_reached_from_the_first(kind):
    states, _steps, table, _of = LIVES[kind]
    reached = {next(iter(states))}
    while more := {now for (was, _step), now in table.items() if was in reached} - reached:
        reached |= more
    assert reached == set(states)


def test_every_step_of_an_application_has_its_time():
    assert set(ApplicationStep) == life.WHILE.keys()


@pytest.mark.parametrize("kind", LIVES)
def test_what_may_be_done_is_what_the_table_allows(kind):
    states, _steps, table, of = LIVES[kind]
    for state in states:
        for who in set(of.values()):
            for step in life.steps_of(table, state, of, who):
                assert (state, step) in table
                assert of[step] == who
