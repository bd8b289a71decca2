"""Practices are listed by theme and country, and each says where it comes from."""

import pytest

from entrecidades.practices.choices import PracticeState
from tests.factories.practices import PostingFactory, PracticeFactory
from tests.factories.themes import ThemeFactory
from tests.web.pages import HOSTILE, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def practice(maputo):
    return PracticeFactory(
        key="a-river",
        entity=maputo,
        themes=[ThemeFactory(slug="drainage")],
        title={"en": "A river that drains"},
        is_example=True,
        source_title="A report",
    )


def test_a_practice_tells_its_source_and_that_it_is_an_example(client, practice):
    PostingFactory(entity=practice.entity, practice=practice, title={"en": "Two days on site"})
    page = text_of(client.get("/en/practices/a-river/"))
    for words in ("A river that drains", "A report", "badge-example", "Two days on site"):
        assert words in page
    assert f"asked={practice.entity.public_id}" in page


def test_the_list_takes_theme_axis_and_country(client, practice, curitiba):
    PracticeFactory(key="other", entity=curitiba, title={"en": "Buses"})
    axis = practice.themes.get().axis.slug
    for query in ("theme=drainage", f"theme={axis}", "country=MZ"):
        page = text_of(client.get(f"/en/practices/?{query}"))
        assert "A river that drains" in page
        assert "Buses" not in page


def test_a_draft_is_not_there(client, maputo):
    PracticeFactory(key="draft", entity=maputo, state=PracticeState.DRAFT)
    assert client.get("/en/practices/draft/").status_code == 404


def test_the_fragment_is_a_part_of_the_page(client, practice):
    page = text_of(client.get("/en/practices/"))
    fragment = text_of(client.get("/en/practices/", headers={"HX-Request": "true"}))
    assert fragment.strip() in page


def test_the_list_costs_the_same_however_long(client, world, django_assert_max_num_queries):
    for city in ("Maputo", "Curitiba", "Lyon"):
        PracticeFactory(entity=world.body(city), themes=[ThemeFactory()])
    with django_assert_max_num_queries(9):
        client.get("/en/practices/")


@pytest.mark.parametrize("name", ["theme", "country", "page", "nonsense"])
@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_filters_are_left_out_with_a_notice(client, practice, name, words):
    response = client.get("/en/practices/", {name: words})
    assert response.status_code == 200
    assert "<script>alert" not in text_of(response)


def test_writing_is_refused(client, practice):
    assert client.post("/en/practices/a-river/").status_code == 405
