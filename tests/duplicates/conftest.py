"""Two entries of one body, and their merge."""

import datetime as dt

import pytest

from entrecidades.duplicates.services import merge_entities
from tests.conftest import A_MOMENT
from tests.factories.network import EntityFactory

THEN, LATER = dt.date(2001, 1, 1), dt.date(2005, 1, 1)


@pytest.fixture
def two():
    """The body that stays, and the one that is merged into it."""
    return EntityFactory(name="Curitiba"), EntityFactory(name="Prefeitura de Curitiba")


def merge(two, **more):
    """The second becomes one with the first."""
    survivor, absorbed = two
    return merge_entities(survivor=survivor, absorbed=absorbed, by=None, at=A_MOMENT, **more)
