"""The list of countries, and the page of each."""

import re

import pytest

from entrecidades.network.models import Country
from tests.factories.cooperation import RelationFactory
from tests.factories.network import PartnershipFactory

URL = "/fr/countries/"


def names(page):
    return re.findall(r'(?:scope="row"|<li)><a href="/fr/countries/\w\w/">([^<]+)</a>', page)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["Brésil", "États-Unis", "France", "Italie", "Mozambique"]),
        ({"language": "pt"}, ["Brésil", "Mozambique"]),
        ({"q": "unis"}, ["États-Unis"]),
        ({"sort": "places"}, ["Brésil", "France", "Italie", "Mozambique", "États-Unis"]),
    ],
)
def test_countries_are_listed_by_their_names_in_the_readers_language(
    client, world, query, expected
):
    assert names(client.get(URL, query).content.decode()) == expected


def test_by_name_the_list_is_an_index_of_each_continent(client, world):
    Country.objects.filter(pk__in=["FR", "IT"]).update(continent="EU")
    Country.objects.filter(pk="MZ").update(continent="AF")
    groups = client.get(URL).context["index"]
    told = {group["title"]: [entry["words"] for entry in group["entries"]] for group in groups}
    assert told["Europe"] == ["France", "Italie"]
    assert told["Afrique"] == ["Mozambique"]
    assert sum(group["count"] for group in groups) == 5


def test_the_fragment_is_the_part_of_the_page_it_replaces(client, world):
    query = {"language": "pt"}
    page = client.get(URL, query)
    fragment = client.get(URL, query, headers={"HX-Request": "true"})
    assert fragment.content.strip() in page.content


def test_the_page_tells_facts_counts_partners_and_relations(client, world, anci):
    PartnershipFactory(one=world["Maputo"], other=world["Turin"])
    RelationFactory()
    Country.objects.filter(pk="MZ").update(currency="MZN")
    page = client.get("/en/countries/mz/").content.decode()
    for said in (
        "metical",
        "MZN",
        "Portuguese",
        "Maputo",
        "formalised",
        "brazil",
        "partner-countries",
    ):
        assert said.lower() in page.lower(), said
    assert "?country=MZ&amp;other=IT" in page
    assert 'class="map map-country"' in page
    italy = client.get("/en/countries/it/").content.decode()
    assert "Associazione Nazionale Comuni Italiani" in italy


def test_a_country_that_is_not_there_is_not_found(client, world):
    assert client.get("/en/countries/xx/").status_code == 404


def test_the_page_costs_few_queries(client, world, django_assert_max_num_queries):
    RelationFactory()
    client.get("/en/countries/br/")
    with django_assert_max_num_queries(10):
        client.get("/en/countries/br/")
    with django_assert_max_num_queries(6):
        client.get(URL)


def test_a_page_is_only_read(client, world):
    assert client.post("/en/countries/br/").status_code == 405
    assert client.post(URL).status_code == 405
