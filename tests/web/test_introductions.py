"""First contacts are for those who take part; for everybody else there are none."""

import re

import pytest
from django.test import Client

from entrecidades.cooperation.choices import IntroductionState
from entrecidades.cooperation.models import Introduction
from entrecidades.network.models import Entity
from tests.conftest import entrusted
from tests.factories.cooperation import IntroductionFactory, RelationFactory
from tests.factories.network import EntityFactory
from tests.web.pages import HOSTILE, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
NEW = "/en/introductions/new/?asked="


@pytest.fixture
def sent(maputo):
    return {"asker": str(maputo.public_id), "message": "How do you do it?", "language": "pt"}


def test_strangers_are_sent_to_log_in(client):
    for path in ("/en/introductions/new/", "/en/desk/"):
        response = client.get(path)
        assert response.status_code == 302
        assert "login" in response["Location"]


def test_an_officer_asks_a_place_that_was_not_registered_yet(client, world, officer, sent):
    client.force_login(officer)
    assert "São Paulo" in text_of(client.get(f"{NEW}br/sao-paulo"))
    assert not Entity.objects.filter(slug="sao-paulo").exists()
    response = client.post(f"{NEW}br/sao-paulo", sent)
    made = Introduction.objects.get()
    assert response.status_code == 302
    assert made.asked.seat == world["São Paulo"]
    assert client.get(made.get_absolute_url()).status_code == 200


def test_a_body_is_asked_by_its_public_identifier(client, officer, curitiba, sent):
    client.force_login(officer)
    client.post(f"{NEW}{curitiba.public_id}", sent)
    assert Introduction.objects.get().asked == curitiba


def test_the_association_that_carries_the_relation_may_pass_it_on(client, officer, curitiba, sent):
    fnp = EntityFactory(association=True, name="FNP", country__code="BR")
    RelationFactory(one__code="BR", other__code="MZ").coordinators.add(fnp)
    client.force_login(officer)
    client.post(f"{NEW}{curitiba.public_id}", {**sent, "broker": str(fnp.public_id)})
    made = Introduction.objects.get()
    assert made.broker == fnp
    assert made.state == IntroductionState.REQUESTED


@pytest.mark.parametrize("asked", ["mz/beira", "br/curitiba"])
def test_a_refusal_is_told_keeps_the_words_and_registers_nobody(
    client, world, officer, sent, asked
):
    IntroductionFactory(asker=world.body("Maputo"), asked=world.body("Curitiba"))
    bodies = Entity.objects.count()
    client.force_login(officer)
    response = client.post(f"{NEW}{asked}", sent)
    assert response.status_code == 422
    assert "How do you do it?" in text_of(response)
    assert Entity.objects.count() == bodies
    assert Introduction.objects.count() == 1


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_never_break_anything(client, officer, curitiba, sent, words):
    client.force_login(officer)
    assert client.get("/en/introductions/new/", {"asked": words}).status_code in {200, 404}
    for name in [*sent, "broker", "themes"]:
        response = client.post(f"{NEW}{curitiba.public_id}", {**sent, name: words})
        assert response.status_code in {302, 422}, name


def test_others_see_exactly_what_is_shown_where_nothing_is(client, maputo, curitiba, stranger):
    made = IntroductionFactory(asker=maputo, asked=curitiba)
    client.force_login(stranger)
    missing = "00000000-0000-4000-8000-000000000000"

    def seen(public_id):
        response = client.get(f"/en/introductions/{public_id}/")
        return response.status_code, re.sub(public_id, "", text_of(response))

    assert seen(str(made.public_id)) == seen(missing)
    assert seen(missing)[0] == 404


def test_each_side_takes_its_own_steps(client, maputo, curitiba, officer, counterpart):
    made = IntroductionFactory(asker=maputo, asked=curitiba)
    path = f"/en/introductions/{made.public_id}/step/"
    client.force_login(officer)
    assert client.post(path, {"step": "accept"}).status_code == 422
    client.force_login(counterpart)
    assert client.post(path, {"step": "nonsense"}).status_code == 422
    assert client.post(path, {"step": "accept"}).status_code == 302
    assert client.get(path).status_code == 405
    made.refresh_from_db()
    assert made.state == IntroductionState.ACCEPTED


def test_steps_of_others_are_not_there(client, maputo, curitiba, stranger):
    made = IntroductionFactory(asker=maputo, asked=curitiba)
    client.force_login(stranger)
    path = f"/en/introductions/{made.public_id}/step/"
    assert client.post(path, {"step": "accept"}).status_code == 404


def test_a_form_from_elsewhere_is_refused(officer, curitiba, sent):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)
    assert client.post(f"{NEW}{curitiba.public_id}", sent).status_code == 403
    assert not Introduction.objects.exists()


def test_the_desk_says_whose_turn_it_is_and_is_never_cached(
    client, maputo, curitiba, officer, counterpart
):
    made = IntroductionFactory(asker=maputo, asked=curitiba)
    client.force_login(counterpart)
    response = client.get("/en/desk/")
    assert text_of(response).count(made.get_absolute_url()) == 2
    assert "no-store" in response["Cache-Control"]
    client.force_login(officer)
    assert text_of(client.get("/en/desk/")).count(made.get_absolute_url()) == 1


def test_the_desk_costs_few_questions(
    client, maputo, curitiba, officer, django_assert_max_num_queries
):
    IntroductionFactory(asker=maputo, asked=curitiba)
    client.force_login(officer)
    with django_assert_max_num_queries(24):
        client.get("/en/desk/")


def test_a_body_offers_a_contact_to_those_who_act_abroad_alone(client, curitiba, officer):
    """Maputo's officer may ask Curitiba; a colleague of another Brazilian city may not."""
    neighbour = entrusted(EntityFactory(country=curitiba.country))
    told = []
    for person in (officer, neighbour):
        client.force_login(person)
        told.append(str(curitiba.public_id) in client.get(curitiba.get_absolute_url()).text)
    assert told == [True, False]
