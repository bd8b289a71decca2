"""Examples go in one step, with traces; what cities entered themselves stays."""

import datetime as dt

from entrecidades.audit.models import Trace
from entrecidades.network.models import PlaceChange
from entrecidades.network.selectors import Reader
from entrecidades.practices.models import Posting, Practice
from entrecidades.practices.selectors import practices_shown
from entrecidades.practices.services import remove_examples
from tests.factories.practices import PostingFactory, PracticeFactory


def test_all_examples_go_and_nothing_else_does(maputo, curitiba, officer):
    kept = PostingFactory(entity=maputo), PracticeFactory(entity=maputo)
    example = PracticeFactory(entity=curitiba, example=True)
    PostingFactory(entity=curitiba, example=True, practice=example)

    assert remove_examples(by=officer) == 2

    assert (Posting.objects.get(), Practice.objects.get()) == kept
    acts = {trace.act for trace in Trace.objects.all()}
    assert (acts, Trace.objects.count()) == ({"practices:examples:remove"}, 2)
    assert {change.place for change in PlaceChange.objects.all()} == {curitiba.seat}


def test_a_citys_own_posting_outlives_the_example_it_rested_on(maputo):
    example = PracticeFactory(entity=maputo, example=True)
    posting = PostingFactory(entity=maputo, practice=example)
    remove_examples(by=None)
    posting.refresh_from_db()
    assert posting.practice is None


def test_a_second_time_there_is_nothing_to_remove(db):
    PracticeFactory(example=True)
    assert [remove_examples(by=None), remove_examples(by=None)] == [1, 0]


def test_drafts_are_shown_to_nobody(db):
    published = PracticeFactory()
    PracticeFactory(state="draft")
    assert list(practices_shown(Reader(on=dt.date(2009, 11, 19)))) == [published]
