"""An app is set up by its key in letters, and then its code is the second proof; no mouse."""

import time

import pytest
from allauth.mfa.totp.internal import auth as totp

from tests.stories.conftest import opened
from tests.stories.house import PASSWORD
from tests.stories.keyboard import Keyboard
from tests.stories.rules import barriers

pytestmark = pytest.mark.browser

house = pytest.fixture(name="house")(opened)
HERS = "officer@maputo.example"


def code_now(secret):
    """What the app shows."""
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30))


def give_password(person):
    """The first proof."""
    person.follow(person.page.locator("main details > summary").last)
    person.write(person.page.locator("[name=login]"), HERS)
    person.write(person.page.locator("[name=password]"), PASSWORD)
    person.press("Enter")


def set_up(person):
    """From the account to the app's page, and the key typed into the app by hand."""
    page = person.page
    person.follow(page.locator("main a[href$='/totp/activate/']"))
    person.prove_anew(PASSWORD)
    person.title(person.say("Codes from an app"))
    secret = page.locator("main p > code").inner_text()
    assert barriers(page) == []
    person.write(page.locator("[name=code]"), code_now(secret))
    person.follow(person.button("Use the app from now on"))
    person.title(person.say("Recovery codes"))
    return secret


@pytest.mark.parametrize("language", ["pt-br", "fr"])
def test_an_app_is_set_up_and_then_asked_for(browser, house, language):
    context = browser.new_context(locale=language, reduced_motion="reduce")
    person = Keyboard(context.new_page(), language)
    person.page.goto(f"{house.url}/{language}/accounts/second-factor/")
    give_password(person)
    secret = set_up(person)
    context.clear_cookies()
    person.page.goto(f"{house.url}/{language}/desk/")
    give_password(person)
    person.title(person.say("The second proof"))
    assert barriers(person.page) == []
    person.write(person.page.locator("[name=code]"), "000000")
    person.press("Enter")
    person.page.locator(".errors").wait_for()
    person.write(person.page.locator("[name=code]"), next_code(secret))
    person.press("Enter")
    person.title(person.say("My desk"))
    context.close()


def next_code(secret):
    """The code after the one that was used: an app's code opens once."""
    return totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + 1))
