"""Time on the board: a reminder two weeks before, expiry after the last day, each once."""

import datetime as dt

import pytest

from entrecidades.audit.models import Trace
from entrecidades.network.models import PlaceChange
from entrecidades.practices import jobs
from entrecidades.practices.choices import PostingState, PostingStep
from entrecidades.practices.models import Posting
from entrecidades.practices.rules import NOTICE
from entrecidades.practices.services import let_expire, take_step
from entrecidades.queue.models import Job
from tests.factories.practices import PostingFactory

DAY = dt.date(2009, 11, 19)
ONE = dt.timedelta(days=1)
S = PostingState


def expired(on=DAY):
    jobs.expire_postings(on=on.isoformat())
    return set(Posting.objects.filter(state=S.EXPIRED))


def reminded(on=DAY):
    jobs.remind_of_expiries(on=on.isoformat())
    told = Job.objects.filter(name="practices.tell_of_expiry").order_by("pk")
    return [(job.facts["posting_id"], job.facts["last_day"]) for job in told]


def test_it_is_open_on_its_last_day_and_expires_the_day_after(maputo):
    posting = PostingFactory(entity=maputo, expires_on=DAY)
    assert expired() == set()
    assert expired(DAY + ONE) == {posting}
    trace = Trace.objects.get()
    assert (trace.act, trace.by_id) == ("practices:posting:step", None)
    assert trace.facts == {"step": "expire", "was": "published", "now": "expired"}
    assert [change.place for change in PlaceChange.objects.all()] == [maputo.seat]


@pytest.mark.parametrize("state", [S.DRAFT, S.WITHDRAWN, S.FULFILLED, S.EXPIRED])
def test_what_is_not_on_the_board_does_not_expire(db, state):
    posting = PostingFactory(state=state, expires_on=DAY - ONE)
    expired()
    assert not Trace.objects.exists()
    posting.refresh_from_db()
    assert posting.state == state


def test_without_a_last_day_it_stays(db):
    PostingFactory(expires_on=None)
    assert expired() == set()
    assert reminded() == []


def test_ran_twice_it_changes_nothing_more(db):
    PostingFactory(expires_on=DAY - ONE)
    assert expired() == expired()
    assert Trace.objects.count() == 1


def test_who_renews_just_before_keeps_hers(officer, maputo):
    posting = PostingFactory(entity=maputo, expires_on=DAY - ONE)
    take_step(
        posting_id=posting.pk, step=PostingStep.RENEW, by=officer, on=DAY, expires_on=DAY + ONE
    )
    assert let_expire(posting_id=posting.pk, on=DAY) is False
    assert Posting.objects.get().state == S.PUBLISHED


def test_a_run_is_bounded_and_goes_on_in_another(db, monkeypatch):
    monkeypatch.setattr(jobs, "BATCH", 2)
    postings = [PostingFactory(expires_on=DAY - ONE) for _ in range(3)]
    assert expired() == set(postings[:2])
    onward = Job.objects.get()
    assert (onward.name, onward.facts["after"]) == ("practices.expire_postings", postings[1].pk)
    jobs.expire_postings(**onward.facts)
    assert set(Posting.objects.filter(state=S.EXPIRED)) == {*postings}
    assert Job.objects.count() == 1


def test_one_row_that_is_refused_does_not_keep_the_others_back(db):
    odd, good = (PostingFactory(expires_on=DAY - ONE) for _ in range(2))
    Posting.objects.filter(pk=odd.pk).update(text=7)
    assert expired() == {good}


def test_its_body_is_reminded_once_two_weeks_before(db):
    posting = PostingFactory(opens_on=DAY - 30 * ONE, expires_on=DAY + NOTICE)
    assert reminded(DAY - ONE) == []
    once = [(posting.pk, (DAY + NOTICE).isoformat())]
    assert reminded() == reminded() == reminded(DAY + ONE) == once
    trace = Trace.objects.get()
    assert (trace.act, trace.by_id) == ("practices:posting:remind", None)
    assert trace.facts == {"last_day": once[0][1]}


def test_the_day_may_be_missed_but_not_the_last(db):
    posting = PostingFactory(expires_on=DAY)
    assert reminded() == [(posting.pk, DAY.isoformat())]
    late = PostingFactory(expires_on=DAY - ONE)
    assert (late.pk, late.expires_on.isoformat()) not in reminded()


def test_renewed_it_is_reminded_of_its_new_last_day(officer, maputo):
    posting = PostingFactory(entity=maputo, opens_on=DAY - 90 * ONE, expires_on=DAY)
    reminded()
    new = DAY + 60 * ONE
    take_step(posting_id=posting.pk, step=PostingStep.RENEW, by=officer, on=DAY, expires_on=new)
    assert len(reminded()) == 1
    assert reminded(new - NOTICE)[-1] == (posting.pk, new.isoformat())


@pytest.mark.parametrize(("days", "needed"), [(14, False), (15, True)])
def test_what_was_never_to_be_open_for_long_needs_no_reminder(db, days, needed):
    PostingFactory(opens_on=DAY, expires_on=DAY + days * ONE)
    assert bool(reminded(DAY + ONE)) is needed


@pytest.mark.parametrize("odd", [{"state": S.DRAFT}, {"state": S.MATCHED}, {"is_example": True}])
def test_nobody_is_reminded_of_what_is_not_hers_to_renew(db, odd):
    PostingFactory(expires_on=DAY + ONE, **odd)
    assert reminded() == []


def test_reminders_are_bounded_too(db, monkeypatch):
    monkeypatch.setattr(jobs, "BATCH", 1)
    first, second = (PostingFactory(expires_on=DAY) for _ in range(2))
    reminded()
    jobs.remind_of_expiries(**Job.objects.get(name="practices.remind_of_expiries").facts)
    assert [key for key, _day in reminded()] == [first.pk, second.pk]
