"""Every page, in a real browser: whole, light, narrow, quiet, and free of what axe can find."""

from urllib.parse import urlsplit

import pytest

from tests.stories import rules
from tests.stories.visits import ANSWERED, STATES, VISITS, reader_of

pytestmark = pytest.mark.browser

HEAVIEST, MOST_ANSWERS = 60_000, 15
#: A phone, a small one, and a wide screen at 200 %.
NARROW = (360, 320, 640)


@pytest.fixture(autouse=True)
def being_built(settings, request):
    """The gallery is there only for builders; all else is seen as everybody sees it."""
    settings.DEBUG = "web:gallery" in request.node.name


@pytest.mark.parametrize("name", [*VISITS, *STATES])
def test_on_a_phone_a_page_fits_has_one_title_and_no_barrier(visit, name):
    path, who = {**VISITS, **STATES}[name], reader_of(name)
    page = visit(path, who=who, width=360, language="pt-br")
    assert (page.answered.status, page.answered.url) == (ANSWERED.get(name, 200), page.asked)
    assert rules.barriers(page) == []
    assert rules.overflows(page, NARROW) == {}
    titles = 2 if name == "web:gallery" else 1  # it shows both heads a page may have
    assert page.locator("h1").count() == page.locator("main h1:visible").count() == titles


def test_what_breaks_is_told_on_a_page_of_ours(visit, monkeypatch):
    monkeypatch.setattr("entrecidades.web.views.home.world", lambda: 1 / 0)
    page = visit("?asked=anew", width=360, language="fr")  # the browser may keep the page itself
    assert page.answers[0].status == 500
    assert rules.barriers(page) == []
    assert rules.overflows(page, NARROW) == {}


def test_an_invitation_that_was_made_fits_a_phone_with_its_long_link(visit):
    page = visit(VISITS["web:team"], who="admin", width=360)
    page.locator("main form .button-main").last.click()
    page.locator(".codes").wait_for()
    assert rules.barriers(page) == []
    assert rules.overflows(page, NARROW) == {}


@pytest.mark.parametrize("name", VISITS)
def test_on_a_desk_a_page_is_light_asks_only_us_and_has_no_barrier(visit, house, name):
    page = visit(VISITS[name], who=reader_of(name), language="fr")
    page.wait_for_load_state("load")
    assert rules.asked(page) == {urlsplit(house.url).netloc}
    assert len(page.answers) <= MOST_ANSWERS
    assert rules.weight(page) <= HEAVIEST
    assert rules.barriers(page) == []


@pytest.mark.parametrize("name", [name for name in VISITS if not reader_of(name)])
def test_strangers_read_the_whole_page_without_script_or_cookie(visit, name):
    page = visit(VISITS[name])
    assert rules.cookies(page) == set()
    assert rules.words(visit(VISITS[name], script=False)) == rules.words(page)
