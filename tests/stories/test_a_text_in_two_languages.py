"""Two officers, without a mouse: a text begun from a model, checked, numbered and agreed to."""

import datetime as dt
import io

import docx
import pytest

from entrecidades.agreements.models import Agreement, Text
from entrecidades.network.models import Entity
from tests.engines.test_wording_files import saved
from tests.factories.agreements import AgreementFactory
from tests.stories.conftest import opened
from tests.stories.keyboard import Keyboard
from tests.stories.texts import check_all

pytestmark = pytest.mark.browser

house = pytest.fixture(name="house")(opened)
LANGUAGES = pytest.mark.parametrize("language", ["pt-br", "fr"])


@pytest.fixture
def agreement(house, django_db_blocker):
    """A protocol between Maputo and Curitiba that is negotiated, with its days."""
    with django_db_blocker.unblock():
        bodies = {slug: Entity.objects.get(slug=slug) for slug in ("maputo", "curitiba")}
        return AgreementFactory(
            kind="protocol",
            drafter=bodies["maputo"],
            partners=[bodies["curitiba"]],
            languages=["pt", "fr"],
            state="negotiating",
            title={"pt": "Drenagem"},
            in_force_from=dt.date(2026, 12, 1),
            ends_on=dt.date(2028, 11, 30),
        )


@pytest.fixture
def at_the_text(browser, house, language, agreement):
    """Let the officer of a body come to the text, logged in."""
    contexts = []

    def arrive(slug):
        contexts.append(browser.new_context(locale=language, reduced_motion="reduce"))
        contexts[-1].add_cookies([house.session(slug)])
        page = contexts[-1].new_page()
        page.goto(f"{house.url}/{language}/agreements/{agreement.public_id}/text/")
        return Keyboard(page, language)

    yield arrive
    for context in contexts:
        context.close()


def agree(officer):
    """Say yes to the latest version, on its page."""
    officer.follow(officer.page.locator("main button[name=party]"))
    officer.page.locator("[role=status]").first.wait_for()


def write_in_word(officer, tmp_path):
    """Take version 1 out as Word from its page, write in it, and bring it in."""
    with officer.page.expect_download() as coming:
        officer.follow(officer.page.locator("main a[href$='file.docx']"))
    path = tmp_path / "text.docx"
    coming.value.save_as(path)
    document = docx.Document(io.BytesIO(path.read_bytes()))
    document.tables[0].rows[2].cells[1].paragraphs[-1].text = "E visitar-se."
    path.write_bytes(saved(document))
    officer.page.goto(officer.page.url.replace("versions/1/", "word/"))
    officer.page.locator("#id_upload").set_input_files(path)
    officer.follow(officer.page.locator("main form button.button-main"))
    officer.page.locator("main ins", has_text="E visitar-se.").wait_for()


@LANGUAGES
def test_both_sides_check_number_and_agree(at_the_text, agreement, django_db_blocker):
    maputo = at_the_text("maputo")
    maputo.follow(maputo.page.locator("main form button.button-main"))
    maputo.page.locator("article.clause").first.wait_for()
    maputo.follow(maputo.page.locator("article.clause a.button[href*='/clauses/']").nth(1))
    wording = maputo.page.locator("[name='body.pt']")
    maputo.write(wording, "As Partes querem cooperar na drenagem.")
    maputo.follow(maputo.page.locator("main form button.button-main").first)
    maputo.page.locator("article.clause", has_text="cooperar na drenagem").wait_for()
    assert maputo.page.locator(".clause-gap").count() == 2  # the themes, in either language
    maputo.follow(maputo.page.locator("article:has(.clause-gap) a.button").first)
    for code, words in (("pt", "Drenagem urbana."), ("fr", "Drainage urbain.")):
        maputo.write(maputo.page.locator(f"[name='body.{code}']"), words)
    maputo.follow(maputo.page.locator("main form button.button-main").first)
    check_all(maputo)
    maputo.follow(maputo.page.locator("aside form button.button-main"))
    maputo.page.locator("main .hash").wait_for()
    agree(maputo)
    curitiba = at_the_text("curitiba")
    check_all(curitiba)
    curitiba.follow(curitiba.page.locator("main a[href$='/versions/1/']"))
    agree(curitiba)
    with django_db_blocker.unblock():
        text = Text.objects.select_related("agreed").get(agreement=agreement)
        assert text.agreed.number == 1
        assert Agreement.objects.get(pk=agreement.pk).state == "text_agreed"


@LANGUAGES
def test_what_was_written_in_word_is_seen_before_it_is_saved(at_the_text, agreement, tmp_path):
    maputo = at_the_text("maputo")
    maputo.follow(maputo.page.locator("main form button.button-main"))
    maputo.follow(maputo.page.locator("aside form button.button-main"))
    maputo.page.locator("main .hash").wait_for()
    write_in_word(maputo, tmp_path)
    maputo.follow(maputo.page.locator("main form button.button-main"))
    maputo.page.locator("article.clause", has_text="E visitar-se.").wait_for()
