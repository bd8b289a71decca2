"""The list of known partnerships."""

import re

import pytest

from entrecidades.network.choices import Confirmation
from tests.factories.network import PartnershipFactory

URL = "/en/partnerships/"
PAIRS = [
    ("Maputo", "Porto Alegre", {"first_year": 1998, "sources": ["wikidata_eu"]}),
    ("Turin", "Belo Horizonte", {"confirmation": Confirmation.CONFIRMED}),
    ("Lyon", "Genoa", {"network": "cerc"}),
]


@pytest.fixture
def pairs(world):
    return [PartnershipFactory(one=world[a], other=world[b], **facts) for a, b, facts in PAIRS]


def ends(response):
    rows = re.findall(r'scope="row">.*?</tr>', response.content.decode(), re.DOTALL)
    links = [re.findall(r'href="/en/cities/[^"]+">(?:<b>)?([^<]+)<', row) for row in rows]
    return [tuple(pair) for pair in links]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"country": "BR"}, [("Porto Alegre", "Maputo"), ("Belo Horizonte", "Turin")]),
        ({"country": "IT", "other": "BR"}, [("Turin", "Belo Horizonte")]),
        ({"country": "IT", "other": "MZ"}, []),
        ({"place": "mz/maputo"}, [("Maputo", "Porto Alegre")]),
        ({"confirmation": "confirmed"}, [("Belo Horizonte", "Turin")]),
        ({"network": "cerc"}, [("Lyon", "Genoa")]),
    ],
)
def test_a_filter_keeps_what_it_says(client, pairs, query, expected):
    assert ends(client.get(URL, query)) == expected


def test_the_latest_come_first_and_those_without_a_year_last(client, pairs):
    found = ends(client.get(URL))
    assert len(found) == 4
    assert set(found[0]) == {"Maputo", "Porto Alegre"}


def test_each_says_its_standing_year_and_source(client, pairs):
    page = client.get(URL, {"place": "mz/maputo"}).content.decode()
    for said in ("Unconfirmed", "1998", "Wikidata P190"):
        assert said in page, said


def test_the_fragment_is_the_part_of_the_page_it_replaces(client, pairs):
    page = client.get(URL, {"country": "BR"})
    fragment = client.get(URL, {"country": "BR"}, headers={"HX-Request": "true"})
    assert fragment.content.strip() in page.content


def test_the_list_costs_few_queries(client, pairs, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        client.get(URL, {"country": "BR", "place": "mz/maputo"})


def test_the_list_is_only_read(client, db):
    assert client.post(URL).status_code == 405
