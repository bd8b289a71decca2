"""Pairs of entries that may be one body."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from entrecidades.duplicates.services import merge_entities
from entrecidades.network.models import Duplicate
from tests.factories.network import EntityFactory

A_MOMENT = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)


class DuplicateFactory(DjangoModelFactory):
    """Two entries of one name, in the order in which they are stored."""

    class Meta:
        model = Duplicate

    one = factory.SubFactory(EntityFactory, name="Example", slug="example")
    other = factory.SubFactory(EntityFactory, name="Example", slug="example-2")
    score = 0.86
    reasons = factory.LazyFunction(
        lambda: [
            {"piece": "name", "number": 1.0, "points": 3.0},
            {"piece": "kind", "number": 1.0, "points": 0.3},
        ]
    )
    found_at = A_MOMENT

    @classmethod
    def _create(cls, model_class, *args, **facts):
        one, other = sorted([facts.pop("one"), facts.pop("other")], key=lambda body: body.pk)
        return super()._create(model_class, *args, one=one, other=other, **facts)


def merge_of_two():
    """A merge that stands, of two entries of its own."""
    survivor, absorbed = EntityFactory(name="Stands"), EntityFactory(name="Merged away")
    return merge_entities(survivor=survivor, absorbed=absorbed, by=None, at=A_MOMENT)
