"""Letters of an association to its members, and what became of their copies."""

import datetime as dt

import factory

from entrecidades.members.models import Circular, Copy, Decline
from tests.factories.accounts import PersonFactory
from tests.factories.network import EntityFactory

WRITTEN = dt.datetime(2009, 11, 19, 9, 0, tzinfo=dt.UTC)


class CircularFactory(factory.django.DjangoModelFactory):
    """A draft in English, complete; ``sent=True`` makes one that all have got."""

    class Meta:
        model = Circular

    class Params:
        sent = factory.Trait(state="sent", sent_at=WRITTEN, ended_at=WRITTEN, turn=1)
        sending = factory.Trait(state="sending", sent_at=WRITTEN, turn=1)

    entity = factory.SubFactory(EntityFactory, association=True)
    subject = factory.LazyFunction(lambda: {"en": "The profile of {body}"})
    text = factory.LazyFunction(lambda: {"en": "Dear colleague,\n\nmissing: {missing}.\n{link}"})
    written_at = WRITTEN


class CopyFactory(factory.django.DjangoModelFactory):
    """A copy that waits."""

    class Meta:
        model = Copy

    circular = factory.SubFactory(CircularFactory, sending=True)
    entity = factory.SubFactory(EntityFactory)
    person = factory.SubFactory(PersonFactory)


class DeclineFactory(factory.django.DjangoModelFactory):
    """Somebody wants no letters of an association."""

    class Meta:
        model = Decline

    person = factory.SubFactory(PersonFactory)
    entity = factory.SubFactory(EntityFactory, association=True)
    said_at = WRITTEN
