"""Pages on which a body's people write practices, profiles and offices."""

import pytest

from entrecidades.network.models import Post
from entrecidades.practices.models import Practice
from tests.conftest import entrusted
from tests.factories.network import PostFactory
from tests.factories.practices import PracticeFactory
from tests.factories.themes import ThemeFactory
from tests.web.editors import address, opened, sent
from tests.web.pages import HOSTILE, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed(maputo):
    ThemeFactory(slug="waste-disposal", label={"en": "Waste disposal"})
    return {
        "entity": str(maputo.public_id),
        "themes": ["waste-disposal"],
        "title": "Door to door",
        "summary": "Where no lorry can pass.",
        "language": "en",
        "visibility": "40",
    }


def test_a_practice_is_published_in_one_go_and_read_by_strangers(client, officer, typed):
    client.force_login(officer)
    assert client.get("/en/practices/new/").status_code == 200
    response = client.post("/en/practices/new/", typed)
    client.logout()
    assert "Door to door" in text_of(client.get(response["Location"]))


def test_a_draft_is_there_for_its_own_body_alone(client, officer, typed, stranger):
    client.force_login(officer)
    page = client.post("/en/practices/new/", {**typed, "draft": "1"})["Location"]
    assert client.get(page).status_code == 200
    assert "Door to door" in text_of(client.get("/en/desk/"))
    client.force_login(stranger)
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("name", ["title", "summary", "themes", "entity"])
def test_what_is_missing_is_named_and_what_was_typed_is_kept(client, officer, typed, name):
    client.force_login(officer)
    response = client.post("/en/practices/new/", {**typed, name: []})
    assert response.status_code == 422
    kept = "Door to door" if name != "title" else "Where no lorry can pass."
    assert kept in text_of(response)
    assert not Practice.objects.exists()


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_never_break_the_forms(client, officer, maputo, typed, words):
    client.force_login(officer)
    for name in typed:
        response = client.post("/en/practices/new/", {**typed, name: words})
        assert response.status_code in {302, 422}, name
    profile = opened(client, maputo)
    for name in profile:
        response = client.post(address(maputo), {**profile, name: words})
        assert response.status_code in {302, 409, 422}, name


def test_a_practice_is_led_on_by_its_body_alone(client, maputo, officer, stranger):
    practice = PracticeFactory(entity=maputo)
    step = f"{practice.get_absolute_url()}step/"
    client.force_login(stranger)
    assert client.post(step, {"step": "archive"}).status_code == 404
    client.force_login(officer)
    assert client.post(step, {"step": "nonsense"}).status_code == 422
    assert client.post(step, {"step": "publish"}).status_code == 422
    assert client.post(step, {"step": "archive"}).status_code == 302
    client.logout()
    assert client.get(practice.get_absolute_url()).status_code == 404


def test_a_practice_is_edited(client, maputo, officer):
    theme = ThemeFactory(slug="water", label={"en": "Water"})
    practice = PracticeFactory(entity=maputo, themes=[theme], since_year=2001)
    client.force_login(officer)
    held = opened(client, practice)
    assert (held["themes"], held["since_year"]) == (["water"], "2001")
    changed = {"summary.fr": "Un résumé", "since_year": "2004"}
    assert client.post(address(practice), sent(held, changed)).status_code == 302
    practice.refresh_from_db()
    assert (practice.summary["fr"], practice.since_year) == ("Un résumé", 2004)


def test_a_profile_is_edited_from_the_body_s_page(client, maputo, officer):
    client.force_login(officer)
    assert address(maputo) in text_of(client.get(maputo.get_absolute_url()))
    held = sent(opened(client, maputo), {"names.it": "Maputo città", "website": "maputo.example"})
    assert client.post(address(maputo), held)["Location"] == maputo.get_absolute_url()
    maputo.refresh_from_db()
    assert (maputo.name_in("it"), maputo.website) == ("Maputo città", "https://maputo.example")


@pytest.mark.parametrize("website", ["javascript:alert(1)", "no address"])
def test_a_website_that_is_none_is_refused(client, maputo, officer, website):
    client.force_login(officer)
    response = client.post(address(maputo), sent(opened(client, maputo), {"website": website}))
    assert response.status_code == 422


def test_an_office_is_entered_and_then_asked_about(client, maputo, officer):
    client.force_login(officer)
    new = f"{maputo.get_absolute_url()}offices/new/"
    assert client.get(new).status_code == 200
    assert client.post(new, {"title": " "}).status_code == 422
    response = client.post(new, {"title": "International relations"})
    assert response["Location"] == address(Post.objects.get())
    assert client.get(response["Location"]).status_code == 200


def test_an_office_is_entered_by_nobody_else(client, maputo, stranger):
    new = f"{maputo.get_absolute_url()}offices/new/"
    for person in (stranger, entrusted(maputo, role="technician")):
        client.force_login(person)
        assert client.post(new, {"title": "X"}).status_code == 404
    assert not Post.objects.exists()


def test_the_holder_names_herself_and_nobody_else_does(client, maputo):
    ana, bea = (entrusted(maputo, name=name) for name in ("Ana", "Bea"))
    post = PostFactory(entity=maputo)
    client.force_login(ana)
    assert "Bea" not in text_of(client.get(address(post)))
    forged = sent(opened(client, post), {"holder": str(bea.pk)})
    assert client.post(address(post), forged).status_code == 422
    client.post(address(post), sent(opened(client, post), {"holder": str(ana.pk)}))
    client.logout()
    assert "Ana" in text_of(client.get(maputo.get_absolute_url()))


def test_strangers_and_readers_find_no_way_to_edit(client, maputo, stranger):
    records = [maputo, PracticeFactory(entity=maputo), PostFactory(entity=maputo)]
    for person in (None, stranger, entrusted(maputo, role="approver")):
        client.force_login(person) if person else client.logout()
        page = text_of(client.get(maputo.get_absolute_url()))
        assert "/edit/" not in page
        assert {client.get(address(one)).status_code for one in records} <= {302, 404}
