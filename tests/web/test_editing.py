"""Editing a posting: saved, brought together, or shown side by side; and never to strangers."""

import re

import pytest

from entrecidades.audit.models import Trace
from entrecidades.network.models import PlaceChange
from tests.conftest import entrusted
from tests.factories.practices import PostingFactory
from tests.factories.themes import ThemeFactory
from tests.web.editors import address, opened, sent
from tests.web.pages import HOSTILE, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def posting(maputo):
    theme = ThemeFactory(slug="waste-disposal", label={"en": "Waste disposal"})
    title, text = {"en": "Waste", "pt": "Lixo"}, {"en": "In the hills", "pt": "Nas encostas"}
    return PostingFactory(entity=maputo, themes=[theme], title=title, text=text)


@pytest.fixture
def colleague(maputo):
    return entrusted(maputo, name="Graça", email="colleague@maputo.example")


@pytest.fixture
def hers(client, officer, posting):
    """What the officer is shown when she opens the form."""
    client.force_login(officer)
    return opened(client, posting)


@pytest.fixture
def saved_first(client, officer, colleague, posting, hers):
    """A colleague changes units and is done before the officer saves."""

    def save(**units):
        client.force_login(colleague)
        assert (
            client.post(address(posting), sent(opened(client, posting), units)).status_code == 302
        )
        client.force_login(officer)

    return save


def test_an_edit_is_saved_counted_and_traced_unit_by_unit(client, officer, posting, hers):
    response = client.post(address(posting), sent(hers, {"title.pt": "Resíduos"}))
    assert (response.status_code, response["Location"]) == (302, posting.get_absolute_url())
    posting.refresh_from_db()
    assert (posting.title, posting.version) == ({"en": "Waste", "pt": "Resíduos"}, 2)
    trace = Trace.objects.get(act="network:record:edit")
    assert trace.by_id == officer.pk
    assert trace.facts == {"version": 2}
    assert trace.changes == {"title.pt": ["Lixo", "Resíduos"]}
    assert PlaceChange.objects.filter(place=posting.entity.seat).exists()


def test_an_edit_that_changes_nothing_leaves_no_trace(client, posting, hers):
    hers["text.en"] = "In the hills\r\n"
    assert client.post(address(posting), hers).status_code == 302
    posting.refresh_from_db()
    assert posting.version == 1
    assert not Trace.objects.filter(act="network:record:edit").exists()


def test_what_two_change_apart_is_brought_together_and_told(client, posting, hers, saved_first):
    saved_first(**{"title.en": "Rubbish", "forms": ["training"]})
    response = client.post(address(posting), sent(hers, {"title.pt": "Resíduos"}), follow=True)
    posting.refresh_from_db()
    assert posting.title == {"en": "Rubbish", "pt": "Resíduos"}
    assert posting.forms == ["training"]
    assert "Title (English), In which form" in text_of(response)


def test_what_two_change_alike_is_no_dispute(client, posting, hers, saved_first):
    saved_first(**{"title.pt": "Resíduos"})
    assert client.post(address(posting), sent(hers, {"title.pt": "Resíduos"})).status_code == 302


def test_of_two_who_change_the_same_the_second_is_shown_both(client, posting, hers, saved_first):
    saved_first(**{"title.en": "Rubbish", "text.en": "In the valleys"})
    response = client.post(
        address(posting), sent(hers, {"text.en": "In the hills & dales", "title.pt": "Resíduos"})
    )
    page = text_of(response)
    assert response.status_code == 409
    assert "In the <ins>valleys</ins>" in page
    assert "In the hills &amp; dales" in page
    assert "Saved by Graça" in page
    assert "checked" not in re.search(r'(?s)<fieldset class="dispute".*?</fieldset>', page)[0]
    posting.refresh_from_db()
    assert (posting.text["en"], posting.title["pt"]) == ("In the valleys", "Lixo")


