"""Every step of the life leads where the table says; every other is refused with a sentence."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.audit.models import Trace
from entrecidades.projects.choices import Act, ProjectState, ProjectStep
from entrecidades.projects.rules import (
    IATI_STATUS,
    LIFE,
    OVER,
    TAKEN_BY,
    NothingToUndo,
    NotYourStep,
    steps_for,
)
from entrecidades.projects.services import (
    name_role,
    release_role,
    take_project_step,
    undo_last_step,
)
from tests.conftest import entrusted
from tests.factories.cooperation import CoordinationFactory
from tests.factories.projects import ProjectFactory
from tests.lives import assert_leads_or_refuses

AT = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)
STEPS = [(state, step) for state in ProjectState for step in ProjectStep]


@given(st.sampled_from(STEPS))
def test_a_step_leads_where_the_table_says_or_is_refused_with_a_sentence(case):
    assert_leads_or_refuses(LIFE, *case)


def test_what_is_over_leads_nowhere_and_everything_else_can_get_there():
    assert not [case for case in LIFE if case[0] in OVER]
    reached = {ProjectState.CANCELLED, ProjectState.CLOSED}
    while more := {state for (state, _step), after in LIFE.items() if after in reached} - reached:
        reached |= more
    assert reached == {*ProjectState}


@given(st.sampled_from(list(ProjectState)), st.sets(st.sampled_from(["leader", "programme"])))
def test_one_is_offered_the_steps_that_are_hers(state, sides):
    offered = steps_for(state, frozenset(sides))
    assert all((state, step) in LIFE and TAKEN_BY[step] & sides for step in offered)


def test_every_state_has_its_status_in_iati():
    assert {*IATI_STATUS} == {*ProjectState}
    assert {*IATI_STATUS.values()} == {1, 2, 3, 4, 5, 6}


@pytest.fixture
def project(maputo, curitiba):
    return ProjectFactory(entity=maputo, parties=[("first_provider", curitiba)])


def lead(project, by, *steps):
    for number, step in enumerate(steps):
        at = AT + dt.timedelta(minutes=number)
        project = take_project_step(project_id=project.pk, step=ProjectStep(step), by=by, at=at)
    return project


def test_a_step_leaves_one_trace_and_the_days(project, officer):
    lead(project, officer, "diagnose", "formulate", "approve", "implement")
    project.refresh_from_db()
    assert (project.state, project.actual_from) == ("implementing", AT.date())
    assert Trace.objects.filter(act=Act.STEP).count() == 4


def test_a_partner_cannot_take_the_coordinators_step(project, counterpart):
    with pytest.raises(NotYourStep):
        lead(project, counterpart, "diagnose")
    project.refresh_from_db()
    assert project.state == "identified"
    assert not Trace.objects.exists()


def test_who_coordinates_the_programme_may_suspend_or_cancel_and_no_more(maputo, anci):
    coordination = CoordinationFactory(entity=anci)
    project = ProjectFactory(entity=maputo, programme=coordination.programme)
    speaks = entrusted(anci, "coordinator")
    with pytest.raises(NotYourStep):
        lead(project, speaks, "diagnose")
    assert lead(project, speaks, "cancel").state == "cancelled"
    assert Trace.objects.get().body_id == anci.pk


def test_a_step_is_taken_back_with_the_days_it_wrote(project, officer):
    lead(project, officer, "diagnose", "formulate", "approve", "implement")
    undo_last_step(project_id=project.pk, by=officer, at=AT + dt.timedelta(hours=1))
    project.refresh_from_db()
    assert (project.state, project.actual_from) == ("approved", None)
    with pytest.raises(NothingToUndo):
        undo_last_step(project_id=project.pk, by=officer, at=AT + dt.timedelta(hours=2))


def test_a_step_that_something_followed_stays(project, officer, world):
    lead(project, officer, "diagnose")
    given_role = name_role(
        project_id=project.pk,
        role="funder",
        entity=world.body("Seattle"),
        by=officer,
        at=AT + dt.timedelta(hours=1),
    )
    release_role(role_id=given_role.pk, by=officer, at=AT + dt.timedelta(hours=2))
    with pytest.raises(NothingToUndo):
        undo_last_step(project_id=project.pk, by=officer, at=AT + dt.timedelta(hours=3))


@pytest.mark.parametrize("way", [[], ["finalise"]])
def test_work_that_rested_goes_on_where_it_was(project, officer, way):
    before = lead(project, officer, "diagnose", "formulate", "approve", "implement", *way).state
    assert lead(project, officer, "suspend", "resume").state == before
    assert Trace.objects.filter(act=Act.STEP).latest("pk").facts["now"] == before


def test_a_rest_that_was_taken_back_is_not_where_one_goes_on(project, officer):
    lead(project, officer, "diagnose", "formulate", "approve", "implement", "suspend")
    undo_last_step(project_id=project.pk, by=officer, at=AT + dt.timedelta(minutes=4))
    assert lead(project, officer, "finalise", "suspend", "resume").state == "finalising"


def test_a_partner_does_not_take_a_step_back(project, officer, counterpart):
    lead(project, officer, "diagnose")
    with pytest.raises(NotYourStep):
        undo_last_step(project_id=project.pk, by=counterpart, at=AT)
