"""What cannot be true of cooperation cannot be stored."""

import pytest
from django.db import IntegrityError, transaction

from entrecidades.cooperation.models import Coordination, Introduction
from entrecidades.cooperation.selectors import relations_of
from tests.factories.cooperation import (
    CoordinationFactory,
    IntroductionFactory,
    ProgrammeFactory,
    RelationFactory,
)
from tests.factories.network import CountryFactory, EntityFactory


def ask_oneself():
    body = EntityFactory()
    IntroductionFactory(asker=body, asked=body)


def ask_twice():
    first = IntroductionFactory(state="talking")
    IntroductionFactory(asker=first.asker, asked=first.asked, state="requested")


def relate_to_oneself():
    brazil = CountryFactory(code="BR")
    RelationFactory(one=brazil, other=brazil)


def relate_twice():
    RelationFactory(slug="once")
    RelationFactory(slug="again")


def coordinate_twice():
    once = CoordinationFactory()
    Coordination.objects.create(programme=once.programme, entity=once.entity, country=once.country)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "build", [ask_oneself, ask_twice, relate_to_oneself, relate_twice, coordinate_twice]
)
def test_the_database_refuses_what_cannot_be(build):
    with pytest.raises(IntegrityError), transaction.atomic():
        build()


@pytest.mark.parametrize("over", ["agreed", "declined", "lapsed"])
def test_a_contact_that_is_over_leaves_room_for_another(db, over):
    first = IntroductionFactory(state=over)
    IntroductionFactory(asker=first.asker, asked=first.asked)
    assert list(Introduction.objects.open()) == [Introduction.objects.exclude(pk=first.pk).get()]


def test_a_relation_is_found_from_either_country(db):
    relation = RelationFactory()
    assert list(relations_of("BR")) == list(relations_of("MZ")) == [relation]
    assert not relations_of("FR").exists()


def test_a_programme_tells_its_purposes_in_the_readers_language(db):
    programme = ProgrammeFactory(purposes=[{"it": "scambio", "en": "exchange"}, {"it": "rete"}])
    assert programme.purpose_texts == ["exchange", "rete"]
