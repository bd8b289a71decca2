"""A declaration in a browser's hands: what is typed stays, and it is there for its own only."""

import datetime as dt

import pytest
from django.urls import reverse

from entrecidades.reporting.models import Campaign
from entrecidades.reporting.selectors import recorded_in
from tests.conftest import entrusted
from tests.factories.cooperation import CoordinationFactory
from tests.factories.projects import BudgetLineFactory, MilestoneFactory, ProjectFactory
from tests.factories.reporting import CampaignFactory, DeclarationFactory


@pytest.fixture
def declaration(maputo):
    project = ProjectFactory(entity=maputo)
    MilestoneFactory(project=project, title={"en": "Carts"}, done_on=dt.date(2009, 5, 1))
    BudgetLineFactory(project=project)
    return DeclarationFactory(project=project)


def test_it_is_filled_in_already_and_confirmed_in_one_step(
    client, on_the_day, declaration, maputo
):
    client.force_login(entrusted(maputo))
    page = client.get(declaration.get_absolute_url()).content.decode()
    assert "Done: Carts." in page
    shown = recorded_in(declaration.project, 2009).digest()
    sent = {"words": "Done: Carts.", "language": "en", "shown": shown, "step": "confirm"}
    assert client.post(declaration.get_absolute_url(), sent).status_code == 302
    declaration.refresh_from_db()
    assert declaration.state == "confirmed"


@pytest.mark.parametrize(
    "wrong",
    [{"step": "correct"}, {"step": "burn"}, {"shown": "0"}, {"words": ""}, {"correction": "No."}],
)
def test_what_is_refused_leaves_what_was_typed(client, on_the_day, declaration, maputo, wrong):
    client.force_login(entrusted(maputo))
    shown = recorded_in(declaration.project, 2009).digest()
    sent = {
        "words": "We began.",
        "language": "en",
        "shown": shown,
        "step": "confirm",
        "quote": "Ah",
    }
    answer = client.post(declaration.get_absolute_url(), sent | wrong)
    assert answer.status_code == 422
    assert "Ah</textarea>" in answer.content.decode()
    declaration.refresh_from_db()
    assert declaration.state == "awaited"


def test_a_coordinator_opens_a_campaign_sees_who_is_late_and_chases(
    client, on_the_day, anci, maputo, world
):
    programme = CoordinationFactory(entity=anci).programme
    ProjectFactory(entity=maputo, programme=programme)
    client.force_login(entrusted(anci, "coordinator"))
    address = reverse("web:campaign-detail", kwargs={"slug": programme.slug, "year": 2009})
    assert client.post(address, {"due_on": "2009-01-01"}).status_code == 422
    assert client.post(address, {"due_on": "2010-01-31"}).status_code == 302
    assert "awaited" in client.get(address).content.decode()
    assert client.post(address, {"step": "chase"}).status_code == 302
    Campaign.objects.update(due_on=dt.date(2009, 11, 1))
    assert "late" in client.get(address).content.decode()
    client.force_login(entrusted(world.body("Seattle"), "admin"))
    assert client.get(address).status_code == 404
    assert (
        client.get(CampaignFactory(programme__relation=None).get_absolute_url()).status_code == 404
    )


def test_the_last_day_of_the_calendar_is_a_last_day_too(client, on_the_day, anci):
    programme = CoordinationFactory(entity=anci).programme
    client.force_login(entrusted(anci, "coordinator"))
    address = reverse("web:campaign-detail", kwargs={"slug": programme.slug, "year": 2009})
    assert client.post(address, {"due_on": "9999-12-31"}).status_code == 302
    assert Campaign.objects.get().noticed == []


def test_a_body_of_an_endless_name_is_not_looked_for(client, on_the_day, anci):
    client.force_login(entrusted(anci, "coordinator"))
    said = {"name": "x", "language": "en", "partner": "x" * 60_000}
    answer = client.post(reverse("web:programme-new"), said)
    assert answer.status_code == 422
    assert "at most 100 characters" in answer.content.decode()
