"""The city hall: a small world, the people around one of its cities, and that city's records."""

import pytest
from django.core.cache import cache

from tests.access.call_records import calls_around
from tests.access.people import people_around
from tests.access.records import records_of
from tests.factories.circulars import CircularFactory
from tests.factories.exchange import SubmissionFactory
from tests.factories.handover import PackFactory


@pytest.fixture
def city_hall(world, on_the_day):
    """The world, its people by kind, its records by kind and state."""
    cache.clear()
    records = records_of(world)
    people = people_around(world.body("Maputo"), world.body("Curitiba"))
    records["pack"] = {"hers": PackFactory(entity=world.body("Maputo"), by=people["admin"])}
    association = people["coordinator"].mandates.get().entity
    records["member"] = {"there": association}
    records["roll"] = {"there": SubmissionFactory(roll=True, entity=association)}
    records["circular"] = {"there": CircularFactory(entity=association)}
    records |= calls_around(world, people)
    return world, people, records
