"""Milestones, budget, indicators and shares: what is kept, what is refused, all at once."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.audit.models import Trace
from entrecidades.network.rules import NotAllowed
from entrecidades.projects.models import BudgetLine, Indicator, Milestone
from entrecidades.projects.rules import (
    Contradiction,
    NotWhole,
    UnknownCurrency,
    check_days,
    check_shares,
    progress,
)
from entrecidades.projects.selectors import shares_of, totals_of
from entrecidades.projects.services import (
    finish_milestone,
    plan_budget_line,
    plan_indicator,
    plan_milestone,
    share_out,
)
from tests.factories.projects import BudgetLineFactory, MilestoneFactory, ProjectFactory
from tests.factories.themes import ThemeFactory

AT = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)
DAY = AT.date()
HUNDREDTHS = st.integers(1, 10_000).map(lambda n: Decimal(n) / 100)


@given(st.lists(st.none() | HUNDREDTHS, max_size=5))
def test_shares_are_all_there_and_make_a_hundred_or_none_is(shares):
    some = [share for share in shares if share is not None]
    whole = not some or (len(some) == len(shares) and sum(some) == 100)
    if whole:
        check_shares(shares)
    else:
        with pytest.raises(NotWhole):
            check_shares(shares)


def test_shares_that_miss_the_whole_are_told_in_the_digits_of_the_reader():
    with translation.override("fr"), pytest.raises(NotWhole) as refusal:
        check_shares([Decimal("33.33")] * 3)
    assert "99,99" in refusal.value.messages[0]


def test_every_contradiction_of_days_is_named_at_once():
    late, early = dt.date(2010, 1, 1), dt.date(2009, 1, 1)
    with pytest.raises(Contradiction) as refusal:
        check_days(planned=(late, early), actual=(late, early), on=DAY)
    assert len(refusal.value.messages) == 3


@given(st.decimals(-1000, 1000, places=2), st.decimals(-1000, 1000, places=2))
def test_progress_is_nothing_at_the_baseline_and_whole_at_the_target(baseline, target):
    assert progress(baseline, target, baseline) == 0
    if baseline != target:
        assert progress(baseline, target, target) == 1


@pytest.fixture
def project(maputo, curitiba):
    return ProjectFactory(entity=maputo, parties=[("first_provider", curitiba)])


def said(project, officer, **facts):
    told = {"project_id": project.pk, "title": "Carts", "language": "en"}
    return told | {"by": officer, "at": AT} | facts


def test_a_part_leaves_a_trace_and_is_a_sign_of_life(project, officer):
    plan_milestone(**said(project, officer, due_on=DAY))
    plan_budget_line(**said(project, officer, amount=Decimal(5), currency="EUR"))
    plan_indicator(**said(project, officer, unit="t", target=Decimal(5), result="Clean hills"))
    project.refresh_from_db()
    assert project.heard_at == AT
    assert Trace.objects.count() == 3
    assert Indicator.objects.get().result == {"en": "Clean hills"}


@pytest.mark.parametrize(
    ("plan", "facts", "refusal"),
    [
        (plan_milestone, {"starts_on": DAY, "due_on": dt.date(2009, 1, 1)}, Contradiction),
        (plan_budget_line, {"amount": Decimal(1), "currency": "XYZ"}, UnknownCurrency),
        (plan_budget_line, {"amount": Decimal(-1), "currency": "EUR"}, ValidationError),
        (
            plan_indicator,
            {"unit": "t", "baseline": Decimal(9), "target": Decimal(1)},
            Contradiction,
        ),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(project, officer, plan, facts, refusal):
    with pytest.raises(refusal):
        plan(**said(project, officer, **facts))
    assert not any(kind.objects.exists() for kind in (Milestone, BudgetLine, Indicator))
    assert not Trace.objects.exists()


def test_a_partner_plans_nothing(project, counterpart):
    with pytest.raises(NotAllowed):
        plan_milestone(**said(project, counterpart, due_on=DAY))


def test_amounts_of_two_currencies_are_never_added(project):
    for amount, currency in ((10, "EUR"), (5, "EUR"), (7, "BRL")):
        BudgetLineFactory(project=project, amount=amount, currency=currency)
    BudgetLineFactory(project=project, amount=99, removed_at=AT, removed_by=1)
    told = [(one.currency, one.amount) for one in totals_of(project)]
    assert told == [("BRL", 7), ("EUR", 15)]


def test_a_milestone_is_done_once(project, officer):
    milestone = MilestoneFactory(project=project)
    assert milestone.is_overdue(dt.date(2010, 1, 1))
    finish_milestone(milestone_id=milestone.pk, by=officer, at=AT)
    finish_milestone(milestone_id=milestone.pk, by=officer, at=AT + dt.timedelta(days=3))
    milestone.refresh_from_db()
    assert (milestone.done_on, Trace.objects.count()) == (DAY, 1)
    assert not milestone.is_overdue(dt.date(2010, 1, 1))


def test_shares_are_kept_together_or_not_at_all(maputo, officer):
    waste, water = ThemeFactory(), ThemeFactory()
    project = ProjectFactory(entity=maputo, themes=[waste, water])
    who = {"project_id": project.pk, "by": officer, "at": AT}
    with pytest.raises(NotWhole):
        share_out(shares={waste.pk: Decimal(60), water.pk: Decimal(50)}, **who)
    assert {percent for _theme, percent in shares_of(project)} == {None}
    share_out(shares={waste.pk: Decimal(60), water.pk: Decimal(40)}, **who)
    assert sorted(percent for _theme, percent in shares_of(project)) == [40, 60]
    project.themes.add(ThemeFactory())  # a whole no more: nothing wrong is told
    assert {percent for _theme, percent in shares_of(project)} == {None}
