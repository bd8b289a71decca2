"""What cannot be true cannot be stored, whoever writes it."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from entrecidades.network.models import Homologue, Partnership
from tests.factories.accounts import PersonFactory
from tests.factories.network import (
    EntityFactory,
    HomologueFactory,
    IdentifierFactory,
    MandateFactory,
    MembershipFactory,
    PartnershipFactory,
    PlaceFactory,
    PostFactory,
    RegionFactory,
    SuccessionFactory,
)

LATER, EARLIER = dt.date(2013, 1, 1), dt.date(2009, 1, 1)
BACKWARDS = {"valid_from": LATER, "valid_to": EARLIER}


def ends_before_it_begins(factory, **facts):
    return lambda: factory(**facts, **BACKWARDS)


def with_itself(model, factory, **facts):
    def build():
        thing = factory()
        model.objects.create(one=thing, other=thing, **facts)

    return build


def twice(factory, **facts):
    return lambda: factory.create_batch(2, **facts)


def mandate_of_nobody():
    MandateFactory()


def mandate_of_two():
    MandateFactory(person=PersonFactory(), agent=EntityFactory(association=True))


def same_ends(factory, one, other):
    def build():
        body = EntityFactory()
        factory(**{one: body, other: body})

    return build


IMPOSSIBLE = {
    "a body ends before it begins": ends_before_it_begins(EntityFactory),
    "a membership ends before it begins": ends_before_it_begins(MembershipFactory),
    "a post ends before it begins": ends_before_it_begins(PostFactory),
    "counterparts end before they begin": ends_before_it_begins(HomologueFactory),
    "a mandate names nobody": mandate_of_nobody,
    "a mandate names two": mandate_of_two,
    "a place lies north of the pole": lambda: PlaceFactory(latitude=90.5),
    "a place lies beyond the date line": lambda: PlaceFactory(longitude=-180.5),
    "two places share an address": twice(PlaceFactory, name="Santa Maria", country__code="BR"),
    "two bodies share an address": twice(EntityFactory, name="Santa Maria", country__code="BR"),
    "two bodies share a number": twice(IdentifierFactory, scheme="BR-IBGE", value="4106902"),
    "a city is its own partner": with_itself(Partnership, PlaceFactory, external_id="x"),
    "a body is its own counterpart": with_itself(Homologue, EntityFactory),
    "a body is its own member": same_ends(MembershipFactory, "member", "group"),
    "a body succeeds itself": same_ends(SuccessionFactory, "predecessor", "successor"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("build", IMPOSSIBLE.values(), ids=IMPOSSIBLE)
def test_the_database_refuses_what_cannot_be(build):
    with pytest.raises(IntegrityError), transaction.atomic():
        build()


def test_a_pair_is_stored_once_in_one_order(db):
    one, other = PlaceFactory(), PlaceFactory()
    PartnershipFactory(one=other, other=one)
    stored = Partnership.objects.get()
    assert (stored.one, stored.other) == (one, other)
    with pytest.raises(IntegrityError), transaction.atomic():
        Partnership.objects.create(one=other, other=one, external_id="upside down")
    with pytest.raises(IntegrityError), transaction.atomic():
        Partnership.objects.create(one=one, other=other, external_id="again")


def test_a_region_is_one_row_a_country(db):
    assert RegionFactory(code="18") == RegionFactory(code="18")


def test_a_refusal_speaks_to_the_person(db):
    body = EntityFactory.build(country=EntityFactory().country, **BACKWARDS)
    with pytest.raises(ValidationError, match="cannot end before it begins"):
        body.full_clean()
