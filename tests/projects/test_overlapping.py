"""What overlaps with a draft: near, on the same theme, in the same time, and hers to see."""

import datetime as dt

import pytest

from entrecidades.network.choices import Visibility
from entrecidades.network.selectors import reader_of
from entrecidades.projects.selectors import Draft, overlapping
from tests.factories.projects import ProjectFactory
from tests.factories.themes import ThemeFactory

DAY = dt.date(2009, 11, 19)


@pytest.fixture
def waste(db):
    return ThemeFactory()


@pytest.fixture
def there(world, curitiba, waste):
    facts = {"planned_from": dt.date(2009, 1, 1), "planned_to": dt.date(2010, 1, 1)}
    return ProjectFactory(entity=curitiba, themes=[waste], places=[world["Maputo"]], **facts)


def found(draft, person):
    return [met.project for met in overlapping(draft, reader=reader_of(person, on=DAY))]


def test_all_three_must_meet(world, there, waste, officer):
    here = [world["Maputo"]]
    assert found(Draft(here, [waste], DAY), officer) == [there]
    assert found(Draft([world["Curitiba"]], [waste], DAY), officer) == []
    assert found(Draft(here, [ThemeFactory()], DAY), officer) == []
    assert found(Draft(here, [waste], dt.date(2010, 2, 1)), officer) == []
    assert found(Draft(here, [waste], None, dt.date(2008, 1, 1)), officer) == []
    assert found(Draft([], [waste]), officer) == []


def test_a_project_does_not_overlap_with_itself(world, there, waste, officer):
    assert found(Draft([world["Maputo"]], [waste], itself=there.pk), officer) == []


def test_what_she_may_not_see_is_not_hinted_at(world, there, waste, officer, counterpart):
    type(there).objects.update(visibility=Visibility.PARTNER)
    draft = Draft([world["Maputo"]], [waste])
    assert found(draft, officer) == []
    assert found(draft, counterpart) == [there]
