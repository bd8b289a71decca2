"""What cannot be done to the report of a year is refused with a sentence, and leaves no row."""

import datetime as dt

import pytest

from entrecidades.reporting.rules import NoSuchYear, NotACoordinator, OutAlready, TooSoon
from entrecidades.reporting.services import (
    begin_report,
    make_edition,
    publish_report,
    remind_reporters,
    withdraw_report,
)
from tests.conftest import entrusted
from tests.factories.cooperation import CoordinationFactory
from tests.factories.reporting import AnnualReportFactory
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db
AT = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def programme(anci):
    return CoordinationFactory(entity=anci).programme


def refused(act, because, **facts):
    with nothing_changes("reporting"), pytest.raises(because) as refusal:
        act(at=AT, **facts)
    assert all(says.endswith(".") for says in refusal.value.messages)


@pytest.mark.parametrize(("act", "out"), [(publish_report, True), (withdraw_report, False)])
def test_a_report_is_led_out_once_and_back_once(programme, anci, coordinator, act, out):
    report = AnnualReportFactory(programme=programme, entity=anci, out=out)
    refused(act, OutAlready, report_id=report.pk, by=coordinator)


@pytest.mark.parametrize("act", [publish_report, withdraw_report, remind_reporters, make_edition])
def test_nobody_else_leads_it(programme, anci, officer, act):
    report = AnnualReportFactory(programme=programme, entity=anci)
    facts = {"language": "pt"} if act is make_edition else {}
    for by in (officer, entrusted(anci, role="technician")):
        refused(act, NotACoordinator, report_id=report.pk, by=by, **facts)


@pytest.mark.parametrize("year", [1989, 2010, 10**9])
def test_there_are_years_on_which_nothing_can_be_told(programme, coordinator, year):
    refused(begin_report, NoSuchYear, programme=programme, year=year, by=coordinator)


def test_nobody_is_reminded_twice_within_three_days(programme, anci, coordinator):
    last = AT - dt.timedelta(days=2, hours=23)
    report = AnnualReportFactory(programme=programme, entity=anci, reminded_at=last)
    refused(remind_reporters, TooSoon, report_id=report.pk, by=coordinator)
