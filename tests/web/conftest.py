"""Fixtures for the pages: nothing is kept from one test to the next, and the clock stands."""

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def nothing_kept(on_the_day):
    """Forget the tallies and drawings that earlier tests left in the cache."""
    cache.clear()
