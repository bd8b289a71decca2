"""A running federation, a person who has proven her address, and what became of her log-in."""

import logging

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache

from tests.web.federated.house_and_provider import FederatedProvider, logged_in_as
from tests.web.pages import text_of


@pytest.fixture(scope="module")
def running():
    provider = FederatedProvider()
    yield provider
    provider.server.shutdown()
    provider.server.server_close()


@pytest.fixture
def provider(running, settings, tmp_path, caplog):
    running.tell_the_truth()
    cache.clear()
    caplog.set_level(logging.WARNING, "entrecidades")
    settings.FEDERATION, settings.SOCIALACCOUNT_PROVIDERS = running.settings(
        tmp_path, vouches_for=["maputo.example"]
    )
    return running


@pytest.fixture
def proven(officer):
    """The officer has proven her address to us."""
    EmailAddress.objects.create(user=officer, email=officer.email, verified=True, primary=True)
    return officer


@pytest.fixture
def refused(client, caplog):
    """Nobody came in; the sentence that the operator finds in the log."""

    def line_of(response):
        assert "could not be checked" in text_of(response)
        assert logged_in_as(client) is None
        assert not SocialAccount.objects.exists()
        told = [one for one in caplog.records if one.name.startswith("entrecidades")]
        (line,) = [one.getMessage() for one in told]
        return line

    return line_of
