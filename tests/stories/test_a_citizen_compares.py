"""A citizen, without a mouse: from the home page to a file with three counterparts of Maputo."""

import csv

import pytest

from tests.stories.keyboard import Keyboard

pytestmark = pytest.mark.browser

LANGUAGES = pytest.mark.parametrize("language", ["pt-br", "fr"])
BRAZIL = "input[name=country][value=BR]"


@pytest.fixture
def reader(visit, language):
    """Somebody on the home page, in her language."""
    return Keyboard(visit("", language=language), language)


def find_maputo(reader):
    """Search the city from anywhere, with one key, and open its page."""
    reader.press("/")
    reader.page.keyboard.type("Maputo")
    reader.press("Enter")
    reader.follow(reader.page.locator("#found a[href$='/cities/mz/maputo/']"))
    reader.title("Maputo")


def ask_for_brazil(reader):
    """Go on to all counterparts and keep those of Brazil."""
    reader.follow(reader.link("All counterparts, with filters"))
    reader.reach(reader.page.locator(BRAZIL))
    reader.press("Space")
    reader.page.wait_for_url("**country=BR**")
    reader.page.locator("#results .chip-filter").wait_for()


@LANGUAGES
def test_the_counterparts_in_one_country_come_with_their_reasons(reader, language):
    find_maputo(reader)
    ask_for_brazil(reader)
    found = reader.page.locator(".suggestion")
    assert found.count() == reader.page.locator(".suggestion a[href*='/cities/br/']").count() > 2
    why = found.first.locator("summary")
    assert not found.first.locator(".reasons").is_visible()
    reader.follow(why)
    assert found.first.locator(".reason").count() > 3
    assert found.first.locator(".reasons").is_visible()


@LANGUAGES
def test_the_file_has_the_rows_of_the_screen(reader, language, tmp_path):
    find_maputo(reader)
    ask_for_brazil(reader)
    reader.follow(reader.link("Compare the first"))
    reader.title(reader.say("Compare"))
    shown = reader.page.locator(".side-by-side thead th").all_inner_texts()
    assert len(shown) == 1 + 3
    reader.follow(reader.page.locator(".downloads summary"))
    with reader.page.expect_download() as coming:
        reader.follow(reader.page.locator(".downloads a[href*='export.csv']"))
    coming.value.save_as(tmp_path / "compared.csv")
    text = (tmp_path / "compared.csv").read_text("utf-8-sig")
    assert [row["name"] for row in csv.DictReader(text.splitlines())] == shown
