"""Maputo with an administrator, a colleague, and a desk that can be filled."""

import pytest

from tests.conftest import entrusted
from tests.handover.desks import admin_of


@pytest.fixture
def admin(maputo):
    """The administrator of Maputo."""
    return admin_of(maputo, name="Amélia Sitoe", email="amelia@maputo.example", language="pt")


@pytest.fixture
def colleague(maputo):
    """An officer of Maputo."""
    return entrusted(maputo, name="Berta Macuácua", email="berta@maputo.example", language="pt")
