"""Desks that changed hands, and packs."""

import datetime as dt

import factory

from entrecidades.handover.models import HandOver, Pack
from tests.factories.accounts import PersonFactory
from tests.factories.network import EntityFactory

A_MOMENT = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)


class HandOverFactory(factory.django.DjangoModelFactory):
    """Somebody without anything on her desk handed it over at noon of the day."""

    class Meta:
        model = HandOver

    entity = factory.SubFactory(EntityFactory)
    leaver = factory.SubFactory(PersonFactory)
    kept_by = factory.SubFactory(PersonFactory)
    made_at = A_MOMENT


class PackFactory(factory.django.DjangoModelFactory):
    """A pack that is built."""

    class Meta:
        model = Pack

    entity = factory.SubFactory(EntityFactory)
    by = factory.SubFactory(PersonFactory)
    language = "en"
    asked_at = A_MOMENT
    keep_until = A_MOMENT + dt.timedelta(hours=22)
    content = b"PK"
