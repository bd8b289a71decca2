"""The pages on which a city finds its counterparts: search, comparison, how the score is made."""

import pytest
from django.utils.html import escape
from pytest_django.asserts import assertContains, assertNotContains

from entrecidades.kernel import clock
from entrecidades.matching import snapshot
from entrecidades.matching.services import rebuild_snapshot
from tests.factories.themes import ThemeFactory

SEARCH = "/en/partners/"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def prepared(world, monkeypatch):
    monkeypatch.setattr("entrecidades.matching.selectors.KEEPER", snapshot.Keeper())
    rebuild_snapshot(on=clock.today())
    return world


def test_the_counterparts_of_a_city_come_with_their_reasons(client, prepared):
    page = client.get(SEARCH, {"place": "Maputo", "country": "BR"})
    assertContains(page, "Curitiba")
    assertContains(page, "A language in common: Portuguese.")
    assertNotContains(page, "Turin")


@pytest.mark.parametrize("language", ["pt-br", "pt", "fr", "it", "es"])
def test_the_reasons_are_said_in_the_readers_language(client, prepared, language):
    page = client.get(f"/{language}/partners/", {"place": "Maputo", "country": "BR"})
    assertNotContains(page, "A language in common")


def test_the_fragment_is_the_part_of_the_page_it_replaces(client, prepared):
    query = {"place": "mz/maputo", "country": "IT"}
    page, fragment = client.get(SEARCH, query), client.get(SEARCH, query, headers=HTMX)
    assert fragment.content.strip() in page.content
    assert "HX-Request" in fragment.headers["Vary"]


def test_a_filter_is_shown_and_can_be_removed(client, prepared):
    page = client.get(SEARCH, {"place": "Maputo", "country": "BR"})
    assertContains(page, 'href="?place=Maputo"')


@pytest.mark.parametrize(
    "query",
    [
        {"country": "XX"},
        {"country": "brazil"},
        {"theme": "no-such-theme"},
        {"role": "nobody"},
        {"language": "zzz"},
        {"min_population": "-1"},
        {"max_population": "many"},
        {"limit": "9" * 40},
    ],
)
def test_a_filter_that_makes_no_sense_is_left_out_and_named(client, prepared, query):
    page = client.get(SEARCH, {"place": "Maputo", **query})
    assertContains(page, "left out of the list")
    assertContains(page, "Curitiba")


@pytest.mark.parametrize("words", ["\0", "%", "a" * 5000, "<script>", "'; DROP TABLE", "/", ",,,"])
def test_whatever_is_typed_the_page_answers(client, prepared, words):
    page = client.get(SEARCH, {"place": words})
    assertNotContains(page, "<script>alert", status_code=200)


def test_a_misspelt_name_leads_to_the_nearest(client, prepared):
    assertContains(client.get(SEARCH, {"place": "Maptuo"}), "?place=mz/maputo")


def test_an_empty_search_shows_the_way(client, prepared):
    assertContains(client.get(SEARCH), "Whose counterpart do you look for?")


def test_filters_that_leave_nobody_say_so(client, prepared):
    page = client.get(SEARCH, {"place": "Maputo", "min_population": "90000000"})
    assertContains(page, "No counterpart fits these filters")


def test_before_the_snapshot_the_reader_is_asked_for_patience(client, world, monkeypatch):
    monkeypatch.setattr("entrecidades.matching.selectors.KEEPER", snapshot.Keeper())
    assertContains(client.get(SEARCH, {"place": "Maputo"}), "being prepared")


def test_the_page_asks_the_database_little(client, prepared, django_assert_max_num_queries):
    ThemeFactory()
    with django_assert_max_num_queries(16):
        client.get(SEARCH, {"place": "mz/maputo"})


def test_places_are_compared_side_by_side(client, prepared):
    query = {"place": ["mz/maputo", "br/curitiba", "it/turin"]}
    page = client.get("/en/compare/", query)
    assertContains(page, "As Maputo sees them")
    assertContains(page, "1,948,626")


@pytest.mark.parametrize("places", [[], ["mz/maputo"], ["nowhere", "mz/maputo"]])
def test_a_comparison_needs_two(client, prepared, places):
    assertContains(client.get("/en/compare/", {"place": places}), "Name at least two places")


def test_a_fifth_place_is_named_as_left_out(client, prepared):
    places = ["mz/maputo", "br/curitiba", "it/turin", "fr/lyon", "us/austin"]
    assertContains(client.get("/en/compare/", {"place": places}), "“us/austin” could not be added")


def test_the_weights_are_told_and_add_up(client, db):
    page = client.get("/en/about/score/")
    assert sum(part["weight"] for part in page.context["parts"]) == pytest.approx(100)
    for part in page.context["parts"]:
        assertContains(page, escape(part["text"]))


@pytest.mark.parametrize("path", [SEARCH, "/en/compare/", "/en/about/score/"])
def test_these_pages_are_only_read(client, db, path):
    assert client.post(path).status_code == 405
