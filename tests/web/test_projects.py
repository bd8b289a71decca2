"""Projects are listed, read, begun and led on their pages; strangers learn what is shared."""

import datetime as dt
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from entrecidades.network.choices import Visibility
from entrecidades.projects.models import (
    Evidence,
    HelpRequest,
    Measurement,
    Milestone,
    Project,
    ProjectReport,
)
from tests.conftest import entrusted
from tests.factories.projects import (
    BudgetLineFactory,
    IndicatorFactory,
    MeasurementFactory,
    MilestoneFactory,
    ProjectFactory,
    ProjectReportFactory,
)
from tests.factories.themes import ThemeFactory
from tests.web.editors import address, opened, sent
from tests.web.pages import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


@pytest.fixture
def waste(db):
    return ThemeFactory(slug="waste-disposal", sdg=["11.6"])


@pytest.fixture
def project(maputo, curitiba, world, waste):
    project = ProjectFactory(
        entity=maputo,
        title={"en": "Carts in the hills"},
        parties=[
            ("receiver", maputo),
            ("first_provider", curitiba),
            ("second_provider", world.body("Seattle")),
        ],
        themes=[waste],
        places=[world["Maputo"]],
    )
    MilestoneFactory(project=project, title={"en": "Diagnosis"}, due_on=dt.date(2009, 5, 1))
    BudgetLineFactory(project=project, amount="1234.50")
    MeasurementFactory(indicator=IndicatorFactory(project=project))
    return project


def url(project, verb=""):
    return f"/en/projects/{project.public_id}/{verb}"


def test_the_page_tells_who_how_far_and_what_came_of_it(client, project):
    page = text_of(client.get(url(project)))
    for words in ("a triangle", "1 Pipeline", "overdue", "1,234.5", "40 %", "11.6", "Curitiba"):
        assert words in page


def test_reports_and_help_are_for_those_who_take_part(client, project, counterpart, world):
    ProjectReportFactory(project=project, words="Between us.")
    assert "Between us." not in text_of(client.get(url(project)))
    client.force_login(entrusted(world.body("Turin")))
    assert "Between us." not in text_of(client.get(url(project)))
    client.force_login(counterpart)
    assert "Between us." in text_of(client.get(url(project)))


def test_the_list_takes_state_theme_and_country_and_is_a_file_too(client, project, waste):
    ProjectFactory(title={"en": "Buses"}, state="closed", entity__country__code="IT")
    for query in (
        "state=identified",
        "theme=waste-disposal",
        "country=MZ",
        "kind=project&country=BR",
    ):
        page = text_of(client.get(f"/en/projects/?{query}"))
        assert "Carts in the hills" in page
        assert "Buses" not in page
        rows = b"".join(client.get(f"/en/projects/export.json?{query}"))
        assert b"Carts in the hills" in rows
        assert b"Buses" not in rows


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "json", "geojson"])
def test_nothing_that_is_not_shared_is_in_a_file(client, project, fmt):
    Project.objects.update(visibility=Visibility.PARTNER)
    answer = client.get(f"/en/projects/export.{fmt}")
    assert answer["X-Total-Count"] == "0"


def test_a_project_lies_where_it_is_done(client, project):
    told = json.loads(b"".join(client.get("/en/projects/export.geojson")))
    assert told["features"][0]["geometry"]["type"] == "Point"


def begun(client, **facts):
    said = {
        "kind": "project",
        "title": "Compost",
        "language": "en",
        "themes": ["waste-disposal"],
        "own_role": "receiver",
        "partner": "br/curitiba",
        "partner_role": "first_provider",
        "planned_from": "2009-12-01",
        "visibility": "40",
    }
    return client.post("/en/projects/new/", said | facts)


def test_one_begins_a_project_with_a_partner(client, officer, maputo, curitiba, waste):
    client.force_login(officer)
    answer = begun(client, entity=str(maputo.public_id))
    project = Project.objects.get()
    assert answer["Location"] == url(project)
    named = {(one.role, one.entity) for one in project.roles.all()}
    assert named == {
        ("coordinator", maputo),
        ("receiver", maputo),
        ("first_provider", curitiba),
    }
    assert project.planned_from == dt.date(2009, 12, 1)


def test_what_was_typed_is_kept_and_everything_wrong_is_named(client, officer, maputo, waste):
    client.force_login(officer)
    wrong = {"partner": "Xqzwv", "planned_to": "yesterday", "title": ""}
    page = begun(client, entity=str(maputo.public_id), summary="Heaps of it", **wrong)
    words = text_of(page)
    assert page.status_code == 422
    assert "Heaps of it" in words
    assert words.count('class="error-text"') >= 3
    late = begun(client, entity=str(maputo.public_id), planned_to="2009-01-01")
    assert "planned to end before it begins" in text_of(late)
    assert not Project.objects.exists()


def test_what_overlaps_stands_beside_the_form_and_without_script_on_the_page(
    client, officer, maputo, project, waste
):
    client.force_login(officer)
    asked = {"entity": str(maputo.public_id), "themes": "waste-disposal"}
    part = client.get("/en/projects/overlaps/", asked)
    assert "Carts in the hills" in text_of(part)
    assert "<html" not in text_of(part)
    begun(client, entity=str(maputo.public_id))
    new = Project.objects.get(title={"en": "Compost"})
    assert "Carts in the hills" in text_of(client.get(url(new)))


