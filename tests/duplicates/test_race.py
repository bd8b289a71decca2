"""Two operators merge one pair at once, one way or each the other: it is merged once."""

import datetime as dt
from threading import Barrier

import pytest
from django.db import IntegrityError, OperationalError

from entrecidades.duplicates.rules import CannotMerge
from entrecidades.duplicates.selectors import plan_merge
from entrecidades.duplicates.services import merge_entities
from entrecidades.network.models import Membership, Merge
from tests.factories.network import EntityFactory, MembershipFactory
from tests.race import at_once

AT = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)
OPERATORS = 6

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def two():
    bodies = EntityFactory(name="Curitiba"), EntityFactory(name="Curitiba again")
    for body in bodies:
        MembershipFactory(member=body)
    return bodies


@pytest.mark.parametrize("each_way", [False, True])
def test_one_merge_is_carried_out_and_the_others_are_told_so(two, each_way):
    def act(number):
        survivor, absorbed = two[::-1] if each_way and number % 2 else two
        return merge_entities(survivor=survivor, absorbed=absorbed, by=None, at=AT)

    outcomes = at_once(act, times=OPERATORS)
    merged = [outcome for outcome in outcomes if isinstance(outcome, Merge)]
    told = [outcome for outcome in outcomes if isinstance(outcome, CannotMerge)]
    assert (len(merged), len(told)) == (1, OPERATORS - 1)
    survivor = merged[0].survivor_id
    assert set(Membership.objects.values_list("member", flat=True)) == {survivor}


def merge_without_a_lock(two, number, looked):
    """What the service would be without its lock: everybody looks before anybody writes."""
    survivor, absorbed = two[::-1] if number % 2 else two
    plan_merge(survivor, absorbed, {})
    looked.wait()
    return Merge.objects.create(survivor=survivor, absorbed=absorbed, at=AT)


def test_the_race_is_real(two):
    looked = Barrier(OPERATORS)
    outcomes = at_once(lambda number: merge_without_a_lock(two, number, looked), times=OPERATORS)
    merged = [outcome for outcome in outcomes if isinstance(outcome, Merge)]
    stopped = [one for one in outcomes if isinstance(one, IntegrityError | OperationalError)]
    # The constraint stops a second merge one way; nothing but the lock stops one each way.
    assert len(merged) > 1 or stopped
