"""The board of agreements without a mouse: a card is opened, and moved along its life."""

import pytest

from entrecidades.agreements.models import Agreement
from entrecidades.network.models import Entity
from tests.factories.agreements import AgreementFactory
from tests.stories.conftest import opened
from tests.stories.house import A_MOMENT, PASSWORD
from tests.stories.keyboard import Keyboard

pytestmark = pytest.mark.browser

house = pytest.fixture(name="house")(opened)
TITLE = "Praças para todos (exemplo)"


@pytest.fixture
def agreement(house):
    """An idea of Maputo and Belo Horizonte."""
    maputo, other = (Entity.objects.get(slug=slug) for slug in ("maputo", "belo-horizonte"))
    return AgreementFactory(
        drafter=maputo, partners=[other], title={"pt": TITLE}, opened_at=A_MOMENT
    )


@pytest.fixture
def officer(browser, house, agreement, language):
    """The officer of Maputo before the board, through the door."""
    context = browser.new_context(locale=language, reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{house.url}/{language}/agreements/board/")
    somebody = Keyboard(page, language)
    somebody.follow(page.locator("main details > summary").last)
    somebody.write(page.locator("[name=login]"), "officer@maputo.example")
    somebody.write(page.locator("[name=password]"), PASSWORD)
    somebody.press("Enter")
    somebody.title(somebody.say("Board of agreements"))
    yield somebody
    context.close()


def column_of(officer):
    """In which column the card stands."""
    card = officer.page.locator(".stage-board > section", has_text=TITLE)
    return card.locator("h2").inner_text().rsplit(maxsplit=1)[0]


def move_on(officer, step):
    """Open what leads on, on the card itself, and take a step; the board is shown again."""
    page = officer.page
    card = page.locator(".stage-board article", has_text=TITLE)
    summary = officer.reach(card.locator("summary"))
    assert not card.locator(f"button[value={step}]").is_visible()
    summary.press("Enter")
    button = officer.reach(card.locator(f"button[value={step}]"))
    with page.expect_navigation():
        button.press("Enter")


@pytest.mark.parametrize("language", ["pt-br", "fr"])
def test_a_card_is_moved_on_and_opened(officer, agreement, language):
    page, before = officer.page, column_of(officer)
    move_on(officer, "negotiate")
    agreement.refresh_from_db()
    assert agreement.state == "negotiating"
    page.goto(page.url.split("/agreements/")[0] + "/agreements/board/")
    assert column_of(officer) != before
    officer.follow(page.locator(".stage-board article", has_text=TITLE).locator("h3 a"))
    officer.title(TITLE)
    assert agreement.reference in page.locator("main").inner_text()
    assert Agreement.objects.get(pk=agreement.pk).state == "negotiating"
