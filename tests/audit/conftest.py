"""A chain of some hundred traces, as acts leave them."""

import random

import pytest

from entrecidades.audit.models import Trace
from entrecidades.audit.services import record, seal
from tests.factories.accounts import PersonFactory
from tests.factories.network import EntityFactory

LENGTH = 240


@pytest.fixture
def chain(db):
    """Sealed traces about bodies and people; her e-mail address is told in every twelfth."""
    chance = random.Random(11)
    people = [PersonFactory(name=f"Officer {number}") for number in range(4)]
    bodies = [EntityFactory() for _number in range(4)]
    for number in range(LENGTH):
        person, body = chance.choice(people), chance.choice(bodies)
        if number % 12 == 0:
            changes = {"email": (None, f"{number}@são.example"), "language": ("", "pt")}
            record("accounts:person:join", subject=person, by=None, changes=changes)
        else:
            changes = {"name": (f"Câmara {number - 1}", f"Câmara {number}")}
            record(*("network:entity:edit",), subject=body, by=person, body=body, changes=changes)
    assert seal() == LENGTH
    return Trace.objects.all()
