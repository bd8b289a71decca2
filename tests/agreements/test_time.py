"""Ends that come near are told, ends that have come are kept, and silence is asked about."""

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrecidades.agreements import jobs
from entrecidades.agreements.choices import Act
from entrecidades.agreements.life import DORMANT_AFTER, REMINDED, Decision, NotNow, NotYourStep
from entrecidades.agreements.models import Agreement
from entrecidades.agreements.services import (
    call_dormant,
    let_expire,
    reconfirm,
    remind_of_end,
    take_agreement_step,
)
from entrecidades.audit.models import Trace
from entrecidades.audit.selectors.history import name_of
from entrecidades.projects.services import take_project_step
from entrecidades.queue.models import Job
from tests.agreements.life import Life
from tests.conftest import A_DAY, A_MOMENT, entrusted
from tests.factories.agreements import AgreementFactory
from tests.factories.projects import ProjectFactory

END = dt.date(2010, 6, 30)
YEAR = dt.timedelta(days=365)


@pytest.fixture
def agreement(maputo, curitiba):
    return AgreementFactory(drafter=maputo, partners=[curitiba], binding=True, ends_on=END)


def days_told(agreement):
    traces = Trace.objects.filter(act=Act.REMIND, subject=name_of(agreement)).order_by("pk")
    return [trace.facts["days"] for trace in traces]


def pass_days(first, last):
    day = first
    while day <= last:
        jobs.remind_of_ends(on=day.isoformat())
        jobs.expire_agreements(on=day.isoformat())
        day += dt.timedelta(days=1)


def test_its_parties_are_reminded_thrice_and_then_it_expires(agreement):
    pass_days(END - dt.timedelta(days=200), END)
    agreement.refresh_from_db()
    assert days_told(agreement) == [*REMINDED]
    assert agreement.state == "renewal_due"
    pass_days(END, END + dt.timedelta(days=3))
    agreement.refresh_from_db()
    assert agreement.state == "expired"
    assert days_told(agreement) == [*REMINDED]
    events = Job.objects.filter(name="agreements.tell_of_agreement").order_by("pk")
    told = [job.facts["event"] for job in events]
    assert told == ["due:180", "due:90", "due:30", "moved:expired"]


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(-30, 250), min_size=1, max_size=12))
def test_however_seldom_the_worker_looks_nobody_is_reminded_twice_of_one_day(world, left):
    agreement = AgreementFactory(binding=True, ends_on=END)
    for days in sorted(left, reverse=True):
        at = dt.datetime.combine(END - dt.timedelta(days=days), dt.time.min, dt.UTC)
        remind_of_end(agreement_id=agreement.pk, at=at)
    told = days_told(agreement)
    assert told == sorted({*told}, reverse=True)
    due = {min(one for one in REMINDED if days <= one) for days in left if 0 <= days <= 180}
    assert {*told} == due


def test_a_renewed_agreement_is_reminded_anew(agreement):
    pass_days(END - dt.timedelta(days=20), END - dt.timedelta(days=20))
    officer = entrusted(agreement.drafter)
    longer = Decision("Council", "9", A_DAY, ends_on=END + YEAR)
    take_agreement_step(
        agreement_id=agreement.pk, step="renew", by=officer, at=A_MOMENT, decision=longer
    )
    pass_days(END, END)
    agreement.refresh_from_db()
    assert (agreement.state, agreement.ends_on) == ("renewed", END + YEAR)
    pass_days(END + YEAR - dt.timedelta(days=90), END + YEAR - dt.timedelta(days=90))
    assert days_told(agreement) == [30, 90]


@pytest.mark.parametrize("state", ["exploratory", "approvals", "signed", "terminated"])
def test_what_does_not_bind_neither_ends_nor_is_reminded_of(agreement, state):
    Agreement.objects.update(state=state)
    at = dt.datetime.combine(END + dt.timedelta(days=1), dt.time.min, dt.UTC)
    assert not remind_of_end(agreement_id=agreement.pk, at=at)
    assert not let_expire(agreement_id=agreement.pk, at=at)


def test_after_a_year_of_silence_it_is_called_dormant_once(agreement):
    quiet = agreement.heard_at + DORMANT_AFTER
    for days in (-1, 0, 1):
        jobs.look_for_dormant(on=(quiet.date() + dt.timedelta(days=days + 1)).isoformat())
    agreement.refresh_from_db()
    assert agreement.is_dormant
    assert Trace.objects.filter(act=Act.CALL_DORMANT).count() == 1


def test_a_party_says_that_it_goes_on_and_a_stranger_does_not(agreement, stranger):
    officer = entrusted(agreement.drafter)
    with pytest.raises(NotNow):
        reconfirm(agreement_id=agreement.pk, by=officer, at=A_MOMENT)
    later = agreement.heard_at + DORMANT_AFTER
    assert call_dormant(agreement_id=agreement.pk, at=later)
    with pytest.raises(NotYourStep):
        reconfirm(agreement_id=agreement.pk, by=stranger, at=later)
    reconfirm(agreement_id=agreement.pk, by=officer, at=later)
    agreement.refresh_from_db()
    assert (agreement.is_dormant, agreement.heard_at) == (False, later)


def test_work_on_a_project_keeps_its_agreement_awake(agreement, maputo, officer):
    later = agreement.heard_at + DORMANT_AFTER
    call_dormant(agreement_id=agreement.pk, at=later)
    project = ProjectFactory(entity=maputo, agreement=agreement)
    take_project_step(project_id=project.pk, step="diagnose", by=officer, at=later)
    agreement.refresh_from_db()
    assert not agreement.is_dormant
    assert not call_dormant(agreement_id=agreement.pk, at=later + dt.timedelta(days=1))


def test_any_act_ends_the_silence(maputo, curitiba):
    life = Life(AgreementFactory(drafter=maputo, partners=[curitiba])).until_signed()
    Agreement.objects.update(is_dormant=True)
    life.step("suspend")
    assert not life.fresh().agreement.is_dormant
