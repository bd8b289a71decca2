"""The page of a city: what is known, from where, and what is not known."""

import datetime as dt

import pytest

from entrecidades.network.choices import Confirmation
from entrecidades.web.presenters.cities import city_facts
from tests.conftest import entrusted
from tests.factories.network import IdentifierFactory, PartnershipFactory, PlaceFactory
from tests.factories.practices import PostingFactory, PracticeFactory
from tests.factories.themes import ThemeFactory

URL = "/en/cities/mz/maputo/"


def read(client, url=URL):
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_the_page_tells_the_facts_and_their_source(client, world):
    page = read(client)
    for fact in ("1,254,837", "Mozambique", "Portuguese", "UTC+2", "25.97° S", "national capital"):
        assert fact in page, fact
    assert "CC BY 4.0" in page
    assert "Lourenço Marques" in page


def test_what_is_not_known_is_said_to_be_unknown(world):
    place = PlaceFactory(population=0, timezone="Nowhere/Land", region=None, country__code="AQ")
    facts = {
        fact["words"]: fact["value"] for fact in city_facts(place, at=dt.datetime.now(dt.UTC))
    }
    assert facts["Inhabitants"] == facts["Region"] == facts["Languages"] == "unknown"
    assert facts["Time zone"] == "Nowhere/Land"


@pytest.mark.parametrize(
    ("zone", "told"),
    [("Asia/Kathmandu", "UTC+5:45"), ("America/St_Johns", "UTC−3:30"), ("", "unknown")],
)
def test_a_time_zone_is_told_with_its_distance_from_universal_time(world, zone, told):
    place = PlaceFactory(timezone=zone)
    facts = city_facts(place, at=dt.datetime(2009, 11, 19, tzinfo=dt.UTC))
    assert told in {fact["words"]: fact["value"] for fact in facts}["Time zone"]


def test_partnerships_stand_by_country_with_their_source_and_standing(client, world):
    PartnershipFactory(
        one=world["Maputo"],
        other=world["Porto Alegre"],
        first_year=1998,
        sources=["wikidata_eu", "an unknown list"],
    )
    page = read(client)
    for said in ("Brazil (1)", "Porto Alegre", "since 1998", "Unconfirmed", "Wikidata P190"):
        assert said in page, said
    assert "an unknown list" in page


def test_a_disputed_partnership_is_not_called_confirmed(client, world):
    pair = {"one": world["Maputo"], "other": world["Lyon"]}
    PartnershipFactory(**pair, confirmation=Confirmation.DISPUTED)
    page = read(client)
    assert "Disputed" in page
    assert "Confirmed" not in page


def test_a_city_without_partners_says_so_and_leads_on(client, world):
    page = read(client)
    assert "No partnership of Maputo is known yet" in page
    assert "?place=mz/maputo" in page


def test_bodies_and_what_they_share_are_shown_and_examples_marked(client, world, maputo):
    IdentifierFactory(entity=maputo, scheme="MZ-INE", value="110101")
    PracticeFactory(entity=maputo, example=True, themes=[ThemeFactory()])
    PostingFactory(entity=maputo, need=True)
    page = read(client)
    assert "MZ-INE 110101" in page
    assert "badge-example" in page
    assert "Need" in page


def test_a_page_that_an_officer_answers_for_is_not_called_unclaimed(client, world, maputo):
    assert "has not claimed its page" in read(client)
    entrusted(maputo, email="officer@maputo.example")
    assert "has not claimed its page" not in read(client)


@pytest.mark.parametrize("slug", ["mz/nowhere", "xx/maputo", "br/maputo", "mz/map%00uto"])
def test_a_city_that_is_not_there_is_not_found(client, world, slug):
    assert client.get(f"/en/cities/{slug}/").status_code == 404


def test_without_its_last_stroke_the_address_still_leads_there(client, world):
    response = client.get(URL.rstrip("/"))
    assert (response.status_code, response.headers["Location"]) == (301, URL)


def test_the_page_costs_few_queries_however_many_partners(
    client, world, maputo, django_assert_max_num_queries
):
    for place in PlaceFactory.create_batch(30):
        PartnershipFactory(one=world["Maputo"], other=place)
    PracticeFactory.create_batch(5, entity=maputo, themes=[ThemeFactory()])
    with django_assert_max_num_queries(15):
        read(client)


def test_a_page_is_only_read(client, world):
    assert client.post(URL).status_code == 405
