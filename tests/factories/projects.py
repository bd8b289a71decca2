"""Projects and what they consist of."""

import datetime as dt

import factory

from entrecidades.network.choices import Visibility
from entrecidades.projects.choices import Role
from entrecidades.projects.models import (
    BudgetLine,
    HelpRequest,
    Indicator,
    Measurement,
    Milestone,
    Project,
    ProjectReport,
    ProjectRole,
)
from tests.factories.network import EntityFactory

BEGUN = dt.datetime(2009, 10, 1, 9, 0, tzinfo=dt.UTC)


class ProjectFactory(factory.django.DjangoModelFactory):
    """A project everybody sees; ``themes``, ``places`` and ``parties=[(role, body)]`` fill it."""

    class Meta:
        model = Project
        skip_postgeneration_save = True

    entity = factory.SubFactory(EntityFactory)
    title = factory.Sequence(lambda n: {"en": f"Project {n}"})
    visibility = Visibility.PUBLIC
    begun_at = BEGUN
    heard_at = factory.SelfAttribute("begun_at")

    @factory.post_generation
    def parties(self, create, extracted, **_kwargs):
        if create:
            ProjectRoleFactory(project=self, entity=self.entity, role=Role.COORDINATOR)
            for role, entity in extracted or []:
                ProjectRoleFactory(project=self, entity=entity, role=role)

    @factory.post_generation
    def themes(self, create, extracted, **_kwargs):
        if create and extracted:
            self.themes.set(extracted)

    @factory.post_generation
    def places(self, create, extracted, **_kwargs):
        if create and extracted:
            self.places.set(extracted)


class ProjectRoleFactory(factory.django.DjangoModelFactory):
    """A body receives something in a project."""

    class Meta:
        model = ProjectRole

    project = factory.SubFactory(ProjectFactory)
    entity = factory.SubFactory(EntityFactory)
    role = Role.RECEIVER


class PartFactory(factory.django.DjangoModelFactory):
    """One line of a project."""

    class Meta:
        abstract = True

    project = factory.SubFactory(ProjectFactory)
    entity = factory.SelfAttribute("project.entity")
    title = factory.Sequence(lambda n: {"en": f"Part {n}"})


class MilestoneFactory(PartFactory):
    """Something due at the end of the year."""

    class Meta:
        model = Milestone

    due_on = dt.date(2009, 12, 31)


class BudgetLineFactory(PartFactory):
    """A thousand euros."""

    class Meta:
        model = BudgetLine

    amount = 1000
    currency = "EUR"


class IndicatorFactory(PartFactory):
    """Tonnes of waste collected, from none to a hundred."""

    class Meta:
        model = Indicator

    unit = "t"
    baseline = 0
    target = 100


class MeasurementFactory(factory.django.DjangoModelFactory):
    """Forty in the first half of the year."""

    class Meta:
        model = Measurement

    indicator = factory.SubFactory(IndicatorFactory)
    first_on = dt.date(2009, 1, 1)
    last_on = dt.date(2009, 6, 30)
    value = 40


class ProjectReportFactory(factory.django.DjangoModelFactory):
    """What the coordinating body told of the year."""

    class Meta:
        model = ProjectReport

    project = factory.SubFactory(ProjectFactory)
    entity = factory.SelfAttribute("project.entity")
    first_on = dt.date(2009, 1, 1)
    last_on = dt.date(2009, 12, 31)
    words = "We began to collect."
    language = "en"
    confirmed_at = BEGUN


class HelpRequestFactory(factory.django.DjangoModelFactory):
    """The coordinating body asks for help."""

    class Meta:
        model = HelpRequest

    project = factory.SubFactory(ProjectFactory)
    entity = factory.SelfAttribute("project.entity")
    words = "Our lorry has not come."
    language = "en"
    asked_at = BEGUN
