"""The board shows what is open; officers post for their own bodies and lead postings on."""

import pytest

from entrecidades.practices.choices import PostingState
from entrecidades.practices.models import Posting
from tests.factories.practices import PostingFactory
from tests.factories.themes import ThemeFactory
from tests.web.pages import HOSTILE, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


@pytest.fixture
def theme():
    return ThemeFactory(slug="waste-disposal", label={"en": "Waste disposal"})


@pytest.fixture
def sent(maputo, theme):
    return {
        "entity": str(maputo.public_id),
        "side": "need",
        "themes": ["waste-disposal"],
        "title": "A plan for waste",
        "text": "Where no lorry can pass.",
        "language": "pt",
        "form": ["training"],
        "languages": ["pt"],
        "opens_on": "2009-11-19",
        "expires_on": "2010-11-19",
        "visibility": "40",
    }


def test_the_board_takes_all_its_filters_at_once(client, maputo, curitiba, theme):
    fits = PostingFactory(
        need=True, entity=maputo, themes=[theme], forms=["training"], title={"en": "Fits"}
    )
    PostingFactory(entity=curitiba, title={"en": "Another"})
    query = f"side=need&theme={theme.axis.slug}&country=MZ&form=training&language=pt"
    page = text_of(client.get(f"/en/board/?{query}"))
    assert str(fits.public_id) in page
    assert "Another" not in page


def test_drafts_and_what_has_run_out_are_not_on_the_board(client, maputo):
    PostingFactory(entity=maputo, drafted=True, title={"en": "Drafted"})
    PostingFactory(entity=maputo, expires_on="2009-11-18", title={"en": "Run out"})
    page = text_of(client.get("/en/board/"))
    assert "Drafted" not in page
    assert "Run out" not in page


def test_the_fragment_is_a_part_of_the_page(client, maputo):
    PostingFactory(entity=maputo)
    page = text_of(client.get("/en/board/"))
    assert text_of(client.get("/en/board/", headers={"HX-Request": "true"})).strip() in page


@pytest.mark.parametrize("name", ["side", "theme", "country", "form", "language", "page"])
@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_filters_never_break_the_board(client, maputo, name, words):
    PostingFactory(entity=maputo)
    assert client.get("/en/board/", {name: words}).status_code == 200


def test_a_draft_is_there_for_its_own_body_alone(client, maputo, officer, stranger):
    draft = PostingFactory(entity=maputo, drafted=True)
    assert client.get(draft.get_absolute_url()).status_code == 404
    client.force_login(stranger)
    assert client.get(draft.get_absolute_url()).status_code == 404
    client.force_login(officer)
    assert client.get(draft.get_absolute_url()).status_code == 200


def test_a_public_page_has_no_form_and_no_cookie_for_strangers(client, maputo):
    response = client.get(PostingFactory(entity=maputo).get_absolute_url())
    assert "csrfmiddlewaretoken" not in text_of(response)
    assert not response.cookies


def test_strangers_are_sent_to_log_in_before_they_post(client):
    response = client.get("/en/board/new/")
    assert response.status_code == 302
    assert "login" in response["Location"]


def test_an_officer_publishes_in_one_go(client, officer, sent, theme):
    client.force_login(officer)
    assert client.get("/en/board/new/").status_code == 200
    response = client.post("/en/board/new/", sent)
    posting = Posting.objects.get()
    assert response.status_code == 302
    assert posting.state == PostingState.PUBLISHED
    assert posting.title == {"pt": "A plan for waste"}
    assert posting.themes.get() == theme


def test_a_draft_may_be_kept(client, officer, sent):
    client.force_login(officer)
    client.post("/en/board/new/", {**sent, "draft": "1"})
    assert Posting.objects.get().state == PostingState.DRAFT


@pytest.mark.parametrize("name", ["title", "text", "themes", "form", "languages", "side"])
def test_what_is_missing_is_named_and_what_was_typed_is_kept(client, officer, sent, name):
    client.force_login(officer)
    response = client.post("/en/board/new/", {**sent, name: []})
    assert response.status_code == 422
    assert 'role="alert"' in text_of(response)
    kept = "A plan for waste" if name != "title" else "Where no lorry can pass."
    assert kept in text_of(response)
    assert not Posting.objects.exists()


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_in_any_field_never_break_the_form(client, officer, sent, words):
    client.force_login(officer)
    for name in sent:
        response = client.post("/en/board/new/", {**sent, name: words})
        assert response.status_code in {302, 422}, name


def test_nobody_posts_for_a_body_of_others(client, stranger, sent):
    client.force_login(stranger)
    assert client.post("/en/board/new/", sent).status_code == 422
    assert not Posting.objects.exists()


def test_who_acts_for_nobody_is_told_whom_to_ask(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("nobody@example.org"))
    assert "You act for no body yet" in text_of(client.get("/en/board/new/"))


def test_an_officer_withdraws_and_a_second_time_is_refused(client, maputo, officer):
    posting = PostingFactory(entity=maputo)
    client.force_login(officer)
    path = f"/en/board/{posting.public_id}/step/"
    assert client.post(path, {"step": "fulfil"}).status_code == 422
    assert client.post(path, {"step": "match"}).status_code == 302
    assert client.post(path, {"step": "nonsense"}).status_code == 422
    assert client.get(path).status_code == 405
    posting.refresh_from_db()
    assert posting.state == PostingState.MATCHED


def test_steps_of_others_are_not_there(client, maputo, stranger):
    posting = PostingFactory(entity=maputo)
    path = f"/en/board/{posting.public_id}/step/"
    assert client.post(path, {"step": "withdraw"}).status_code == 302
    client.force_login(stranger)
    assert client.post(path, {"step": "withdraw"}).status_code == 404
    posting.refresh_from_db()
    assert posting.state == PostingState.PUBLISHED
