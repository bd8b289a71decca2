"""Ending a mandate or an account shows what would wait for nobody, and asks who takes it."""

import pytest

from entrecidades.accounts.roles import MandateRole
from entrecidades.network.models import Post
from tests.conftest import BEFORE, entrusted
from tests.factories.network import MandateFactory, PostFactory
from tests.handover.desks import admin_of, mandates
from tests.web.pages import text_of
from tests.web.test_privacy_pages import proven

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]
CLOSE = "/en/account/close/"


@pytest.fixture
def admin(maputo):
    return admin_of(maputo, name="Amélia Sitoe", email="amelia@maputo.example")


@pytest.fixture
def post(maputo, officer):
    return PostFactory(entity=maputo, holder=officer, title={"pt": "Vereadora das águas"})


def end_of(person):
    return f"/en/team/mandates/{person.mandates.get().pk}/end/"


def field(maputo):
    return f"to-{maputo.public_id}"


def test_the_end_of_a_mandate_shows_what_waits_and_who_could_take_it(
    client, maputo, admin, officer, post
):
    client.force_login(admin)
    page = text_of(client.get(end_of(officer)))
    assert "Vereadora das águas" in page
    assert f'name="{field(maputo)}"' in page
    assert "Amélia Sitoe" in page


def test_one_step_ends_it_and_gives_what_waits(client, maputo, admin, officer, post):
    client.force_login(admin)
    response = client.post(end_of(officer), {field(maputo): admin.pk})
    assert response.status_code == 302
    assert Post.objects.get().holder == admin
    assert mandates(officer, maputo) == []


@pytest.mark.parametrize("chosen", ["", "999999", "x"])
@pytest.mark.usefixtures("admin", "post")
def test_without_a_colleague_the_page_comes_back_with_the_problem(client, maputo, officer, chosen):
    client.force_login(officer)
    response = client.post(end_of(officer), {field(maputo): chosen})
    assert response.status_code == 422
    assert 'role="alert"' in text_of(response)
    assert mandates(officer, maputo) == ["officer"]


def test_with_nothing_waiting_one_question_is_enough(client, maputo, admin, officer):
    client.force_login(officer)
    assert "Something waits" not in text_of(client.get(end_of(officer)))
    assert client.post(end_of(officer)).status_code == 302


@pytest.mark.usefixtures("post")
def test_closing_an_account_asks_for_each_body_and_keeps_what_was_chosen(
    client, maputo, curitiba, admin, officer
):
    proven(client, officer)
    MandateFactory(entity=curitiba, person=officer, role="officer", valid_from=BEFORE)
    PostFactory(entity=curitiba, holder=officer)
    keeper = entrusted(curitiba, name="Rosa Prates", role=MandateRole.ADMIN)
    page = text_of(client.get(CLOSE))
    assert {f'name="{field(body)}"' in page for body in (maputo, curitiba)} == {True}
    response = client.post(CLOSE, {field(curitiba): keeper.pk})
    assert response.status_code == 422
    assert f'value="{keeper.pk}" selected' in text_of(response)
    client.post(CLOSE, {field(curitiba): keeper.pk, field(maputo): admin.pk})
    officer.refresh_from_db()
    assert not officer.is_active
    holders = dict(Post.objects.values_list("entity", "holder"))
    assert holders == {maputo.pk: admin.pk, curitiba.pk: keeper.pk}