@pytest.mark.parametrize(
    "chosen", [("mine", "In the hills & dales"), ("theirs", "In the valleys")], ids=str
)
def test_what_she_chooses_is_saved_and_so_is_all_else_she_typed(
    client, posting, hers, saved_first, chosen
):
    choice, text = chosen
    saved_first(**{"title.en": "Rubbish", "text.en": "In the valleys"})
    wanted = {"text.en": "In the hills & dales", "title.pt": "Resíduos"}
    shown = opened(client, posting, client.post(address(posting), sent(hers, wanted)))
    assert client.post(address(posting), {**shown, "keep:text.en": choice}).status_code == 302
    posting.refresh_from_db()
    assert posting.text["en"] == text
    assert posting.title == {"en": "Rubbish", "pt": "Resíduos"}


def test_she_must_choose_and_may_write_on(client, posting, hers, saved_first):
    saved_first(**{"text.en": "In the valleys"})
    shown = opened(client, posting, client.post(address(posting), sent(hers, {"text.en": "Mine"})))
    response = client.post(address(posting), {**shown, "text.en": "Mine and theirs"})
    assert response.status_code == 409
    assert "Choose what is to stay." in text_of(response)
    shown = opened(client, posting, response)
    assert shown["text.en"] == "Mine and theirs"
    assert client.post(address(posting), {**shown, "keep:text.en": "mine"}).status_code == 302
    posting.refresh_from_db()
    assert posting.text["en"] == "Mine and theirs"


def test_her_choice_meets_what_was_saved_while_she_chose(client, posting, hers, saved_first):
    saved_first(**{"text.en": "In the valleys"})
    shown = opened(client, posting, client.post(address(posting), sent(hers, {"text.en": "Mine"})))
    saved_first(**{"text.en": "By the sea"})
    response = client.post(address(posting), {**shown, "keep:text.en": "mine"})
    assert response.status_code == 409
    assert "By the sea" in re.sub("</?ins>", "", text_of(response))


@pytest.mark.parametrize("seal", ["", "forged:1:abc", "of another record"])
def test_where_the_seal_is_broken_every_difference_is_shown(client, posting, hers, seal):
    if seal == "of another record":
        seal = opened(client, PostingFactory(entity=posting.entity))["shown"]
    response = client.post(address(posting), {**sent(hers, {"title.en": "Mine"}), "shown": seal})
    assert response.status_code == 409
    posting.refresh_from_db()
    assert posting.title["en"] == "Waste"


def test_what_is_refused_is_kept_as_typed_and_says_why(client, posting, hers):
    wanted = {"title.en": "", "title.pt": "", "text.en": "Typed"}
    response = client.post(address(posting), sent(hers, wanted))
    assert response.status_code == 422
    assert "Give it a title in at least one language." in text_of(response)
    assert opened(client, posting, response)["text.en"] == "Typed"


def test_who_lost_her_role_meanwhile_keeps_her_words(client, officer, posting, hers):
    officer.mandates.update(role="technician")
    response = client.post(address(posting), sent(hers, {"text.en": "Typed"}))
    assert response.status_code == 422
    assert opened(client, posting, response)["text.en"] == "Typed"
    assert client.get(address(posting)).status_code == 404


def test_others_find_no_form(client, posting, stranger, hers):
    client.force_login(stranger)
    assert client.get(address(posting)).status_code == 404
    assert client.post(address(posting), hers).status_code == 404
    client.logout()
    assert client.get(address(posting)).status_code == 302


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_never_break_the_form_or_the_comparison(
    client, posting, hers, saved_first, words
):
    saved_first(**{"title.en": "Rubbish"})
    for name in hers:
        response = client.post(address(posting), {**sent(hers, {"title.en": words}), name: words})
        assert response.status_code in {302, 409, 422}, name
        assert "<script>alert(1)" not in text_of(response)


def test_she_returns_to_where_she_was_and_never_elsewhere(client, posting, hers):
    sent_back = {**sent(hers, {"title.en": "A"}), "next": "/en/desk/"}
    assert client.post(address(posting), sent_back)["Location"] == "/en/desk/"
    sent_away = {**hers, "next": "https://elsewhere.example/"}
    assert client.post(address(posting), sent_away)["Location"] == posting.get_absolute_url()
