"""The search of everything."""

import pytest

from tests.factories.network import EntityNameFactory
from tests.factories.themes import ThemeFactory

URL = "/en/search/"


def found(client, words):
    response = client.get(URL, {"q": words})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("words", ["Maputo", "maputo", "MAP", "Lourenço Marques", "lourenco"])
def test_a_city_is_found_by_the_beginning_of_any_of_its_names(client, world, words):
    assert 'href="/en/cities/mz/maputo/"' in found(client, words)


@pytest.mark.parametrize("words", ["Brazil", "Brésil", "brasil", "br", "Brasile"])
def test_a_country_is_found_in_every_language(client, world, words):
    assert 'href="/en/countries/br/"' in found(client, words)


@pytest.mark.parametrize("words", ["ANCI", "associazione naz", "mairies"])
def test_a_body_is_found_by_name_and_acronym(client, anci, words):
    EntityNameFactory(entity=anci, language="it")
    EntityNameFactory(entity=anci, language="fr", name="Mairies d'Italie")
    assert 'href="/en/entities/it/anci/"' in found(client, words)


@pytest.mark.parametrize("words", ["lixo", "déchets", "rifiuti", "solides"])
def test_a_theme_is_found_by_label_and_synonym_in_every_language(client, db, words):
    ThemeFactory(
        slug="solid-waste",
        label={"fr": "Déchets solides", "pt": "Resíduos"},
        synonyms={"pt": ["lixo"], "it": ["rifiuti"]},
    )
    assert "Déchets solides" in found(client, words)


@pytest.mark.parametrize("words", ["mapuot", "aputo", "Maputto", "Mapuutoo"])
def test_a_misspelt_city_is_guessed(client, world, words):
    page = found(client, words)
    assert "Did you mean" in page
    assert 'href="/en/cities/mz/maputo/"' in page


@pytest.mark.parametrize("words", ["", " ", "\0", "a", "%", "zzzzzzzz", "東京", "'"])
def test_what_finds_nothing_says_what_to_type(client, world, words):
    assert "two letters or more" in found(client, words)


def test_what_was_typed_is_escaped_and_cut(client, world):
    page = found(client, "<script>alert(1)</script>" + "x" * 10_000)
    assert "<script>alert" not in page
    assert f'value="{"&lt;script&gt;alert(1)&lt;/script&gt;"}{"x" * 75}"' in page
    assert "Only the beginning was searched for." in page


def test_the_fragment_is_the_part_of_the_page_it_replaces(client, world):
    page = client.get(URL, {"q": "mapuot"})
    fragment = client.get(URL, {"q": "mapuot"}, headers={"HX-Request": "true"})
    assert fragment.content.strip() in page.content


def test_a_search_costs_few_queries(client, world, django_assert_max_num_queries):
    with django_assert_max_num_queries(10):
        client.get(URL, {"q": "mapuot"})


def test_a_search_is_only_read(client, db):
    assert client.post(URL).status_code == 405
