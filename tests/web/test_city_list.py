"""The list of cities: filters in the address, cheap pages, a fragment that is part of the page."""

import re

import pytest

from entrecidades.network.choices import Role
from tests.factories.network import PartnershipFactory, PlaceFactory
from tests.factories.practices import PostingFactory, PracticeFactory
from tests.factories.themes import ThemeFactory

URL = "/en/cities/"
HTMX = {"HX-Request": "true"}


def names(response):
    """The first cells of the table, in order."""
    found = re.findall(r'scope="row"><a href="[^"]+">([^<]+)</a>', response.content.decode())
    return [name.replace("&#x27;", "'") for name in found]


def asked(client, **query):
    response = client.get(URL, query)
    assert response.status_code == 200
    return names(response)


def test_all_cities_are_listed_the_largest_first(client, world):
    assert asked(client)[:3] == ["São Paulo", "Belo Horizonte", "Curitiba"]
    assert len(asked(client)) == 12


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"country": ["MZ", "FR"]}, ["Maputo", "Marseille", "Beira", "Lyon"]),
        ({"country": "mz"}, ["Maputo", "Beira"]),
        ({"country": "BR", "region": "BR-18"}, ["Curitiba"]),
        ({"country": ["BR", "MZ"], "region": "BR-18"}, ["Curitiba", "Maputo", "Beira"]),
        ({"min_population": "2 000 000"}, ["São Paulo", "Belo Horizonte"]),
        ({"max_population": "580097"}, ["Genoa", "Lyon"]),
        ({"role": "capital"}, ["Maputo"]),
        ({"language": ["it", "fr"]}, ["Marseille", "Turin", "Genoa", "Lyon"]),
        ({"country": "BR", "language": "it"}, []),
        ({"q": "sao"}, ["São Paulo"]),
        ({"q": "lourenço m"}, ["Maputo"]),
        ({"has": "partners"}, ["Marseille", "Genoa"]),
        ({"sort": "name", "country": "BR"},
         ["Belo Horizonte", "Curitiba", "Porto Alegre", "São Paulo"]),
    ],
)  # fmt: skip
def test_a_filter_keeps_what_it_says(client, world, query, expected):
    assert asked(client, **query) == expected


def test_cities_are_found_by_what_their_bodies_share(client, world, maputo, curitiba):
    theme, other = ThemeFactory(), ThemeFactory()
    PracticeFactory(entity=curitiba, themes=[theme])
    PostingFactory(need=True, entity=maputo, themes=[theme])
    assert asked(client, theme=theme.slug) == ["Curitiba", "Maputo"]
    assert asked(client, theme=other.slug) == []
    assert asked(client, has="needs") == ["Maputo"]
    assert asked(client, has=["practices", "entity"]) == ["Curitiba"]
    assert asked(client, has="offers") == []


def test_a_city_whose_population_is_unknown_says_so_and_is_below_no_bound(client, world):
    PlaceFactory(name="Nowhere", country=world["Maputo"].country, population=0)
    page = client.get(URL, {"q": "nowhere"}).content.decode()
    assert "unknown" in page
    assert "Nowhere" not in asked(client, max_population=10)


def test_each_filter_in_use_can_be_taken_away(client, world):
    page = client.get(URL, {"country": ["BR", "MZ"], "role": "port"}).content.decode()
    links = re.findall(r'class="chip chip-filter" href="([^"]*)"', page)
    assert links == [
        "?country=MZ&amp;role=port",
        "?country=BR&amp;role=port",
        "?country=BR&amp;country=MZ",
    ]


def test_the_fragment_is_the_part_of_the_page_it_replaces(client, world):
    query = {"country": "BR", "min_population": ""}
    page, fragment = client.get(URL, query), client.get(URL, query, headers=HTMX)
    assert fragment.content.strip() in page.content
    assert b"<html" not in fragment.content
    assert fragment.headers["HX-Push-Url"] == f"{URL}?country=BR"
    assert "HX-Request" in page.headers["Vary"]


def test_a_browser_that_restores_its_history_gets_the_whole_page(client, world):
    again = client.get(URL, headers={**HTMX, "HX-History-Restore-Request": "true"})
    assert b"<html" in again.content


def test_pages_hold_fifty_and_follow_one_another(client, world):
    PlaceFactory.create_batch(60, population=5)
    first, second = asked(client), asked(client, page=2)
    assert (len(first), len(second)) == (50, 22)
    assert not set(first) & set(second)
    page = client.get(URL, {"country": "BR", "page": 99})
    assert "this is the last one" in page.content.decode()


def test_the_partners_of_each_city_are_counted(client, world):
    PartnershipFactory(one=world["Maputo"], other=world["Marseille"])
    page = client.get(URL, {"q": "marseille"}).content.decode()
    assert re.search(r'data-label="Known partners" class="end">2<', page)


@pytest.mark.parametrize(
    "query", [{}, {"country": "BR"}, {"q": "s", "has": "partners", "page": 2}]
)
def test_a_page_of_the_list_costs_few_queries(client, world, query, django_assert_max_num_queries):
    PlaceFactory.create_batch(60, roles=int(Role.PORT))
    client.get(URL, query)  # the tallies beside the filters are kept for a while
    with django_assert_max_num_queries(10):
        client.get(URL, query)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_a_list_is_only_read(client, db, method):
    assert getattr(client, method)(URL).status_code == 405


def test_names_are_escaped(client, world):
    PlaceFactory(name="<i>x</i>", slug="x", key="x")
    page = client.get(URL, {"q": '"><script>x'}).content.decode()
    assert "<script>x" not in page
    assert "<i>x" not in client.get(URL, {"q": "x"}).content.decode()
