"""A city's government is registered once, from what the gazetteer knows of the city."""

import pytest

from entrecidades.audit.models import Trace
from entrecidades.network.choices import Kind, Tier
from entrecidades.network.models import Entity, PlaceChange
from entrecidades.network.services import free_slug, register_local_government
from tests.factories.network import CountryFactory, EntityFactory, PlaceFactory
from tests.factories.world import build_world
from tests.race import at_once


def test_it_bears_what_is_known_of_the_city(world):
    beira = world["Beira"]
    body = register_local_government(place=beira, by=None)
    assert (body.kind, body.tier, body.seat) == (Kind.LOCAL_GOVERNMENT, Tier.MUNICIPALITY, beira)
    assert (body.name, body.population, body.languages) == ("Beira", 687764, ["pt"])
    assert body.source_title == "GeoNames"
    assert body.names.get().key == "beira"


def test_it_leaves_a_trace_and_tells_that_the_place_has_changed(world, stranger):
    body = register_local_government(place=world["Beira"], by=stranger)
    trace = Trace.objects.get()
    assert (trace.act, trace.by_id) == ("network:entity:register", stranger.pk)
    assert trace.subject == f"network.Entity:{body.pk}"
    assert [change.place for change in PlaceChange.objects.all()] == [world["Beira"]]


def test_asked_twice_it_stays_one_body_and_one_trace(world):
    first = register_local_government(place=world["Beira"], by=None)
    assert register_local_government(place=world["Beira"], by=None) == first
    assert Trace.objects.count() == 1


def test_a_state_seated_in_the_city_is_not_its_municipality(world):
    state = EntityFactory(seat=world["Turin"], tier=Tier.REGION, country=world["Turin"].country)
    assert register_local_government(place=world["Turin"], by=None) != state


def test_where_nobody_was_counted_the_population_stays_unknown(db):
    assert register_local_government(place=PlaceFactory(population=0), by=None).population is None


def test_two_bodies_of_one_name_have_two_addresses(db):
    brazil = CountryFactory(code="BR")
    slugs = []
    for _ in range(3):
        slugs.append(free_slug("Santa Maria", country="BR"))
        EntityFactory(name="Santa Maria", slug=slugs[-1], country=brazil)
    assert slugs == ["santa-maria", "santa-maria-2", "santa-maria-3"]
    assert free_slug("Santa Maria", country="MZ") == "santa-maria"
    assert free_slug("東京", country="JP") == "entity"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_officers_who_register_one_city_at_once_find_one_body():
    beira = build_world()["Beira"]
    bodies = at_once(lambda _n: register_local_government(place=beira, by=None), times=4)
    assert set(bodies) == {Entity.objects.get()}
    assert Trace.objects.count() == 1
