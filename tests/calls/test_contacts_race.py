"""Coordinators who open first contacts at once, beside officers who ask for them."""

from threading import Barrier

import pytest
from django.db import IntegrityError, OperationalError, transaction

from entrecidades.calls.choices import Follow
from entrecidades.calls.models import Opening, Pair
from entrecidades.calls.rules.pairing import NothingToOpen
from entrecidades.calls.services import ask_contacts, publish_round
from entrecidades.cooperation.models import Introduction
from entrecidades.cooperation.rules import AlreadyAsked
from entrecidades.cooperation.services import propose_introduction
from entrecidades.matching.jobs import open_contacts
from entrecidades.queue.models import Job
from tests.conftest import entrusted
from tests.factories.rounds import AT, a_round, answered
from tests.race import at_once

PEOPLE = 12

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def paired():
    """A round with four published pairs, and who coordinates it."""
    made, by = a_round()
    run = answered(made, by, [(0, 3), (1, 2), (2, 1), (3, 0)])
    publish_round(
        round_id=made.pk, version=made.version, run_id=run.pk, follow=Follow.LETTER, by=by, at=AT
    )
    return made, by


def ask(made, by):
    keys = list(made.pairs.values_list("pk", flat=True))
    return ask_contacts(
        round_id=made.pk, pairs=keys, message="Meet.", language="en", by=by, at=AT
    )  # fmt: skip


def of(kind, outcomes):
    return [one for one in outcomes if isinstance(one, kind)]


def test_however_many_press_at_once_each_contact_is_opened_once(paired):
    made, by = paired
    outcomes = at_once(lambda _number: ask(made, by), times=PEOPLE)
    assert (len(of(Opening, outcomes)), len(of(NothingToOpen, outcomes))) == (1, PEOPLE - 1)
    opening = Opening.objects.get()
    outcomes = at_once(lambda _number: open_contacts(opening_id=opening.pk), times=PEOPLE)
    assert outcomes == [None] * PEOPLE
    assert Introduction.objects.count() == 4
    assert Job.objects.filter(name="cooperation.tell_of_introduction").count() == 4
    assert not Pair.objects.filter(introduction=None).exists()


def propose(pair, officer):
    """What an officer of the second city does: she asks the first herself."""
    return propose_introduction(
        asker=pair.second.entity, asked=pair.first.entity, broker=None, themes=[],
        message="?", language="en", by=officer, at=AT,
    )  # fmt: skip


def test_beside_officers_who_ask_themselves_there_is_one_contact_of_two(paired):
    made, by = paired
    opening = ask(made, by)
    pairs = list(Pair.objects.whole())
    officers = [entrusted(one.second.entity) for one in pairs]

    def act(number):
        if number == 0:
            return open_contacts(opening_id=opening.pk)
        return propose(pairs[number - 1], officers[number - 1])

    outcomes = at_once(act, times=5)
    asked = of(Introduction, outcomes)
    assert len(asked) + len(of(AlreadyAsked, outcomes)) == 4
    assert Introduction.objects.count() == 4
    for pair in Pair.objects.whole():
        there = Introduction.objects.open().between(pair.first.entity, pair.second.entity)
        assert pair.introduction == there.get()


def open_without_a_lock(pair, number, looked):
    """What both would be without their locks: everybody looks, then everybody writes."""
    both = [pair.first.entity, pair.second.entity]
    there = Introduction.objects.open().between(*both).exists()
    looked.wait()
    if there:
        raise AlreadyAsked("")
    asker, asked = both if number % 2 else both[::-1]
    with transaction.atomic():
        return Introduction.objects.create(
            asker=asker, asked=asked, message="?", language="en", proposed_at=AT, moved_at=AT
        )


def test_the_race_is_real(paired):
    _made, _by = paired
    pair, looked = Pair.objects.whole().first(), Barrier(2)
    outcomes = at_once(lambda number: open_without_a_lock(pair, number, looked), times=2)
    assert not of(AlreadyAsked, outcomes)
    # Nothing but the lock keeps the two from having one contact each way.
    both = Introduction.objects.between(pair.first.entity, pair.second.entity).count()
    assert both == 2 or of((IntegrityError, OperationalError), outcomes)
