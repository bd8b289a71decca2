"""Reports of programmes on a year."""

import datetime as dt

import factory

from entrecidades.reporting.choices import ReportState
from entrecidades.reporting.models import AnnualReport, Campaign, Declaration, Edition
from tests.factories.cooperation import ProgrammeFactory
from tests.factories.network import EntityFactory
from tests.factories.projects import ProjectFactory


class AnnualReportFactory(factory.django.DjangoModelFactory):
    """The report on 2009, not out yet; ``out=True`` publishes it."""

    class Meta:
        model = AnnualReport

    class Params:
        out = factory.Trait(state=ReportState.PUBLISHED, published_on=dt.date(2009, 11, 19))

    entity = factory.SubFactory(EntityFactory, association=True)
    programme = factory.SubFactory(ProgrammeFactory)
    year = 2009
    foreword = factory.LazyFunction(lambda: {"en": "We worked together."})


class EditionFactory(factory.django.DjangoModelFactory):
    """A file in English that is promised."""

    class Meta:
        model = Edition

    report = factory.SubFactory(AnnualReportFactory)
    language = "en"
    asked_at = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)


class CampaignFactory(factory.django.DjangoModelFactory):
    """The parties are asked to declare 2009."""

    class Meta:
        model = Campaign

    entity = factory.SubFactory(EntityFactory, association=True)
    programme = factory.SubFactory(ProgrammeFactory)
    year = 2009
    due_on = dt.date(2010, 1, 31)
    opened_at = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)


class DeclarationFactory(factory.django.DjangoModelFactory):
    """The coordinating body of a project has not declared yet."""

    class Meta:
        model = Declaration

    campaign = factory.SubFactory(CampaignFactory)
    project = factory.SubFactory(ProjectFactory)
    entity = factory.SelfAttribute("project.entity")
