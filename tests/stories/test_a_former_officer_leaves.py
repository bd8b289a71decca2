"""J8, its end: a former officer takes her data, asks to be erased, and the history stays whole."""

import io
import json
import zipfile

import pytest

from entrecidades.accounts.models import Person
from entrecidades.audit.selectors.chain import verify
from entrecidades.network.models import Mandate
from entrecidades.privacy.models import DataRequest
from entrecidades.privacy.services.requests import confirm_erasure
from tests.stories.conftest import opened
from tests.stories.house import A_DAY, A_MOMENT, PASSWORD
from tests.stories.keyboard import Keyboard
from tests.stories.letters import kept
from tests.stories.rules import barriers

pytestmark = pytest.mark.browser

house = pytest.fixture(name="house")(opened)
HERS = "officer@maputo.example"


def come_in(browser, house, language):
    """Log in at the page of one's data."""
    page = browser.new_context(locale=language, reduced_motion="reduce").new_page()
    page.goto(f"{house.url}/{language}/account/data/")
    person = Keyboard(page, language)
    person.follow(page.locator("main details > summary").last)
    person.write(page.locator("[name=login]"), HERS)
    person.write(page.locator("[name=password]"), PASSWORD)
    person.press("Enter")
    person.title(person.say("My data"))
    return person


def taken_away(person):
    """Her copy."""
    with person.page.expect_download() as download:
        person.follow(person.link("Download my data"))
    return download.value.path().read_bytes()


def ask_to_be_erased(person):
    """The last look and the word."""
    page = person.page
    person.follow(person.link("Ask to be erased"))
    person.prove_anew(PASSWORD)
    person.reach(page.locator("[name=sure]"))
    person.press("Space")
    assert barriers(page) == []
    person.follow(page.locator("main form button[type=submit]").last)
    page.locator("#asked").wait_for()


@pytest.mark.parametrize("language", ["pt-br", "fr"])
def test_she_takes_her_data_and_is_erased_and_the_chain_holds(browser, house, language):
    Mandate.objects.filter(person=house.people["maputo"]).update(valid_to=A_DAY)
    her = come_in(browser, house, language)
    with zipfile.ZipFile(io.BytesIO(taken_away(her))) as box:
        told = [box.read(name).decode() for name in box.namelist()]
    assert any(HERS in words for words in told)
    assert any(json.loads(words) for words in told if words.lstrip().startswith(("{", "[")))
    ask_to_be_erased(her)
    request = DataRequest.objects.get(person=house.people["maputo"])
    assert her.page.locator("section[aria-labelledby=asked]", has_text="15").count()
    confirm_erasure(request=request, by=house.people["operator"], at=A_MOMENT)
    kept()
    assert not Person.objects.filter(email=HERS).exists()
    her.page.reload()
    assert "/accounts/login/" in her.page.url
    assert verify().broken is None
    her.page.context.close()
