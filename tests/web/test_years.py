"""A programme is followed by its coordinators; its year is everybody's once it is out."""

import datetime as dt

import pytest

from entrecidades.reporting.models import AnnualReport, Edition
from tests.factories.cooperation import CoordinationFactory
from tests.factories.projects import HelpRequestFactory, ProjectFactory, ProjectReportFactory
from tests.factories.reporting import AnnualReportFactory
from tests.web.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


@pytest.fixture
def programme(anci):
    return CoordinationFactory(entity=anci, programme__slug="pairs").programme


@pytest.fixture
def project(programme, maputo, curitiba):
    return ProjectFactory(
        entity=maputo,
        title={"en": "Carts"},
        programme=programme,
        parties=[("first_provider", curitiba), ("receiver", maputo)],
    )


def test_the_lanes_tell_who_is_silent_and_who_asks_for_help(client, coordinator, project):
    ProjectFactory(programme=project.programme, heard_at=dt.datetime(2009, 11, 10, tzinfo=dt.UTC))
    HelpRequestFactory(project=project)
    client.force_login(coordinator)
    page = text_of(client.get("/en/programmes/pairs/following/"))
    for words in ("One has been silent", "One call for help", "49 days ago", "asks for help"):
        assert words in page


def test_who_does_not_coordinate_follows_nothing(client, officer, project):
    client.force_login(officer)
    assert client.get("/en/programmes/pairs/following/").status_code == 404


def test_a_report_is_begun_told_published_and_taken_back(client, coordinator, project):
    ProjectReportFactory(project=project, quote="They came at night.", may_quote=True)
    client.force_login(coordinator)
    there = "/en/programmes/pairs/years/2009/"
    assert client.post("/en/programmes/pairs/following/", {"year": "2009"})["Location"] == there
    page = text_of(client.get(there))
    for words in ("Carts", "They came at night.", "Maputo: reported", "Curitiba: not yet"):
        assert words in page
    client.logout()
    assert client.get(there).status_code == 404
    client.force_login(coordinator)
    client.post(f"{there}step/", {"step": "publish"})
    client.logout()
    page = text_of(client.get(there))
    assert "Carts" in page
    assert "not yet" not in page
    client.force_login(coordinator)
    assert client.post(f"{there}step/", {"step": "publish"}).status_code == 422
    client.post(f"{there}step/", {"step": "withdraw"})
    assert AnnualReport.objects.get().state == "draft"


@pytest.mark.parametrize("year", ["", "x", "1066", "2010", "99999"])
def test_a_year_that_is_none_is_refused_with_a_sentence(client, coordinator, programme, year):
    client.force_login(coordinator)
    page = client.post("/en/programmes/pairs/following/", {"year": year})
    assert page.status_code == 422
    assert "There is nothing to report" in text_of(page)


def test_the_file_is_there_once_it_is_made(client, programme, anci):
    report = AnnualReportFactory(programme=programme, entity=anci, out=True)
    there = "/en/programmes/pairs/years/2009/fr.pdf"
    assert client.get(there).status_code == 404
    Edition.objects.create(
        report=report, language="fr", content=b"%PDF", digest="d", asked_at=report_moment()
    )
    answer = client.get(there)
    assert (answer.content, answer["Content-Type"]) == (b"%PDF", "application/pdf")


def report_moment():
    return dt.datetime(2009, 11, 19, tzinfo=dt.UTC)
