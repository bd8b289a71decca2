"""What recurs is promised once each turn, however many workers look and however late."""

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.queue.models import Job, Recurring
from entrecidades.queue.rules import turn_at
from entrecidades.queue.services import promise_recurring
from tests.race import at_once

DAY = dt.timedelta(days=1)
NOON = dt.datetime(2009, 11, 19, 12, tzinfo=dt.UTC)
DAILY = {"a.job": DAY}
MOMENTS = st.datetimes(timezones=st.just(dt.UTC), min_value=NOON.replace(tzinfo=None))


@given(MOMENTS, st.timedeltas(dt.timedelta(minutes=1), dt.timedelta(days=40)))
def test_a_moment_lies_in_its_turn(now, every):
    assert turn_at(now, every) <= now < turn_at(now, every) + every


@given(MOMENTS)
def test_a_day_begins_at_midnight(now):
    assert turn_at(now, DAY).date() == now.date()
    assert turn_at(now, DAY).time() == dt.time.min


def promised(now, schedule=DAILY):
    return [(job.name, job.facts["on"]) for job in promise_recurring(schedule, now=now)]


def test_it_is_promised_once_a_day(db):
    assert promised(NOON) == [("a.job", "2009-11-19")]
    assert promised(NOON + dt.timedelta(hours=11)) == []
    assert promised(NOON + dt.timedelta(hours=12)) == [("a.job", "2009-11-20")]
    row = Recurring.objects.get()
    assert (str(row), row.every, row.next_at.isoformat()) == (
        "a.job",
        DAY,
        "2009-11-21T00:00:00+00:00",
    )


def test_days_without_a_worker_are_one_turn(db):
    promised(NOON)
    assert promised(NOON + 5 * DAY) == [("a.job", "2009-11-24")]
    assert Job.objects.count() == 2


def test_a_new_name_and_a_new_rhythm_are_taken_up(db):
    promised(NOON)
    faster = {"a.job": DAY / 2, "b.job": DAY}
    assert promised(NOON, faster) == [("b.job", "2009-11-19")]
    assert [name for name, _ in promised(NOON + DAY, faster)] == ["a.job", "b.job"]
    assert [name for name, _ in promised(NOON + DAY * 1.5, faster)] == ["a.job", "b.job"]


def test_at_rest_it_costs_one_question(db, django_assert_num_queries):
    promised(NOON)
    with django_assert_num_queries(1):
        promised(NOON)


def promise_without_a_lock(schedule, *, now):
    """What it would be to look, then act."""
    if Recurring.objects.filter(next_at__lte=now).exists():
        time.sleep(0.05)
        Job.objects.create(name="a.job")
        Recurring.objects.update(next_at=now + DAY)


@pytest.mark.slow
@pytest.mark.parametrize("known", [True, False])
def test_of_many_workers_one_promises(transactional_db, known):
    if known:
        Recurring.objects.create(name="a.job", every=DAY, next_at=NOON)
    outcomes = at_once(lambda _n: promise_recurring(DAILY, now=NOON), times=4)
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    assert Job.objects.count() == 1


@pytest.mark.slow
def test_the_race_is_real(transactional_db):
    Recurring.objects.create(name="a.job", every=DAY, next_at=NOON)
    at_once(lambda _n: promise_without_a_lock(DAILY, now=NOON), times=4)
    assert Job.objects.count() > 1
