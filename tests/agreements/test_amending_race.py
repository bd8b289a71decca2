"""Of addenda that come into force at once, each sees what the one before it has changed."""

import datetime as dt
from threading import Barrier

import pytest

from entrecidades.agreements.life import Decision, NotDecided
from entrecidades.agreements.models import Agreement
from entrecidades.agreements.selectors import bound_parties, changes_made
from entrecidades.agreements.services.moves import SAVED, move
from tests.agreements.addenda import bring_into_force, signed_addendum
from tests.conftest import A_MOMENT, entrusted
from tests.factories.agreements import AgreementFactory
from tests.factories.network import EntityFactory
from tests.race import at_once

ADDENDA = 6
END = dt.date(2010, 1, 31)

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def agreement(db):
    return AgreementFactory(binding=True, ends_on=END)


@pytest.fixture
def admin(agreement):
    return entrusted(agreement.drafter, "admin")


def chain(agreement):
    """The last days in the order in which they were set: each with the one that it replaced."""
    return [(one.was_ends_on, one.addendum.ends_on) for one in changes_made(agreement)]


def test_each_keeps_the_day_that_it_replaced(agreement, admin):
    days = [END + dt.timedelta(days=100 * number) for number in range(1, ADDENDA + 1)]
    addenda = [signed_addendum(agreement, admin, ends_on=day) for day in days]
    outcomes = at_once(lambda number: bring_into_force(addenda[number], admin), times=ADDENDA)
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    told = chain(agreement)
    assert [was for was, _now in told] == [END, *(now for _was, now in told[:-1])]
    agreement.refresh_from_db()
    assert agreement.ends_on == told[-1][1]
    assert {now for _was, now in told} == {*days}


def test_a_body_that_several_let_join_joins_once(agreement, admin):
    city = EntityFactory(country__code="FR")
    addenda = [signed_addendum(agreement, admin, joining=[city]) for _one in range(ADDENDA)]
    outcomes = at_once(lambda number: bring_into_force(addenda[number], admin), times=ADDENDA)
    assert sum(isinstance(one, NotDecided) for one in outcomes) == ADDENDA - 1
    assert [one.entity for one in bound_parties(agreement)].count(city) == 1
    assert agreement.addenda.filter(state="signed").count() == ADDENDA - 1


def test_the_race_is_real(agreement):
    """Who reads the last day without holding the row replaces a day that is no longer there."""
    read = Barrier(ADDENDA)

    def extend_without_a_lock(number):
        loose = Agreement.objects.get(pk=agreement.pk)
        read.wait()
        later = Decision(ends_on=END + dt.timedelta(days=100 * (number + 1)))
        moved = move(loose, "extend", party=None, by=None, at=A_MOMENT, decision=later)
        loose.save(update_fields=SAVED)
        return moved.was_ends_on

    replaced = at_once(extend_without_a_lock, times=ADDENDA)
    assert replaced.count(END) > 1
