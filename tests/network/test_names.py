"""Things say their names in the reader's language, and as they are called themselves."""

import datetime as dt

import pytest
from django.utils.translation import override

from entrecidades.network.choices import NameKind, Role
from entrecidades.network.models import Entity
from entrecidades.network.selectors import counterparts_of
from tests.factories.network import (
    CountryFactory,
    EntityFactory,
    EntityNameFactory,
    HomologueFactory,
    PostFactory,
)


@pytest.mark.parametrize(
    ("language", "name"), [("fr", "Mozambique"), ("pt-br", "Moçambique"), ("it", "Mozambico")]
)
def test_a_country_is_named_in_the_readers_language(db, language, name):
    with override(language):
        assert str(CountryFactory(code="MZ")) == name


def test_a_body_is_named_in_the_readers_language_where_it_has_such_a_name(anci):
    EntityNameFactory(entity=anci, language="en", name="National Association of Italian Towns")
    EntityNameFactory(entity=anci, language="fr", name="Ancien nom", kind=NameKind.FORMER)
    assert anci.name_in("en") == "National Association of Italian Towns"
    assert anci.name_in("fr") == anci.name_in("es") == anci.name


def test_brazilian_readers_are_given_a_portuguese_name(anci):
    EntityNameFactory(entity=anci, language="pt", name="Associação dos Municípios Italianos")
    with override("pt-br"):
        assert anci.name_in() == "Associação dos Municípios Italianos"


def test_roles_are_told_in_the_order_of_the_vocabulary(world):
    assert world["Maputo"].role_labels == ["national capital", "port"]
    assert world["Austin"].role_labels == []
    assert Role(world["Maputo"].roles) == Role.CAPITAL | Role.PORT


def test_a_post_prints_its_title_in_words(maputo):
    assert str(PostFactory(entity=maputo)) == "International relations – Maputo"


def test_counterparts_are_found_from_either_side(anci):
    fnp = EntityFactory(name="Frente Nacional de Prefeitos", association=True)
    tie = HomologueFactory(one=anci, other=fnp)
    assert counterparts_of(anci) == [(fnp, tie)]
    assert counterparts_of(fnp) == [(anci, tie)]


def test_a_body_exists_from_its_first_day_to_its_last(db):
    first, last = dt.date(1932, 1, 1), dt.date(2020, 12, 31)
    body = EntityFactory(valid_from=first, valid_to=last)
    one = dt.timedelta(days=1)
    days = [first - one, first, last, last + one]
    assert [body in Entity.objects.existing(day) for day in days] == [False, True, True, False]
