"""The home page draws the world, counts it, tells the relations, and is light."""

import gzip

import pytest

from tests.factories.cooperation import RelationFactory
from tests.factories.practices import PostingFactory, PracticeFactory
from tests.web.pages import text_of

pytestmark = pytest.mark.django_db


def test_the_home_page_works_for_strangers_and_sets_no_cookie(client, world):
    response = client.get("/en/")
    assert response.status_code == 200
    assert not response.cookies
    assert "public" in response["Cache-Control"]


def test_the_relations_are_told_and_drawn_even_without_partnerships(client, world):
    RelationFactory(slug="brazil-mozambique", title={"en": "Brazil–Mozambique"})
    page = text_of(client.get("/en/"))
    assert "/en/relations/brazil-mozambique/" in page
    assert "arc-mission" in page
    assert "<td" in page


def test_practices_and_postings_are_marked_where_they_are_examples(client, world, maputo):
    PracticeFactory(entity=maputo, is_example=True, title={"en": "A river that drains"})
    PostingFactory(entity=maputo, is_example=True)
    page = text_of(client.get("/en/"))
    assert "A river that drains" in page
    assert page.count("badge-example") == 2


def test_the_page_costs_few_questions(client, world, django_assert_max_num_queries):
    RelationFactory()
    with django_assert_max_num_queries(20):
        client.get("/en/")


def test_the_first_view_is_light(client, world):
    assert len(gzip.compress(client.get("/en/").content)) < 45_000


def test_writing_is_refused(client, world):
    assert client.post("/en/").status_code == 405
