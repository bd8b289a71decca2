"""Which place or body is meant by what somebody typed."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrecidades.network.naming import whom_do_you_mean
from tests.factories.network import (
    CountryFactory,
    EntityFactory,
    PlaceFactory,
    RegionFactory,
)


@pytest.mark.parametrize(
    "words",
    ["Maputo", "maputo", "MAPUTO ", "Lourenço Marques", "lourenco marques", "mz/maputo",
     "MZ/Maputo", "1040652", "Maputo, MZ", "Maputo, Mozambique", "Maputo, Moçambique"],
)  # fmt: skip
def test_a_city_is_meant_by_any_of_its_names(world, words):
    assert whom_do_you_mean(words).place == world["Maputo"]


def test_a_body_is_meant_by_its_acronym_and_by_its_address(world):
    fnp = EntityFactory(association=True, name="Frente Nacional", acronym="FNP", slug="fnp")
    assert whom_do_you_mean("fnp").entity == fnp
    assert whom_do_you_mean("br/fnp").entity == fnp


@pytest.fixture
def springfields(db):
    us = CountryFactory(code="US")
    illinois = RegionFactory(country=us, code="IL", name="Illinois")
    return [
        PlaceFactory(name="Springfield", slug="springfield", country=us, population=170_000),
        PlaceFactory(
            name="Springfield", slug="springfield-il", country=us, region=illinois,
            population=116_000,
        ),
    ]  # fmt: skip


def test_namesakes_of_like_size_are_all_listed_and_none_is_taken(springfields):
    meant = whom_do_you_mean("Springfield")
    assert (meant.place, meant.candidates) == (None, springfields)


def test_a_region_tells_namesakes_apart(springfields):
    assert whom_do_you_mean("Springfield, Illinois, US").place == springfields[1]


def test_a_namesake_twenty_times_smaller_does_not_stand_in_the_way(world):
    PlaceFactory(name="Lyon", slug="lyon", country=CountryFactory(code="US"), population=20_000)
    assert whom_do_you_mean("Lyon").place == world["Lyon"]


def test_a_place_called_so_comes_before_one_that_is_also_called_so(world):
    genova = PlaceFactory(name="Genova", country=CountryFactory(code="CO"), population=9_000)
    assert whom_do_you_mean("Genova").place == genova


def test_a_misspelt_name_leads_to_the_nearest(world):
    meant = whom_do_you_mean("Maptuo")
    assert (meant.place, meant.nearest[0]) == (None, world["Maputo"])


def test_a_country_that_does_not_hold_the_place_yields_nothing(world):
    assert whom_do_you_mean("Maputo, FR").place is None


@given(st.text(max_size=400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_whatever_is_typed_gets_an_answer(world, words):
    assert len(whom_do_you_mean(words).candidates) <= 8
