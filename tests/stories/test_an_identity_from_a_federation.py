"""An officer comes in with an identity of a federation, under the strict content policy."""

import os

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache

from entrecidades.config.identity_providers import form_targets
from tests.factories.accounts import PersonFactory
from tests.stories.keyboard import Keyboard
from tests.stories.test_passkey import CHROMIUM
from tests.web.federated.house_and_provider import FederatedProvider

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def page(playwright):
    path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM)
    yield browser.new_context(locale="en").new_page()
    browser.close()


@pytest.fixture
def provider(settings, tmp_path):
    """A provider at another site than the house, so that the browser's rules for sites hold."""
    cache.clear()
    provider = FederatedProvider()
    settings.FEDERATION, settings.SOCIALACCOUNT_PROVIDERS = provider.settings(
        tmp_path, vouches_for=["maputo.example"]
    )
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    targets = [*directives["form-action"], *form_targets([{"server": provider.name("op")}])]
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {**directives, "form-action": targets}}
    yield provider
    provider.server.shutdown()
    provider.server.server_close()


def test_an_identity_opens_the_account_with_the_keys_alone(page, provider, live_server):
    officer = PersonFactory(email="officer@maputo.example", name="Ana Prova")
    EmailAddress.objects.create(user=officer, email=officer.email, verified=True, primary=True)
    house = provider.house_at = live_server.url.replace("127.0.0.1", "localhost")
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(f"{house}/en/accounts/login/")
    keyboard = Keyboard(page, "en")
    keyboard.follow(page.get_by_role("button", name="Test identity"))
    page.wait_for_url(f"{house}/en/desk/**")
    assert officer.name in page.locator("body").inner_text()
    assert [said for said in complaints if "Content Security Policy" in said] == []
    assert provider.refused == []


def test_a_provider_that_is_not_believed_lets_nobody_in(page, provider, live_server):
    house = provider.house_at = live_server.url.replace("127.0.0.1", "localhost")
    provider.above["op"] = []
    page.goto(f"{house}/en/accounts/login/")
    Keyboard(page, "en").follow(page.get_by_role("button", name="Test identity"))
    assert "could not be checked" in page.locator("main").inner_text()
    page.goto(f"{house}/en/desk/")
    assert "/accounts/login/" in page.url
