"""Ways through a page: its landmarks by key, its language, its filters on a phone."""

import pytest

from tests.stories.keyboard import Keyboard

pytestmark = pytest.mark.browser


def test_the_first_tab_leads_past_the_head(visit):
    page = visit("cities/mz/maputo/")
    page.keyboard.press("Tab")
    first = page.locator(".skip a").first
    assert first.is_visible()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_landmarks_have_keys(visit):
    page = visit("cities/mz/maputo/")
    landmarks = page.locator(".skip a[accesskey]").evaluate_all(
        "links => links.map(one => [one.accessKey, !!document.querySelector(one.hash)])"
    )
    assert landmarks == [["1", True], ["2", True], ["3", True], ["4", True]]


def test_one_key_searches_and_one_tells_all_keys(visit):
    page = visit("cities/mz/maputo/")
    page.keyboard.press("?")
    assert page.locator("#keyboard-help").is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("#keyboard-help").is_visible()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "q"


def test_another_language_keeps_the_page_and_its_filters(visit):
    page = visit("partners/?place=mz/maputo&country=BR")
    reader = Keyboard(page, "pt-br")
    reader.follow(page.locator(".languages summary"))
    reader.follow(page.locator(".languages a[hreflang=fr]"))
    page.wait_for_url("**/fr/partners/**")
    assert page.url.endswith("/fr/partners/?place=mz/maputo&country=BR")
    assert page.locator("html").get_attribute("lang") == "fr"


@pytest.mark.parametrize("path", ["cities/", "board/", "partners/?place=mz/maputo"])
def test_on_a_phone_filters_are_a_sheet_over_the_list(visit, path):
    page = visit(path, width=360)
    reader = Keyboard(page, "pt-br")
    filters = page.locator("#filters")
    assert not filters.is_visible()
    reader.follow(page.locator("[popovertarget=filters]:visible").first)
    assert filters.is_visible()
    page.keyboard.press("Escape")
    assert not filters.is_visible()


@pytest.mark.parametrize("path", ["cities/?country=BR", "countries/br/", "", "partnerships/"])
def test_on_paper_nothing_is_cut_off_and_tables_stay_tables(visit, path):
    page = visit(path, width=673)  # A4 between margins of 16 mm
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= 673
    assert not page.locator("nav.nav").is_visible()
    rows = page.locator("main table:visible tbody tr")
    shown = rows.evaluate_all("rows => rows.map(row => getComputedStyle(row).display)")
    assert {*shown} <= {"table-row"}
