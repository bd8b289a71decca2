"""A project begins: who sees it, what is refused, which trace it leaves."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from entrecidades.audit.models import Trace
from entrecidades.network.choices import Visibility
from entrecidades.network.rules import NotAllowed
from entrecidades.network.selectors import reader_of
from entrecidades.projects.choices import Role
from entrecidades.projects.models import Project
from entrecidades.projects.rules import NothingSaid, RoleTaken
from entrecidades.projects.selectors import parties_of, projects_of, projects_seen_by
from entrecidades.projects.services import begin_project, name_role, release_role
from tests.factories.themes import ThemeFactory

AT = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)


def begin(coordinator, by, *roles, **facts):
    said = {"title": "Waste in the hills", "language": "en"} | facts
    return begin_project(coordinator=coordinator, roles=roles, by=by, at=AT, **said)


def test_it_is_theirs_whom_it_names_and_of_nobody_else(
    maputo, curitiba, officer, counterpart, stranger
):
    theme = ThemeFactory()
    project = begin(
        maputo, officer, (Role.RECEIVER, maputo), (Role.FIRST_PROVIDER, curitiba), themes=[theme]
    )
    assert {*parties_of(project)} == {maputo, curitiba}
    assert list(project.places.all()) == [maputo.seat]
    assert list(project.themes.all()) == [theme]
    for person, sees in ((officer, 1), (counterpart, 1), (stranger, 0)):
        reader = reader_of(person, on=AT.date())
        assert projects_seen_by(reader).count() == projects_of(reader).count() == sees
    assert Trace.objects.get().body_id == maputo.pk


def test_a_body_with_two_roles_finds_the_project_once(maputo, curitiba, officer, counterpart):
    begin(maputo, officer, (Role.FUNDER, curitiba), (Role.FIRST_PROVIDER, curitiba))
    assert projects_seen_by(reader_of(counterpart, on=AT.date())).count() == 1


def test_nobody_begins_one_for_another_body(maputo, counterpart):
    with pytest.raises(NotAllowed):
        begin(maputo, counterpart)
    assert not Project.objects.exists()


def test_it_has_a_title_and_is_not_hidden_from_its_parties(maputo, officer):
    with pytest.raises(NothingSaid):
        begin(maputo, officer, title="  ")
    with pytest.raises(ValidationError, match="partners see"):
        begin(maputo, officer, visibility=Visibility.PRIVATE)
    assert not Trace.objects.exists()


def test_a_role_is_given_once_and_the_coordinator_stays(maputo, curitiba, officer):
    project = begin(maputo, officer)
    facts = {"project_id": project.pk, "role": Role.FUNDER, "entity": curitiba}
    given = name_role(**facts, by=officer, at=AT)
    with pytest.raises(RoleTaken):
        name_role(**facts, by=officer, at=AT)
    release_role(role_id=given.pk, by=officer, at=AT)
    with pytest.raises(RoleTaken):
        release_role(role_id=project.roles.get().pk, by=officer, at=AT)
    assert list(parties_of(project)) == [maputo]
