"""Pages of what was removed: gone for everybody, undone in one press by its own body."""

import pytest

from entrecidades.practices.models import Posting
from tests.conftest import entrusted
from tests.factories.network import PostFactory
from tests.factories.practices import PostingFactory, PracticeFactory
from tests.factories.themes import ThemeFactory
from tests.web.editors import address, opened, sent
from tests.web.pages import text_of

pytestmark = pytest.mark.django_db
MAKERS = [PostingFactory, PracticeFactory, PostFactory]


@pytest.fixture
def posting(maputo):
    theme = ThemeFactory(slug="waste-disposal", label={"en": "Waste disposal"})
    return PostingFactory(entity=maputo, themes=[theme], title={"en": "Waste in the hills"})


@pytest.fixture
def gone(client, officer, posting):
    """A posting that its officer has removed; the page she was then given."""
    client.force_login(officer)
    return client.post(address(posting, "remove"), follow=True)


def test_the_next_page_offers_to_undo_in_one_press(client, posting, gone):
    page = text_of(gone)
    assert "Removed: Waste in the hills." in page
    undo = address(posting, "bring-back")
    assert f'action="{undo}"' in page
    assert client.post(undo)["Location"] == posting.get_absolute_url()
    assert "Waste in the hills" in text_of(client.get("/en/board/"))


def test_it_is_gone_from_every_page_file_and_count(client, maputo, posting, gone):
    client.logout()
    pages = [
        "board/",
        "cities/mz/maputo/",
        "themes/",
        "themes/waste-disposal/",
        "",
        "entities/mz/maputo/",
    ]
    for page in pages:
        assert "Waste in the hills" not in text_of(client.get(f"/en/{page}")), page
    assert client.get(posting.get_absolute_url()).status_code == 404


def test_to_its_own_body_its_address_says_that_it_is_gone(client, posting, gone, stranger):
    response = client.get(posting.get_absolute_url())
    assert response.status_code == 410
    assert address(posting, "bring-back") in text_of(response)
    assert client.get(address(posting)).status_code == 410
    client.force_login(stranger)
    assert client.get(posting.get_absolute_url()).status_code == 404


def test_a_practice_behind_an_offer_vanishes_from_the_offer_s_page(client, maputo, officer):
    practice = PracticeFactory(entity=maputo, title={"en": "Door to door"})
    offer = PostingFactory(entity=maputo, practice=practice)
    assert "Door to door" in text_of(client.get(offer.get_absolute_url()))
    client.force_login(officer)
    client.post(address(practice, "remove"))
    client.logout()
    assert "Door to door" not in text_of(client.get(offer.get_absolute_url()))


@pytest.mark.parametrize("make", MAKERS)
def test_the_desk_keeps_a_list_with_who_and_the_way_back(client, maputo, make):
    ana = entrusted(maputo, name="Ana")
    record = make(entity=maputo, title={"en": "A record"})
    client.force_login(ana)
    assert client.post(address(record, "remove")).status_code == 302
    page = text_of(client.get("/en/desk/removed/"))
    assert "A record" in page
    assert "Removed by Ana" in page
    assert client.post(address(record, "bring-back")).status_code == 302
    assert "A record" not in text_of(client.get("/en/desk/removed/"))


def test_people_of_other_bodies_neither_remove_nor_bring_back(client, posting, gone, stranger):
    client.force_login(stranger)
    for verb in ("remove", "bring-back", "edit"):
        assert client.post(address(posting, verb)).status_code == 404
    assert "Waste in the hills" not in text_of(client.get("/en/desk/removed/"))


def test_a_technician_reads_what_was_removed_and_cannot_undo(client, maputo, posting, gone):
    client.force_login(entrusted(maputo, role="technician"))
    page = text_of(client.get("/en/desk/removed/"))
    assert "Waste in the hills" in page
    assert "bring-back" not in page
    assert client.post(address(posting, "bring-back")).status_code == 404
    assert not Posting.objects.exists()


def test_nothing_is_removed_by_looking(client, officer, posting):
    client.force_login(officer)
    for verb in ("remove", "bring-back"):
        assert client.get(address(posting, verb)).status_code == 405
    assert Posting.objects.exists()


def test_a_body_is_not_removed(client, officer, maputo):
    client.force_login(officer)
    assert client.post(address(maputo, "remove")).status_code == 404


def test_words_typed_while_it_was_removed_are_kept_and_bring_it_back(client, officer, posting):
    client.force_login(officer)
    hers = sent(opened(client, posting), {"title.en": "Waste, again"})
    client.post(address(posting, "remove"))
    response = client.post(address(posting), hers)
    assert response.status_code == 422
    kept = opened(client, posting, response)
    assert kept["title.en"] == "Waste, again"
    assert client.post(address(posting), {**kept, "bring-back": "1"}).status_code == 302
    assert Posting.objects.get().title == {"en": "Waste, again"}
