"""Closing an account says what becomes of a body for which nobody else acts."""

import pytest

from tests.conftest import BEFORE, entrusted
from tests.factories.network import MandateFactory
from tests.web.pages import text_of
from tests.web.test_privacy_pages import proven

pytestmark = pytest.mark.django_db
ALONE = "You are the last who can invite for Maputo."


@pytest.fixture
def admin(client, maputo, on_the_day):
    person = entrusted(maputo, role="admin")
    person.set_password("a long enough pass phrase")
    person.save()
    proven(client, person)
    return person


def test_the_last_administrator_is_told_and_not_kept(client, admin):
    page = text_of(client.get("/en/account/close/"))
    assert ALONE in page
    assert client.post("/en/account/close/").status_code == 302
    admin.refresh_from_db()
    assert not admin.is_active


def test_with_a_colleague_she_is_asked_who_follows(client, admin, maputo):
    colleague = entrusted(maputo)
    page = text_of(client.get("/en/account/close/"))
    assert ALONE not in page
    assert "whoever follows becomes its administrator" in page
    assert client.post("/en/account/close/").status_code == 422
    answer = client.post("/en/account/close/", {f"to-{maputo.public_id}": str(colleague.pk)})
    assert answer.status_code == 302


def test_one_of_two_is_told_nothing(client, admin, maputo):
    MandateFactory(entity=maputo, person=entrusted(maputo), role="admin", valid_from=BEFORE)
    assert "can invite for" not in text_of(client.get("/en/account/close/"))


def test_the_page_of_erasure_tells_it_too(client, admin):
    assert ALONE in text_of(client.get("/en/account/erasure/"))
