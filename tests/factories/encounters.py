"""Meetings of the network."""

import factory

from entrecidades.encounters.models import Encounter, Series
from tests.factories.network import CountryFactory


class SeriesFactory(factory.django.DjangoModelFactory):
    """Encounters under one name."""

    class Meta:
        model = Series

    slug = factory.Sequence(lambda n: f"series-{n}")
    name = factory.LazyAttribute(lambda series: {"en": series.slug})


class EncounterFactory(factory.django.DjangoModelFactory):
    """One edition."""

    class Meta:
        model = Encounter

    series = factory.SubFactory(SeriesFactory)
    year = factory.Sequence(lambda n: 2000 + n)
    country = factory.SubFactory(CountryFactory, code="FR")
