"""Of ten who take one step at once one takes it; without the lock more would."""

import datetime as dt
from threading import Barrier

import pytest

from entrecidades.audit.models import Trace
from entrecidades.kernel.lives import IllegalStep, next_state
from entrecidades.projects.choices import ProjectState, ProjectStep
from entrecidades.projects.models import Move, Project
from entrecidades.projects.rules import LIFE
from entrecidades.projects.services import take_project_step
from tests.conftest import entrusted
from tests.factories.projects import ProjectFactory
from tests.factories.world import build_world
from tests.race import at_once

AT = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)
PEOPLE = 10

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def project():
    return ProjectFactory(entity=build_world().body("Maputo"))


def test_one_step_is_taken_once(project):
    officer = entrusted(project.entity)
    who = {"project_id": project.pk, "by": officer, "at": AT}
    outcomes = at_once(
        lambda _number: take_project_step(step=ProjectStep.DIAGNOSE, **who), times=PEOPLE
    )
    refused = [one for one in outcomes if isinstance(one, IllegalStep)]
    assert len(refused) == PEOPLE - 1
    assert Move.objects.count() == Trace.objects.count() == 1


def test_the_race_is_real(project):
    looked = Barrier(PEOPLE)

    def step_without_a_lock(_number):
        row = Project.objects.get(pk=project.pk)
        looked.wait()
        after = next_state(LIFE, ProjectState(row.state), ProjectStep.DIAGNOSE)
        Move.objects.create(
            project=row, step="diagnose", was=row.state, now=after, version=1, at=AT
        )

    at_once(step_without_a_lock, times=PEOPLE)
    assert Move.objects.count() > 1
