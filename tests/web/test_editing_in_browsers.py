"""Two browsers edit one posting; the second has no mouse and no script, and loses nothing."""

import os

import pytest
from django.conf import settings
from django.test import Client

from tests.conftest import entrusted
from tests.factories.practices import PostingFactory
from tests.factories.themes import ThemeFactory
from tests.factories.world import build_world
from tests.web.editors import address

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PATIENCE = 120

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def posting():
    entity = build_world().body("Maputo")
    facts = {"title": {"en": "Waste"}, "text": {"en": "In the hills"}}
    return PostingFactory(entity=entity, themes=[ThemeFactory()], **facts)


@pytest.fixture
def chromium(playwright):
    """A browser of this file's own, beside the one of the stories."""
    browser = playwright.chromium.launch(
        executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-quic"]
    )
    yield browser
    browser.close()


@pytest.fixture
def opened(chromium, live_server, posting):
    """The form of the posting, open before somebody of its body."""

    def go(name, **options):
        client = Client()
        client.force_login(entrusted(posting.entity, name=name))
        context = chromium.new_context(**options)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}
        context.add_cookies([cookie])
        page = context.new_page()
        page.goto(live_server.url + address(posting))
        return page

    return go


def reach(page, selector):
    """Go on with Tab until the focus is there."""
    for _ in range(PATIENCE):
        if page.locator(selector).evaluate("one => one === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab never came to {selector}")


def write(page, name, words):
    """Replace what stands in a field, with the keys alone."""
    reach(page, f"[name='{name}']")
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def save(page):
    """Reach the button that saves and press it."""
    reach(page, "main form:has([name=shown]) .button-main")
    page.keyboard.press("Enter")


def test_the_second_is_shown_both_and_decides_with_the_keys_alone(opened, posting):
    ana, bea = opened("Ana"), opened("Bea", java_script_enabled=False)
    write(ana, "text.en", "In the valleys")
    save(ana)
    ana.get_by_text("Saved.").wait_for()
    write(bea, "text.en", "In the hills and on the coast")
    save(bea)
    bea.get_by_text("Saved by Ana").wait_for()
    assert bea.locator("ins").inner_text() == "valleys"
    assert bea.locator("input:checked[type=radio]").count() == 0
    save(bea)
    bea.get_by_role("alert").wait_for()
    write(bea, "text.en", "In the valleys and on the coast")
    page_choice = "[name='keep:text.en'][value=theirs]"
    reach_back(bea, page_choice)
    bea.keyboard.press("ArrowDown")
    save(bea)
    bea.get_by_text("Saved.").wait_for()
    posting.refresh_from_db()
    assert posting.text == {"en": "In the valleys and on the coast"}


def reach_back(page, selector):
    """Go back with Shift and Tab until the focus is there, and choose it."""
    for _ in range(PATIENCE):
        if page.locator(selector).evaluate("one => one === document.activeElement"):
            page.keyboard.press("Space")
            return
        page.keyboard.press("Shift+Tab")
    raise AssertionError(f"Shift and Tab never came to {selector}")
