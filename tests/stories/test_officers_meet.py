"""Three officers, without a mouse: a need, and a contact that is asked for and accepted."""

import pytest

from tests.stories.conftest import opened
from tests.stories.house import PASSWORD
from tests.stories.keyboard import Keyboard

pytestmark = pytest.mark.browser

house = pytest.fixture(name="house")(opened)
LANGUAGES = pytest.mark.parametrize("language", ["pt-br", "fr"])
CURITIBA = ".suggestion:has(a[href$='/cities/br/curitiba/'])"


@pytest.fixture
def log_in(browser, house, language):
    """Let the officer of a body come to her desk, through the door."""
    opened = []

    def arrive(slug):
        opened.append(browser.new_context(locale=language, reduced_motion="reduce"))
        page = opened[-1].new_page()
        page.goto(f"{house.url}/{language}/desk/")
        officer = Keyboard(page, language)
        officer.follow(page.locator("main details > summary").last)
        officer.write(page.locator("[name=login]"), f"officer@{slug}.example")
        officer.write(page.locator("[name=password]"), PASSWORD)
        officer.press("Enter")
        officer.title(officer.say("My desk"))
        return officer

    yield arrive
    for context in opened:
        context.close()


def back_to_the_desk(officer):
    """Go to one's desk from wherever one is."""
    officer.follow(officer.link("My desk", within="header"))
    officer.title(officer.say("My desk"))


def counterparts(officer):
    """The score and the marks of Curitiba among the counterparts of one's own city."""
    back_to_the_desk(officer)
    officer.follow(officer.link("Its counterparts"))
    officer.title(officer.say("Find a partner"))
    return officer.page.locator(CURITIBA).inner_text()


def publish_need(officer, theme):
    """Put a need on the board."""
    page = officer.page
    back_to_the_desk(officer)
    officer.follow(officer.link("Post an offer or a need"))
    officer.choose(page.locator("#id_themes_0"), theme)
    officer.write(page.locator("#id_title"), "Aterro sanitário depois do lixão")
    officer.write(page.locator("#id_text"), "Procuramos quem encerrou uma lixeira a céu aberto.")
    officer.reach(page.locator("[name=form][value=study_visit]"))
    officer.press("Space")
    if not page.locator("[name=languages]:checked").count():
        officer.reach(page.locator("[name=languages][value=pt]"))
        officer.press("Space")
    officer.follow(officer.button("Publish"))
    officer.title("Aterro sanitário depois do lixão")


def ask_through_the_association(officer):
    """Ask Curitiba for a first contact, through the association that carries the relation."""
    page = officer.page
    officer.follow(page.locator(CURITIBA).get_by_role("link").first)
    officer.follow(officer.link("Propose a contact"))
    officer.choose(
        page.locator("#id_broker"), page.locator("#id_broker option").nth(1).inner_text()[:8]
    )
    officer.write(page.locator("#id_message"), "Como encerraram a lixeira?")
    officer.follow(officer.button("Send the request"))
    officer.title("Maputo – Curitiba")


def answer(officer, step):
    """Open what waits on the desk, and take a step."""
    officer.follow(
        officer.page.locator("main .card", has_text="Curitiba").get_by_role("link").first
    )
    officer.title("Maputo – Curitiba")
    officer.follow(officer.page.locator(f"button[name=step][value={step}]"))
    officer.page.locator("[role=status]").first.wait_for()


def on_the_desk(officer):
    """What the desk says of the contact with Curitiba."""
    back_to_the_desk(officer)
    return officer.page.locator(".lines li", has_text="Curitiba").first.inner_text()


@LANGUAGES
def test_a_need_is_answered(log_in, language):
    maputo = log_in("maputo")
    before = counterparts(maputo)
    publish_need(maputo, maputo.theme("waste-final-disposal"))
    assert counterparts(maputo) != before
    ask_through_the_association(maputo)
    answer(log_in("fnp"), "forward")
    curitiba = log_in("curitiba")
    answer(curitiba, "accept")
    accepted = maputo.say("accepted", of="first contact")
    assert accepted in on_the_desk(curitiba)
    assert accepted in on_the_desk(maputo)
