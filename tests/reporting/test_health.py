"""How a programme stands: each risk is told of the project that runs it, and of no other."""

import datetime as dt

import pytest

from entrecidades.network.choices import Visibility
from entrecidades.network.selectors import reader_of
from entrecidades.reporting.selectors import health_of
from entrecidades.web.presenters.agreements import agreements_table
from tests.conftest import A_DAY
from tests.factories.agreements import AgreementFactory
from tests.factories.cooperation import CoordinationFactory
from tests.factories.projects import HelpRequestFactory, MilestoneFactory, ProjectFactory
from tests.factories.reporting import CampaignFactory, DeclarationFactory

AT = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)
LONG_AGO = dt.datetime(2009, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def programme(anci):
    return CoordinationFactory(entity=anci).programme


@pytest.fixture
def project(programme, maputo, curitiba):
    parties = [("first_provider", curitiba)]
    return ProjectFactory(
        entity=maputo, programme=programme, parties=parties, state="implementing", heard_at=AT
    )


def health(programme, coordinator):
    return health_of(programme, reader=reader_of(coordinator, on=A_DAY), at=AT)


def test_a_project_that_goes_well_is_no_risk(programme, project, coordinator):
    told = health(programme, coordinator)
    assert told.risks == []
    assert (told.stages["begun"], told.stages["working"], told.stages["closed"]) == (1, 1, 0)
    assert [(one["one"], one["other"]) for one in told.pairs] == [("Curitiba", "Maputo")]


def test_each_risk_is_named(programme, project, coordinator, maputo):
    MilestoneFactory(project=project, due_on=dt.date(2009, 10, 1), done_on=None)
    HelpRequestFactory(project=project, entity=maputo)
    campaign = CampaignFactory(programme=programme, due_on=dt.date(2009, 11, 1))
    DeclarationFactory(campaign=campaign, project=project)
    alone = ProjectFactory(entity=maputo, programme=programme, heard_at=LONG_AGO)
    told = {risk.project: {*risk.kinds} for risk in health(programme, coordinator).risks}
    assert told == {project: {"late", "help", "undeclared"}, alone: {"silent", "alone"}}


def test_its_agreements_are_named_each_by_its_number_and_the_end_of_those_that_bind(
    programme, project, coordinator, maputo, curitiba
):
    both = {
        "drafter": maputo,
        "partners": [curitiba],
        "observers": [programme.coordinations.get().entity],
    }
    soon = {"ends_on": dt.date(2009, 12, 1)}
    project.agreement = AgreementFactory(**both, **soon, binding=True)
    project.save()
    named = AgreementFactory(**both, **soon, programme=programme, state="terminated")
    AgreementFactory(**both, **soon, binding=True)
    told = health(programme, coordinator)
    assert told.agreements == sorted([project.agreement, named], key=lambda one: one.reference)
    ends = [thing for _day, kind, thing in told.deadlines if kind == "ends"]
    assert ends == [project.agreement]
    lines = {tuple(cell["text"] for cell in row) for row in table_of(told.agreements)}
    assert len(lines) == 2


def table_of(agreements):
    """The lines of the cockpit's table, without their days."""
    return [row[:5] for row in agreements_table(agreements)["rows"]]


def test_what_falls_due_stands_in_order_and_not_beyond_sixty_days(programme, project, coordinator):
    for day in (dt.date(2010, 1, 1), dt.date(2009, 12, 1), dt.date(2010, 6, 1)):
        MilestoneFactory(project=project, due_on=day, done_on=None)
    CampaignFactory(programme=programme, due_on=dt.date(2009, 12, 20))
    told = [(day.month, kind) for day, kind, _thing in health(programme, coordinator).deadlines]
    assert told == [(12, "milestone"), (12, "declares"), (1, "milestone")]


def test_a_project_that_she_does_not_see_is_not_counted(programme, project, coordinator):
    type(project).objects.update(visibility=Visibility.PARTNER)
    told = health(programme, coordinator)
    assert (told.stages["begun"], told.pairs, told.money) == (0, [], [])
