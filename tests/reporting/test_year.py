"""The report of a year: what everybody may see and no more, and its files byte for byte."""

import datetime as dt

import pypdfium2
import pytest
from django.utils.translation import override

from entrecidades.audit.models import Trace
from entrecidades.calls.models import Pair
from entrecidades.calls.services import publish_round
from entrecidades.network.choices import Visibility
from entrecidades.network.selectors import reader_of
from entrecidades.projects.models import Project
from entrecidades.queue.models import Job
from entrecidades.reporting.jobs import build_edition
from entrecidades.reporting.models import AnnualReport
from entrecidades.reporting.rules import NoSuchYear, NotACoordinator, OutAlready, TooSoon
from entrecidades.reporting.selectors import reports_seen_by, who_reported, year_facts
from entrecidades.reporting.services import (
    begin_report,
    publish_report,
    remind_reporters,
    withdraw_report,
)
from tests.conftest import A_DAY, entrusted
from tests.factories.calls import ApplicationFactory, CallFactory
from tests.factories.cooperation import CoordinationFactory
from tests.factories.projects import (
    BudgetLineFactory,
    IndicatorFactory,
    MeasurementFactory,
    MilestoneFactory,
    ProjectFactory,
    ProjectReportFactory,
)
from tests.factories.reporting import AnnualReportFactory, EditionFactory
from tests.factories.rounds import a_round, answered

AT = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def programme(anci):
    return CoordinationFactory(entity=anci).programme


@pytest.fixture
def report(programme, anci):
    return AnnualReportFactory(programme=programme, entity=anci)


@pytest.fixture
def project(programme, maputo, curitiba):
    project = ProjectFactory(
        entity=maputo,
        programme=programme,
        parties=[("receiver", maputo), ("first_provider", curitiba)],
    )
    MilestoneFactory(project=project, title={"en": "Carts"}, done_on=dt.date(2009, 5, 1))
    MilestoneFactory(project=project, title={"en": "Long ago"}, done_on=dt.date(2008, 5, 1))
    MeasurementFactory(indicator=IndicatorFactory(project=project))
    BudgetLineFactory(project=project)
    BudgetLineFactory(project=project, currency="BRL")
    return project


def test_the_year_is_told_from_what_was_recorded_once(report, project):
    facts = year_facts(report)
    told = facts["projects"][0]
    assert told["done"] == ["Carts (May 1, 2009)"]
    assert [one["actual"] for one in told["indicators"]] == ["40"]
    assert [one["currency"] for one in facts["money"]] == ["BRL", "EUR"]
    assert [(one["one"], one["other"]) for one in facts["pairs"]] == [("Curitiba", "Maputo")]


@pytest.mark.parametrize(
    "hidden",
    [
        {"visibility": Visibility.OVERSIGHT},
        {"embargo_until": dt.date(2030, 1, 1)},
        {"planned_from": dt.date(2010, 2, 1)},
        {"removed_at": AT},
    ],
)
def test_what_is_not_everybodys_or_not_of_the_year_is_not_told(report, project, hidden):
    Project.objects.update(**hidden)
    assert year_facts(report)["projects"] == []


def test_a_sentence_is_quoted_only_with_consent(report, project):
    facts = {"project": project, "quote": "They came at night."}
    said = ProjectReportFactory(**facts)
    assert year_facts(report)["projects"][0]["quotes"] == []
    type(said).objects.update(may_quote=True)
    assert [one["words"] for one in year_facts(report)["projects"][0]["quotes"]]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["pt-br", "fr"])
def test_unchanged_facts_make_the_same_file_and_changed_ones_another(report, project, language):
    edition = EditionFactory(report=report, language=language)
    digests = []
    for title in ("Waste", "Waste", "Water"):
        Project.objects.update(title={"en": title})
        build_edition("key", edition.pk)
        edition.refresh_from_db()
        digests.append(edition.digest)
    assert digests[0] == digests[1] != digests[2]
    assert (edition.done, edition.total) == (3, 3)


@pytest.mark.slow
def test_the_file_says_what_the_page_says(report, project):
    ProjectReportFactory(project=project, quote="They came at night.", may_quote=True)
    edition = EditionFactory(report=report)
    build_edition("key", edition.pk)
    edition.refresh_from_db()
    pages = pypdfium2.PdfDocument(bytes(edition.content))
    words = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in pages)
    with override("en"):
        facts = year_facts(report)
    assert facts["foreword"]["words"] in words
    assert all(one["title"] in words for one in facts["projects"])
    assert "They came at night." in words
    assert all(one["words"] in words for one in facts["figures"])


