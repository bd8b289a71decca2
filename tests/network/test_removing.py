"""What is removed is gone for everybody, comes back as it was, and goes after thirty days."""

import datetime as dt
from itertools import count

import pytest
from django.db import models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrecidades.audit.models import Trace
from entrecidades.cooperation.models import Programme
from entrecidades.documents.models import Document
from entrecidades.kernel.removal import Present
from entrecidades.network.jobs import delete_what_was_removed
from entrecidades.network.models import PlaceChange, Post
from entrecidades.network.rules import NotAllowed, Removed
from entrecidades.network.selectors import reader_of, removed_of
from entrecidades.network.services import bring_back, remove
from entrecidades.network.services.removing import removable_kinds
from entrecidades.practices.models import Posting, Practice
from entrecidades.projects.models import BudgetLine, Indicator, Milestone, Project
from entrecidades.reporting.models import AnnualReport
from tests.conftest import A_DAY, A_MOMENT, entrusted
from tests.factories.cooperation import ProgrammeFactory
from tests.factories.documents import DocumentFactory
from tests.factories.network import PostFactory
from tests.factories.practices import PostingFactory, PracticeFactory
from tests.factories.projects import (
    BudgetLineFactory,
    IndicatorFactory,
    MilestoneFactory,
    ProjectFactory,
)
from tests.factories.reporting import AnnualReportFactory
from tests.factories.themes import ThemeFactory


def part_of(maker):
    """How a line of a project of a body is made."""
    return lambda entity: maker(project__entity=entity)


YEARS = count(2000)


def a_report(entity):
    """The next year's report on the one programme there is."""
    programme = Programme.objects.first() or ProgrammeFactory()
    return AnnualReportFactory(entity=entity, programme=programme, year=next(YEARS))


MAKERS = {
    Posting: PostingFactory,
    Practice: PracticeFactory,
    Post: PostFactory,
    Document: DocumentFactory,
    Project: ProjectFactory,
    Milestone: part_of(MilestoneFactory),
    Indicator: part_of(IndicatorFactory),
    BudgetLine: part_of(BudgetLineFactory),
    AnnualReport: a_report,
}
KINDS = pytest.mark.parametrize("kind", MAKERS)
MONTH = dt.timedelta(days=30)
WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
TEXTS = st.dictionaries(st.sampled_from(["pt", "fr", "en"]), WORDS)

pytestmark = pytest.mark.usefixtures("on_the_day")


def whole(record):
    """Every column of a row, and what is filed beside it."""
    row = type(record).every_row.get(pk=record.pk)
    columns = {field.attname: getattr(row, field.attname) for field in row._meta.fields}
    beside = {
        field.name: sorted(getattr(row, field.name).values_list("pk", flat=True))
        for field in row._meta.many_to_many
    }
    return {**columns, **beside}


def taken(record, by, at=A_MOMENT):
    remove(record=record, by=by, on=A_DAY, at=at)


def test_every_kind_has_a_door_that_hides_what_was_removed():
    kinds = set(removable_kinds())
    assert kinds == MAKERS.keys()
    for kind in kinds:
        assert isinstance(kind._default_manager, Present), kind
        assert type(kind.every_row) is models.Manager, kind


@KINDS
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(title=TEXTS.filter(bool), again=st.integers(1, 3))
def test_brought_back_it_is_exactly_as_it_was(maputo, officer, kind, title, again):
    record = MAKERS[kind](entity=maputo)
    if isinstance(getattr(record, "title", None), dict):
        record.title = title
        record.save()
    if kind in {Posting, Practice}:
        record.themes.set([ThemeFactory(), ThemeFactory()])
    before = whole(record)
    for _time in range(again):
        taken(record, officer)
        assert not kind.objects.filter(pk=record.pk).exists()
        bring_back(record=record, by=officer, on=A_DAY)
        assert whole(record) == before


@KINDS
def test_both_leave_a_trace_and_matching_hears_of_both(maputo, officer, kind):
    record = MAKERS[kind](entity=maputo)
    taken(record, officer)
    bring_back(record=record, by=officer, on=A_DAY)
    bring_back(record=record, by=officer, on=A_DAY)
    acts = ["network:record:remove", "network:record:bring-back"]
    assert list(Trace.objects.values_list("act", "by_id", "body_id")) == [
        (act, officer.pk, maputo.pk) for act in acts
    ]
    told = 2 if record.seat_key else 0
    assert PlaceChange.objects.filter(place=maputo.seat).count() == told


@KINDS
def test_who_may_not_edit_it_neither_removes_nor_undoes(maputo, officer, stranger, kind):
    record = MAKERS[kind](entity=maputo)
    lesser = "evaluator" if kind is Document else "technician"
    others = [stranger, entrusted(maputo, role=lesser)]
    for person in others:
        with pytest.raises(NotAllowed):
            taken(record, person)
    taken(record, officer)
    for person in others:
        with pytest.raises(NotAllowed):
            bring_back(record=record, by=person, on=A_DAY)
    assert Trace.objects.count() == 1


def test_a_technician_removes_her_body_s_draft(maputo):
    draft = PostingFactory(entity=maputo, drafted=True)
    taken(draft, entrusted(maputo, role="technician"))
    assert not Posting.objects.exists()


@KINDS
def test_what_is_removed_is_not_removed_again(maputo, officer, kind):
    record = MAKERS[kind](entity=maputo)
    taken(record, officer)
    with pytest.raises(Removed):
        taken(record, officer)


@KINDS
def test_it_is_kept_for_thirty_days_and_then_deleted(maputo, officer, kind):
    fresh, old, there = (MAKERS[kind](entity=maputo) for _number in range(3))
    midnight = dt.datetime(2009, 11, 19, tzinfo=dt.UTC)
    taken(fresh, officer, at=midnight - MONTH + dt.timedelta(hours=6))
    taken(old, officer, at=midnight - MONTH - dt.timedelta(hours=6))
    delete_what_was_removed(on=A_DAY.isoformat())
    assert set(kind.every_row.all()) == {fresh, there}
    trace = Trace.objects.get(act="network:record:delete")
    assert (trace.by_id, trace.subject) == (None, f"{kind._meta.label}:{old.pk}")
    with pytest.raises(Removed):
        bring_back(record=old, by=officer, on=A_DAY)


def test_its_own_body_alone_is_told_what_was_removed(maputo, officer, stranger):
    posting = PostingFactory(entity=maputo)
    taken(posting, officer)
    told = {
        person: list(removed_of(reader_of(person, on=A_DAY), Posting, at=A_MOMENT))
        for person in (officer, stranger)
    }
    assert told == {officer: [posting], stranger: []}
    assert not removed_of(reader_of(officer, on=A_DAY), Posting, at=A_MOMENT + 2 * MONTH)


def test_a_practice_that_is_deleted_leaves_its_offers(maputo, officer):
    practice = PracticeFactory(entity=maputo)
    offer = PostingFactory(entity=maputo, practice=practice)
    taken(practice, officer, at=A_MOMENT - 2 * MONTH)
    delete_what_was_removed(on=A_DAY.isoformat())
    offer.refresh_from_db()
    assert offer.practice_id is None
