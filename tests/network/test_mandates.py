"""Who acts for whom, on which day."""

import datetime as dt

from django.contrib.auth.models import AnonymousUser

from entrecidades.accounts.roles import MandateRole
from entrecidades.audit.models import Trace
from entrecidades.network.models import Mandate
from entrecidades.network.selectors import entities_of
from entrecidades.network.services import entrust
from tests.factories.accounts import PersonFactory
from tests.factories.network import MandateFactory

FIRST, LAST = dt.date(2009, 1, 1), dt.date(2012, 12, 31)
ONE = dt.timedelta(days=1)


def test_a_mandate_holds_from_its_first_day_to_its_last(maputo):
    person = PersonFactory()
    MandateFactory(entity=maputo, person=person, valid_from=FIRST, valid_to=LAST)
    days = [FIRST - ONE, FIRST, LAST, LAST + ONE]
    held = [entities_of(person, on=day).filter(pk=maputo.pk).exists() for day in days]
    assert held == [False, True, True, False]


def test_a_mandate_without_dates_holds_on_any_day(maputo):
    person = PersonFactory()
    MandateFactory(entity=maputo, person=person)
    assert list(entities_of(person, on=FIRST)) == [maputo]


def test_an_association_acts_for_a_member_that_entrusted_it(anci, coordinator, world, on_the_day):
    turin, genoa = world.body("Turin"), world.body("Genoa")
    MandateFactory(entity=turin, agent=anci, valid_from=FIRST)
    found = set(entities_of(coordinator, on=on_the_day))
    assert found == {anci, turin}
    assert genoa not in found


def test_when_the_member_takes_it_back_the_association_acts_no_more(
    anci, coordinator, world, on_the_day
):
    MandateFactory(entity=world.body("Turin"), agent=anci, valid_to=on_the_day - ONE)
    assert list(entities_of(coordinator, on=on_the_day)) == [anci]


def test_a_stranger_acts_for_nobody_though_a_body_was_entrusted(anci, world, on_the_day):
    # A mandate of a body names no person; a careless question would give it to everybody.
    MandateFactory(entity=world.body("Turin"), agent=anci, valid_from=FIRST)
    assert not entities_of(AnonymousUser(), on=on_the_day).exists()


def test_entrusting_leaves_a_trace_and_asked_twice_stays_one_mandate(maputo, stranger):
    person = PersonFactory()
    first = entrust(
        entity=maputo, person=person, role=MandateRole.OFFICER, since=FIRST, by=stranger
    )
    assert (
        entrust(entity=maputo, person=person, role=MandateRole.OFFICER, since=LAST, by=stranger)
        == first
    )
    trace = Trace.objects.get()
    assert (trace.act, trace.by_id) == ("network:mandate:entrust", stranger.pk)
    assert trace.facts == {"person": person.pk, "role": "officer", "since": "2009-01-01"}


def test_after_its_end_a_mandate_can_be_given_again(maputo):
    person = PersonFactory()
    MandateFactory(entity=maputo, person=person, valid_from=FIRST, valid_to=LAST)
    entrust(entity=maputo, person=person, role=MandateRole.OFFICER, since=LAST + ONE, by=None)
    assert Mandate.objects.filter(person=person).count() == 2


def test_it_goes_with_the_account_and_nothing_else_does(maputo):
    person = PersonFactory()
    entrust(entity=maputo, person=person, role=MandateRole.OFFICER, since=FIRST, by=None)
    person.delete()
    maputo.refresh_from_db()
    assert not Mandate.objects.exists()