@pytest.mark.slow
def test_a_year_without_anything_can_be_printed(report):
    AnnualReport.objects.update(foreword={})
    edition = EditionFactory(report=report)
    build_edition("key", edition.pk)
    edition.refresh_from_db()
    assert bytes(edition.content).startswith(b"%PDF")


def test_two_who_begin_find_one_report(programme, coordinator):
    one, other = (
        begin_report(programme=programme, year=2009, by=coordinator, at=AT) for _ in "ab"
    )
    assert one == other
    assert Trace.objects.count() == 1
    with pytest.raises(NoSuchYear):
        begin_report(programme=programme, year=2010, by=coordinator, at=AT)


def test_who_does_not_coordinate_begins_and_publishes_nothing(programme, report, officer):
    with pytest.raises(NotACoordinator):
        begin_report(programme=programme, year=2009, by=officer, at=AT)
    for act in (publish_report, withdraw_report, remind_reporters):
        with pytest.raises(NotACoordinator):
            act(report_id=report.pk, by=officer, at=AT)
    assert not Trace.objects.exists()


def test_it_is_everybodys_once_it_is_out_and_can_be_taken_back(report, coordinator, stranger):
    reader = reader_of(stranger, on=A_DAY)
    assert not reports_seen_by(reader).exists()
    assert reports_seen_by(reader_of(coordinator, on=A_DAY)).get() == report
    publish_report(report_id=report.pk, by=coordinator, at=AT)
    assert reports_seen_by(reader).get() == report
    assert Job.objects.filter(name="reporting.build_edition").count() == 6
    with pytest.raises(OutAlready):
        publish_report(report_id=report.pk, by=coordinator, at=AT)
    withdraw_report(report_id=report.pk, by=coordinator, at=AT)
    assert not reports_seen_by(reader).exists()


def test_one_click_reminds_those_who_are_missing_once_in_three_days(
    report, project, coordinator, maputo, curitiba
):
    who = {"report_id": report.pk, "by": coordinator}
    assert remind_reporters(**who, at=AT) == 1
    with pytest.raises(TooSoon):
        remind_reporters(**who, at=AT + dt.timedelta(days=2))
    for body in (maputo, curitiba):
        ProjectReportFactory(project=project, entity=body)
    row = who_reported(report, reader_of(coordinator, on=A_DAY))[0]
    assert ({*row.said}, row.missing) == ({maputo, curitiba}, [])
    assert remind_reporters(**who, at=AT + dt.timedelta(days=3)) == 0


def test_another_bodys_people_see_no_draft(report, world):
    approver = entrusted(report.entity, "approver")
    assert reports_seen_by(reader_of(approver, on=A_DAY)).get() == report
    stranger = entrusted(world.body("Seattle"), "admin")
    assert not reports_seen_by(reader_of(stranger, on=A_DAY)).exists()


def test_rounds_are_told_with_the_pairs_of_the_year_named_where_they_agreed(report, programme):
    made, by = a_round(
        call=CallFactory(programme=programme, entity=report.entity, coordinated=False,
                         state="decided")
    )  # fmt: skip
    shy = made.members.filter(side="first").first().entity
    ApplicationFactory(call=made.call, lead=shy, state="accepted", submitted_at=AT)
    run = answered(made, by, [(0, 0), (1, 1), (2, 2)])
    publish_round(
        round_id=made.pk, version=made.version, run_id=run.pk, follow="letter", by=by, at=AT
    )
    (told,) = year_facts(report)["rounds"]
    assert (told["count"], told["unnamed"]) == (3, 1)
    assert told["pairs"] == ["Belém – Bari", "Curitiba – Cremona"]
    Pair.objects.update(made_at=AT.replace(year=2008))
    assert year_facts(report)["rounds"] == []


def test_the_file_names_the_pairs(report, programme):
    made, by = a_round(
        call=CallFactory(programme=programme, entity=report.entity, coordinated=False,
                         state="decided")
    )  # fmt: skip
    run = answered(made, by, [(0, 0)])
    publish_round(
        round_id=made.pk, version=made.version, run_id=run.pk, follow="letter", by=by, at=AT
    )
    edition = EditionFactory(report=report)
    build_edition("key", edition.pk)
    edition.refresh_from_db()
    file = pypdfium2.PdfDocument(bytes(edition.content))
    words = "".join(page.get_textpage().get_text_bounded() for page in file)
    assert "Who was paired" in words
    assert "Aracaju – Ancona" in words
