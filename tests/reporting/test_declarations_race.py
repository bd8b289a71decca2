"""Ten who confirm one declaration at once confirm it once; without the lock, more than once."""

import datetime as dt
from threading import Barrier

import pytest

from entrecidades.audit.changes import changes_since, snapshot
from entrecidades.audit.models import Trace
from entrecidades.audit.services import record
from entrecidades.kernel.lives import next_state
from entrecidades.projects.models import ProjectReport
from entrecidades.reporting.choices import Act, DeclarationState, DeclarationStep
from entrecidades.reporting.models import Declaration
from entrecidades.reporting.rules import DECLARATION_LIFE
from entrecidades.reporting.selectors import recorded_in
from entrecidades.reporting.services import declare, open_campaign
from tests.conftest import entrusted
from tests.factories.cooperation import CoordinationFactory
from tests.factories.network import EntityFactory
from tests.factories.projects import MilestoneFactory, ProjectFactory
from tests.race import at_once

AT = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)
DUE = dt.date(2010, 1, 31)
OFFICERS = 10

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def body():
    return EntityFactory(country__code="MZ")


@pytest.fixture
def declaration(body):
    """What the body is asked to declare of one project."""
    group = EntityFactory(country__code="IT", association=True)
    programme = CoordinationFactory(entity=group).programme
    project = ProjectFactory(entity=body, programme=programme)
    MilestoneFactory(project=project, title={"en": "Carts"}, done_on=dt.date(2009, 5, 1))
    asking = {"programme": programme, "year": 2009, "due_on": DUE}
    campaign = open_campaign(by=entrusted(group, "coordinator"), at=AT, **asking)
    return campaign.declarations.get(entity=body)


def said(declaration, officer, step=DeclarationStep.CONFIRM, **facts):
    shown = recorded_in(declaration.project, 2009).digest()
    told = {"words": "We began.", "language": "pt", "shown": shown, **facts}
    return declare(declaration_id=declaration.pk, step=step, by=officer, at=AT, **told)


def test_ten_who_confirm_at_once_confirm_once(declaration, body):
    officer = entrusted(body)
    answers = at_once(lambda _number: said(declaration, officer), times=OFFICERS)
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    assert ProjectReport.objects.count() == 1
    assert Trace.objects.filter(act=Act.DECLARE).count() == 1


def test_of_one_who_confirms_and_one_who_corrects_history_keeps_what_stands(declaration, body):
    officer = entrusted(body)

    def act(number):
        if number:
            return said(
                declaration, officer, DeclarationStep.CORRECT, correction="Five carts, not four."
            )
        return said(declaration, officer)

    answers = at_once(act, times=2)
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    declaration.refresh_from_db()
    last = Trace.objects.filter(act=Act.DECLARE).order_by("pk").last()
    assert last.changes["state"][1] == declaration.state


def test_the_race_is_real(declaration, body):
    """Who reads that it is awaited, waits for the others, and confirms, is counted beside them."""
    looked = Barrier(OFFICERS)

    def confirm_without_a_lock(_number):
        row = Declaration.objects.get(pk=declaration.pk)
        before = snapshot(row, "state")
        looked.wait()
        state = DeclarationState(row.state)
        row.state = next_state(DECLARATION_LIFE, state, DeclarationStep.CONFIRM)
        row.save(update_fields=["state"])
        if changes := changes_since(before, row):
            record(Act.DECLARE, subject=row, by=None, body=body, changes=changes)

    answers = at_once(confirm_without_a_lock, times=OFFICERS)
    assert [answer for answer in answers if isinstance(answer, Exception)] == []
    # Confirmed once, and told as if it had been ten times.
    assert Trace.objects.filter(act=Act.DECLARE).count() == OFFICERS
