"""The year is declared: asked for once, confirmed as shown, chased, and read elsewhere."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.audit.models import Trace
from entrecidades.kernel.lives import next_state
from entrecidades.network.choices import Visibility
from entrecidades.network.rules import NotAllowed
from entrecidades.network.selectors import reader_of
from entrecidades.projects.models import Project, ProjectReport
from entrecidades.projects.selectors import tellers_of
from entrecidades.queue.models import Job
from entrecidades.reporting.choices import DeclarationState, DeclarationStep
from entrecidades.reporting.jobs import remind_of_declarations
from entrecidades.reporting.rules import (
    DECLARATION_LIFE,
    NOTICES,
    ChangedMeanwhile,
    NoSuchDeadline,
    NotACoordinator,
    TooSoon,
    notice_due,
    notices_until,
)
from entrecidades.reporting.selectors import declarations_seen_by, recorded_in, who_reported
from entrecidades.reporting.services import chase, declare, open_campaign
from tests.conftest import A_DAY, entrusted
from tests.factories.cooperation import CoordinationFactory
from tests.factories.projects import BudgetLineFactory, MilestoneFactory, ProjectFactory
from tests.factories.reporting import AnnualReportFactory

AT = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)
DUE = dt.date(2010, 1, 31)
DAYS = st.dates(dt.date(2009, 11, 1), dt.date(2010, 6, 1))


@pytest.fixture
def programme(anci):
    return CoordinationFactory(entity=anci).programme


@pytest.fixture
def project(programme, maputo, curitiba):
    project = ProjectFactory(
        entity=maputo, programme=programme, parties=[("first_provider", curitiba)]
    )
    MilestoneFactory(project=project, title={"en": "Carts"}, done_on=dt.date(2009, 5, 1))
    BudgetLineFactory(project=project)
    return project


@pytest.fixture
def campaign(programme, project, coordinator):
    return open_campaign(programme=programme, year=2009, due_on=DUE, by=coordinator, at=AT)


def said(declaration, by, step=DeclarationStep.CONFIRM, **facts):
    shown = recorded_in(declaration.project, 2009).digest()
    told = {"words": "We began.", "language": "pt", "shown": shown, **facts}
    return declare(declaration_id=declaration.pk, step=step, by=by, at=AT, **told)


@given(st.lists(st.sampled_from(DeclarationStep), min_size=1))
def test_what_was_declared_is_never_undeclared(steps):
    state = DeclarationState.AWAITED
    for step in steps:
        state = next_state(DECLARATION_LIFE, state, step)
    wanted = {"confirm": DeclarationState.CONFIRMED, "correct": DeclarationState.CORRECTED}
    assert state == wanted[steps[-1]]


@given(st.lists(DAYS, unique=True).map(sorted), DAYS)
def test_each_reminder_is_written_at_most_once_and_never_early(days, opened):
    noticed, written = notices_until(DUE, opened), []
    for day in days:
        notice = notice_due(DUE, day, noticed)
        if notice is not None:
            assert day >= DUE + dt.timedelta(notice)
            written.append(notice)
            noticed = notices_until(DUE, day)
    assert written == sorted(set(written))
    assert {*written} <= {*NOTICES}


def test_every_party_of_every_project_is_asked_once(campaign, programme, coordinator):
    again = open_campaign(programme=programme, year=2009, due_on=DUE, by=coordinator, at=AT)
    assert again == campaign
    assert campaign.declarations.count() == 2
    assert Job.objects.filter(name="reporting.tell_of_declaration").count() == 2
    assert Trace.objects.filter(act="reporting:campaign:open").count() == 1


def test_who_asks_does_not_declare_to_herself_unless_she_works_on_it(
    programme, anci, maputo, coordinator
):
    merely = ProjectFactory(entity=anci, programme=programme, parties=[("receiver", maputo)])
    funds = ProjectFactory(entity=anci, programme=programme, parties=[("funder", anci)])
    alone = ProjectFactory(entity=anci, programme=None, parties=[("receiver", maputo)])
    campaign = open_campaign(programme=programme, year=2009, due_on=DUE, by=coordinator, at=AT)
    asked = {(one.project, one.entity) for one in campaign.declarations.all()}
    assert asked == {(merely, maputo), (funds, anci)}
    assert {*tellers_of(alone)} == {anci, maputo}
    rows = who_reported(AnnualReportFactory(programme=programme), reader_of(coordinator, on=A_DAY))
    assert {row.project: row.missing for row in rows} == {merely: [maputo], funds: [anci]}


def test_strangers_and_days_that_are_over_open_nothing(programme, officer, coordinator):
    with pytest.raises(NotACoordinator):
        open_campaign(programme=programme, year=2009, due_on=DUE, by=officer, at=AT)
    with pytest.raises(NoSuchDeadline):
        open_campaign(programme=programme, year=2009, due_on=A_DAY, by=coordinator, at=AT)


def test_what_is_confirmed_is_the_report_of_the_year(campaign, programme, maputo, coordinator):
    one = said(campaign.declarations.get(entity=maputo), entrusted(maputo))
    assert one.facts["milestones"]
    report = ProjectReport.objects.get(entity=maputo)
    assert (report.first_on, report.last_on) == (dt.date(2009, 1, 1), dt.date(2009, 12, 31))
    year = AnnualReportFactory(programme=programme)
    row = who_reported(year, reader_of(coordinator, on=A_DAY))[0]
    assert row.said == [maputo]


def test_a_correction_says_what_is_different(campaign, maputo):
    officer, one = entrusted(maputo), campaign.declarations.get(entity=maputo)
    with pytest.raises(ValidationError):
        said(one, officer, DeclarationStep.CORRECT)
    said(one, officer, DeclarationStep.CORRECT, correction="Five carts, not four.")
    one.refresh_from_db()
    assert (one.state, one.correction) == ("corrected", "Five carts, not four.")


def test_nobody_confirms_what_she_was_not_shown(campaign, maputo, project):
    one, officer = campaign.declarations.get(entity=maputo), entrusted(maputo)
    shown = recorded_in(project, 2009).digest()
    MilestoneFactory(project=project, done_on=dt.date(2009, 6, 1))
    with pytest.raises(ChangedMeanwhile):
        said(one, officer, shown=shown)
    assert not ProjectReport.objects.exists()


def test_a_party_declares_for_itself_alone(campaign, maputo, curitiba):
    with pytest.raises(NotAllowed):
        said(campaign.declarations.get(entity=maputo), entrusted(curitiba))


def test_a_project_that_is_hidden_is_not_tracked(campaign, coordinator, world):
    reader = reader_of(coordinator, on=A_DAY)
    assert declarations_seen_by(reader).count() == 2
    Project.objects.update(visibility=Visibility.PARTNER)
    assert not declarations_seen_by(reader).exists()
    stranger = reader_of(entrusted(world.body("Seattle")), on=A_DAY)
    assert not declarations_seen_by(stranger).exists()


def test_those_who_are_awaited_are_chased_and_reminded_no_others(campaign, maputo, coordinator):
    said(campaign.declarations.get(entity=maputo), entrusted(maputo))
    Job.objects.all().delete()
    assert chase(campaign_id=campaign.pk, by=coordinator, at=AT) == 1
    with pytest.raises(TooSoon):
        chase(campaign_id=campaign.pk, by=coordinator, at=AT)
    for day in ("2010-01-16", "2010-01-17", "2010-01-18", "2010-02-01", "2010-02-02"):
        remind_of_declarations(day)
    days = [one.facts["days"] for one in Trace.objects.filter(act="reporting:campaign:remind")]
    assert sorted(days) == [-14, 1]