def test_a_step_is_taken_and_taken_back(client, officer, project):
    client.force_login(officer)
    client.post(url(project, "step/"), {"step": "diagnose"})
    assert "Take the last step back" in text_of(client.get(url(project)))
    client.post(url(project, "step/"), {"undo": "1"})
    project.refresh_from_db()
    assert project.state == "identified"
    refused = client.post(url(project, "step/"), {"step": "close"})
    assert refused.status_code == 422
    assert "Impossible while it is" in text_of(refused)


def test_parts_are_entered_and_every_problem_is_named(client, officer, project):
    client.force_login(officer)
    plan = url(project, "plan/milestone/")
    said = {"title": "Carts", "language": "en", "starts_on": "2010-01-01", "due_on": "2009-01-01"}
    assert client.post(plan, said).status_code == 422
    assert client.post(plan, said | {"due_on": "2010-02-01"}).status_code == 302
    assert Milestone.objects.filter(title={"en": "Carts"}).exists()
    assert client.get(url(project, "plan/nothing/")).status_code == 404


def test_shares_that_are_no_whole_are_refused_with_both_reasons(client, officer, project):
    project.themes.add(ThemeFactory())
    keys = list(project.shares.values_list("theme", flat=True))
    client.force_login(officer)
    plan = url(project, "plan/shares/")
    page = client.post(plan, {f"share-{keys[0]}": "60"})
    assert {"Give every theme", "not 100"} <= {
        words for words in ("Give every theme", "not 100") if words in text_of(page)
    }
    said = {f"share-{keys[0]}": "60", f"share-{keys[1]}": "40"}
    assert client.post(plan, said).status_code == 302


def test_a_party_reports_measures_and_asks_for_help(client, counterpart, curitiba, project):
    client.force_login(counterpart)
    who = {"entity": str(curitiba.public_id), "language": "pt"}
    period = {"first_on": "2009-01-01", "last_on": "2009-12-31"}
    client.post(url(project, "report/"), {**who, **period, "words": "Fomos lá."})
    assert ProjectReport.objects.get().words == "Fomos lá."
    assert "Fomos lá." in text_of(client.get(url(project, "report/?year=2009")))
    indicator = project.indicators.get()
    measured = {**who, **period, "value": "55", "women": "30", "men": "25"}
    client.post(url(project, f"measure/{indicator.public_id}/"), measured)
    assert Measurement.objects.latest("pk").groups == {"women": "30", "men": "25"}
    client.post(url(project, "help/"), {**who, "words": "Uma ponte caiu."})
    assert HelpRequest.objects.get().entity == curitiba


def test_help_is_answered_on_the_page(client, officer, counterpart, curitiba, project):
    client.force_login(counterpart)
    asked = {"entity": str(curitiba.public_id), "words": "A bridge fell."}
    client.post(url(project, "help/"), asked)
    client.force_login(officer)
    answer = {"answers": str(HelpRequest.objects.get().public_id), "words": "We send a boat."}
    client.post(url(project, "help/"), answer)
    assert "We send a boat." in text_of(client.get(url(project)))
    assert client.post(url(project, "help/"), answer | {"answers": "x"}).status_code == 404


@pytest.mark.parametrize("part", ["project", "milestone", "budget", "indicator"])
def test_two_who_edit_are_shown_both(client, officer, maputo, project, part):
    parts = {
        "project": (project, "planned_from", "2009-02-01", "2009-03-01"),
        "milestone": (project.milestones.get(), "due_on", "2009-06-01", "2009-07-01"),
        "budget": (project.budgetlines.get(), "amount", "5", "7.25"),
        "indicator": (project.indicators.get(), "target", "150", "200"),
    }
    record, unit, theirs, mine = parts[part]
    colleague = entrusted(maputo, email="colleague@maputo.example")
    client.force_login(officer)
    hers = opened(client, record)
    client.force_login(colleague)
    first = client.post(address(record), sent(opened(client, record), {unit: theirs}))
    assert first.status_code == 302
    client.force_login(officer)
    compared = client.post(address(record), sent(hers, {unit: mine}))
    assert compared.status_code == 409
    assert opened(client, record, compared)[unit] == mine


def test_what_is_saved_unchanged_changes_nothing(client, officer, project):
    client.force_login(officer)
    records = (project, project.milestones.get(), project.budgetlines.get())
    for record in (*records, project.indicators.get()):
        before = record.units()
        assert client.post(address(record), opened(client, record)).status_code == 302
        record.refresh_from_db()
        assert (record.units(), record.version) == (before, 1)


@pytest.mark.slow
def test_a_file_shows_what_was_done_to_those_who_see_it(client, counterpart, curitiba, project):
    client.force_login(counterpart)
    upload = SimpleUploadedFile("minutes.txt", b"Twelve carts.\n", content_type="text/plain")
    said = {"entity": str(curitiba.public_id), "language": "en", "visibility": "10"}
    answer = client.post(url(project, "evidence/"), said | {"upload": upload, "title": "Minutes"})
    assert answer.status_code == 302
    assert "Minutes" in text_of(client.get(url(project)))
    document = Evidence.objects.get().document
    there = f"/en/documents/{document.public_id}/file/"
    assert there in client.get(url(project)).content.decode()
    given = client.get(there)
    assert given.content == b"Twelve carts.\n"
    assert given["Content-Disposition"].startswith("attachment")
    client.logout()
    assert client.get(there).status_code == 404
    assert "Minutes" not in text_of(client.get(url(project)))
