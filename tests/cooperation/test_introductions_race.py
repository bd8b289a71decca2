"""Twenty officers who ask at once open one contact; without the lock they would open more."""

import datetime as dt
from threading import Barrier

import pytest
from django.db import IntegrityError

from entrecidades.audit.models import Trace
from entrecidades.cooperation.models import Introduction
from entrecidades.cooperation.rules import AlreadyAsked
from entrecidades.cooperation.services import propose_introduction
from entrecidades.queue.models import Job
from tests.conftest import entrusted
from tests.factories.world import build_world
from tests.race import at_once

AT = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)
OFFICERS = 20

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cities():
    world = build_world()
    return world.body("Maputo"), world.body("Curitiba")


@pytest.fixture
def officers(cities):
    return [entrusted(city) for city in cities]


def ask(cities, officers, number):
    """The even ones ask for Maputo, the odd ones for Curitiba."""
    side = number % 2
    return propose_introduction(
        asker=cities[side],
        asked=cities[1 - side],
        broker=None,
        themes=[],
        message="How do you collect waste where no lorry can pass?",
        language="en",
        by=officers[side],
        at=AT,
    )


def test_one_contact_is_opened_and_the_others_are_told_so(cities, officers):
    outcomes = at_once(lambda number: ask(cities, officers, number), times=OFFICERS)
    opened = [outcome for outcome in outcomes if isinstance(outcome, Introduction)]
    told = [outcome for outcome in outcomes if isinstance(outcome, AlreadyAsked)]
    assert (len(opened), len(told)) == (1, OFFICERS - 1)
    assert Introduction.objects.count() == Trace.objects.count() == Job.objects.count() == 1


def ask_without_a_lock(cities, officers, number, looked):
    """What the service would be without its lock: everybody looks before anybody writes."""
    there = Introduction.objects.open().between(*cities).exists()
    looked.wait()
    if there:
        raise AlreadyAsked("")
    side = number % 2
    return Introduction.objects.create(
        asker=cities[side],
        asked=cities[1 - side],
        message="?",
        language="en",
        proposed_by=officers[side],
        proposed_at=AT,
        moved_at=AT,
    )


def test_the_race_is_real(cities, officers):
    looked = Barrier(OFFICERS)
    outcomes = at_once(
        lambda number: ask_without_a_lock(cities, officers, number, looked), times=OFFICERS
    )
    opened = [outcome for outcome in outcomes if isinstance(outcome, Introduction)]
    stopped = [outcome for outcome in outcomes if isinstance(outcome, IntegrityError)]
    # The constraint stops a second contact one way; nothing but the lock stops one each way.
    assert len(opened) > 1 or stopped
