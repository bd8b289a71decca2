"""Fixtures for the pages: nothing is kept from one test to the next, and the clock stands."""

import pytest
from django.core.cache import cache

from tests.agreements.conftest import agreement, ours, text
from tests.calls.conftest import application, bodies, call, runner

__all__ = ["agreement", "application", "bodies", "call", "ours", "runner", "text"]


@pytest.fixture(autouse=True)
def nothing_kept(on_the_day):
    """Forget the tallies and drawings that earlier tests left in the cache."""
    cache.clear()


@pytest.fixture
def inside(client, officer):
    """The browser of Maputo's officer."""
    client.force_login(officer)
    return client
