"""Days as calendar files, and a deadline by the clocks of those who must keep it."""

import datetime as dt

import pytest
from django.urls import reverse

from entrecidades.network.choices import Visibility
from tests.factories.calls import ApplicationFactory, CallFactory
from tests.factories.projects import MilestoneFactory, ProjectFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


@pytest.fixture
def call():
    return CallFactory(open=True, reads_until=dt.date(2009, 12, 20))


def test_the_days_of_a_call_are_told_in_the_readers_language(client, call):
    answer = client.get(reverse("web:call-calendar", args=[call.slug]))
    told = answer.content.decode()
    assert answer["Content-Type"].startswith("text/calendar")
    assert "DTSTART:20091201T210000Z" in told
    assert "DTSTART;VALUE=DATE:20091220" in told
    assert told.count("BEGIN:VEVENT") == 3
    assert "SUMMARY:Last moment to submit: A hundred cities" in told


@pytest.mark.parametrize("facts", [{"state": "cancelled"}, {"state": "draft"}])
def test_what_will_not_be_has_no_days(client, facts):
    call = CallFactory(**facts)
    assert client.get(reverse("web:call-calendar", args=[call.slug])).status_code == 404


def test_the_milestones_of_a_project_are_due_or_done(client, maputo):
    project = ProjectFactory(entity=maputo, title={"en": "Waste, and water"})
    MilestoneFactory(project=project, title={"en": "Carts"}, due_on=dt.date(2009, 12, 31))
    MilestoneFactory(
        project=project,
        title={"en": "Maps"},
        due_on=dt.date(2009, 8, 1),
        done_on=dt.date(2009, 9, 2),
    )
    MilestoneFactory(
        project=project, removed_at=dt.datetime(2009, 1, 1, tzinfo=dt.UTC), removed_by=1
    )
    told = client.get(reverse("web:project-calendar", args=[project.public_id])).content.decode()
    assert "DTSTART;VALUE=DATE:20091231" in told
    assert "DTSTART;VALUE=DATE:20090902" in told
    assert "SUMMARY:Done: Maps (Waste\\, and water)" in told
    assert told.count("BEGIN:VEVENT") == 2


def test_a_project_that_one_does_not_see_has_no_calendar(client, maputo, stranger):
    project = ProjectFactory(entity=maputo, visibility=Visibility.OVERSIGHT)
    client.force_login(stranger)
    address = reverse("web:project-calendar", args=[project.public_id])
    assert client.get(address).status_code == 404


def test_a_deadline_is_told_by_the_clock_of_the_city_as_well(
    client, call, maputo, curitiba, officer
):
    for body, zone in ((maputo, "Africa/Maputo"), (curitiba, "America/Sao_Paulo")):
        body.seat.timezone = zone
        body.seat.save()
    application = ApplicationFactory(call=call, lead=maputo, partners=[curitiba])
    client.force_login(officer)
    both = "Dec. 1, 2009, 7 p.m. (Sao Paulo) = Dec. 1, 2009, 11 p.m. (Maputo)"
    for address in (application.get_absolute_url(), call.get_absolute_url()):
        page = client.get(address).content.decode()
        assert both in page
    client.logout()
    page = client.get(call.get_absolute_url()).content.decode()
    assert "Dec. 1, 2009, 7 p.m. (Sao Paulo)" in page
    assert "(Maputo)" not in page
