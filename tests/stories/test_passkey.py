"""With a passkey a member comes in, under the strict content policy; the key is simulated."""

import os

import pytest
from allauth.mfa.models import Authenticator

from tests.factories.accounts import PersonFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "praia-do-bilene-1975"  # noqa: S105 - a test's password
CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def page(playwright):
    path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM)
    yield browser.new_context(locale="en").new_page()
    browser.close()


@pytest.fixture
def complaints(page):
    said = []
    page.on("console", lambda message: said.append(message.text))
    return said


def test_a_passkey_is_added_and_then_it_opens_the_account(page, complaints, live_server):
    member = PersonFactory(email="officer@maputo.example")
    member.set_password(PASSWORD)
    member.save()
    house = live_server.url.replace("127.0.0.1", "localhost")
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    page.goto(f"{house}/en/accounts/login/")
    page.get_by_text("With a password").click()
    page.locator("#id_login").fill(member.email)
    page.locator("#id_password").fill(PASSWORD)
    page.locator("details button[type=submit]").click()
    page.goto(f"{house}/en/accounts/second-factor/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Add a passkey").click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    assert Authenticator.objects.filter(user=member).count() == 2
    page.goto(f"{house}/en/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Log out").click()
    page.goto(f"{house}/en/accounts/login/")
    page.get_by_role("button", name="Log in with a passkey").click()
    page.get_by_role("heading", name="My desk").wait_for()
    assert [words for words in complaints if "Content Security Policy" in words] == []
