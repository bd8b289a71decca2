"""Twenty who ask one body at once to coordinate ask it once; without the lock, more than one."""

from threading import Barrier

import pytest
from django.db import IntegrityError

from entrecidades.audit.models import Trace
from entrecidades.cooperation.choices import Act, OfferState, OfferStep
from entrecidades.cooperation.models import CoordinationOffer
from entrecidades.cooperation.rules import AlreadyCoordinates
from entrecidades.cooperation.services import answer_offer, ask_coordinator, make_programme
from entrecidades.kernel.lives import IllegalStep
from entrecidades.queue.models import Job
from tests.conftest import A_DAY, A_MOMENT, entrusted
from tests.factories.network import EntityFactory
from tests.race import at_once

OFFICERS = 20

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def asked():
    return EntityFactory(country__code="IT", association=True)


@pytest.fixture
def run_by():
    return entrusted(EntityFactory(country__code="BR", association=True), "coordinator")


@pytest.fixture
def draft(run_by):
    body = run_by.mandates.get().entity
    return make_programme(entity=body, name={"en": "Hundred cities"}, by=run_by, on=A_DAY)


def test_twenty_who_ask_one_body_at_once_ask_it_once(draft, asked, run_by):
    def ask(_number):
        return ask_coordinator(programme_id=draft.pk, entity=asked, by=run_by, at=A_MOMENT)

    answers = at_once(ask, times=OFFICERS)
    assert sum(isinstance(one, AlreadyCoordinates) for one in answers) == OFFICERS - 1
    assert draft.offers.count() == 1
    assert Trace.objects.filter(act=Act.OFFER).count() == 1
    assert Job.objects.filter(name="cooperation.tell_of_offer").count() == 1


def test_of_twenty_who_answer_at_once_one_is_heard(draft, asked, run_by):
    offer = ask_coordinator(programme_id=draft.pk, entity=asked, by=run_by, at=A_MOMENT)
    hers = entrusted(asked, "admin")
    steps = [OfferStep.ACCEPT, OfferStep.DECLINE]

    def answer(number):
        return answer_offer(offer_id=offer.pk, step=steps[number % 2], by=hers, at=A_MOMENT)

    answers = at_once(answer, times=OFFICERS)
    assert sum(isinstance(one, IllegalStep) for one in answers) == OFFICERS - 1
    offer.refresh_from_db()
    is_in = draft.coordinations.filter(entity=asked).exists()
    assert is_in == (offer.state == OfferState.ACCEPTED)


def test_the_race_is_real(draft, asked):
    """Who looks whether the body was asked, and asks, is not told that others did likewise.

    What the rule lets through only the database still stops, with a fault instead of a sentence.
    """
    looked = Barrier(OFFICERS)

    def ask_without_a_lock(_number):
        known = draft.offers.filter(entity=asked, state=OfferState.ASKED).exists()
        looked.wait()
        if known:
            raise AlreadyCoordinates
        return CoordinationOffer.objects.create(programme=draft, entity=asked, asked_at=A_MOMENT)

    answers = at_once(ask_without_a_lock, times=OFFICERS)
    assert not [one for one in answers if isinstance(one, AlreadyCoordinates)]
    assert sum(isinstance(one, IntegrityError) for one in answers) == OFFICERS - 1


def test_the_race_to_answer_is_real(draft, asked, run_by):
    """Who reads an offer, waits for the others, and answers, contradicts what they were told."""
    offer = ask_coordinator(programme_id=draft.pk, entity=asked, by=run_by, at=A_MOMENT)
    looked = Barrier(2)

    def answer_without_a_lock(number):
        row = CoordinationOffer.objects.get(pk=offer.pk)
        looked.wait()
        if row.state != OfferState.ASKED:
            raise IllegalStep
        row.state = [OfferState.ACCEPTED, OfferState.DECLINED][number]
        row.save(update_fields=["state"])
        return row.state

    told = at_once(answer_without_a_lock, times=2)
    offer.refresh_from_db()
    assert {*told} == {OfferState.ACCEPTED, OfferState.DECLINED}
    assert any(one != offer.state for one in told)  # a body was told what is not so
