"""Every illegal step of a project, taken by the one whose step it is: a sentence, and no row."""

import datetime as dt

import pytest

from entrecidades.kernel.lives import IllegalStep
from entrecidades.projects.choices import ProjectState, ProjectStep
from entrecidades.projects.models import Project
from entrecidades.projects.rules import LIFE
from entrecidades.projects.services import take_project_step
from tests.factories.projects import ProjectFactory
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db
AT = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)
ILLEGAL = [(was, step) for was in ProjectState for step in ProjectStep if (was, step) not in LIFE]


@pytest.mark.parametrize(("state", "step"), ILLEGAL)
def test_no_project_takes_a_step_that_is_not_in_its_life(maputo, officer, state, step):
    project = ProjectFactory(entity=maputo)
    Project.objects.filter(pk=project.pk).update(state=state)
    with nothing_changes("projects"), pytest.raises(IllegalStep) as refusal:
        take_project_step(project_id=project.pk, step=step, by=officer, at=AT)
    assert str(state.label) in refusal.value.messages[0]
