"""An administrator, without a mouse: a successor, what moves, one confirmation, the pack."""

import pytest

from entrecidades.cooperation.models import Introduction
from tests.stories.conftest import opened
from tests.stories.house import PASSWORD
from tests.stories.keyboard import Keyboard
from tests.stories.rules import barriers

pytestmark = pytest.mark.browser

house = pytest.fixture(name="house")(opened)
LANGUAGES = pytest.mark.parametrize("language", ["pt-br", "fr"])
SUCCESSOR = "next@maputo.example"


@pytest.fixture
def log_in(browser, house, language):
    """Let somebody come to her desk, through the door."""
    contexts = []

    def arrive(address):
        contexts.append(browser.new_context(locale=language, reduced_motion="reduce"))
        page = contexts[-1].new_page()
        page.goto(f"{house.url}/{language}/desk/")
        person = Keyboard(page, language)
        person.follow(page.locator("main details > summary").last)
        person.write(page.locator("[name=login]"), address)
        person.write(page.locator("[name=password]"), PASSWORD)
        person.press("Enter")
        person.title(person.say("My desk"))
        return person

    yield arrive
    for context in contexts:
        context.close()


def invite(admin):
    """From one's desk to the team, and a colleague is invited."""
    admin.follow(admin.link("Its team"))
    admin.write(admin.page.locator("[name=email]"), SUCCESSOR)
    admin.follow(admin.button("Invite"))
    admin.page.locator("main", has_text=SUCCESSOR).wait_for()


def read_what_moves(admin):
    """Choose who leaves and who follows, and see what would move."""
    page = admin.page
    admin.follow(admin.link("Hand over"))
    admin.choose(page.locator("select[name=leaver]"), "officer")
    admin.choose(page.locator("select[name=to]"), "next")
    admin.follow(admin.button("Show what moves"))
    page.locator("#moves").wait_for()
    return page.locator("section[aria-labelledby=moves]").inner_text()


def confirm(admin):
    """The last word."""
    admin.reach(admin.page.locator("[name=confirmed]"))
    admin.press("Space")
    admin.follow(admin.page.locator("section[aria-labelledby=moves] button"))
    admin.page.locator("form[action*=undo]").wait_for()


def taken_away(admin, wanted):
    """The file that a button gives."""
    with admin.page.expect_download() as download:
        admin.follow(admin.page.locator(f"button[name=as][value={wanted}]"))
    return download.value.path().read_bytes()


@LANGUAGES
def test_a_desk_changes_hands(log_in, house, language):
    officer, admin = log_in("officer@maputo.example"), log_in("admin@maputo.example")
    invite(admin)
    assert "Maputo → Belo Horizonte" in read_what_moves(admin)
    assert barriers(admin.page) == []
    confirm(admin)
    assert (
        Introduction.objects.get(asked__slug="belo-horizonte").proposed_by == house.people["admin"]
    )
    officer.page.reload()
    assert "/accounts/login/" in officer.page.url
    assert taken_away(admin, "pdf").startswith(b"%PDF")
    assert taken_away(admin, "zip").startswith(b"PK")
    admin.follow(admin.button("Undo"))
    admin.page.locator("form[action*=undo]").wait_for(state="detached")
