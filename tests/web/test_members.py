"""The members of an association on their page: who reads it, what it says, and its files."""

import csv
import io
import re

import pytest
from django.db.models import Value
from django.db.models.functions import Concat
from django.urls import reverse

from entrecidades.network.models import Entity
from tests.conftest import entrusted
from tests.factories.members import members_in_bulk
from tests.factories.network import EntityFactory
from tests.web.pages import HOSTILE, text_of

pytestmark = pytest.mark.django_db
PAGE_QUERIES = 28


@pytest.fixture
def at_anci(client, anci, coordinator):
    """The coordinator of an association with sixty members, and a way to ask for its page."""
    members_in_bulk(anci, 60)
    client.force_login(coordinator)

    def ask(name="web:member-list", query=None, **more):
        where = {"country": "it", "slug": "anci", **more}
        return client.get(reverse(name, kwargs=where), query or {})

    return ask


def names_in(response):
    return re.findall(r'entities/it/(member-\d+)/"', text_of(response))


def test_the_page_names_the_members_with_what_each_lacks(at_anci):
    page = at_anci()
    assert page.status_code == 200
    assert len(set(names_in(page))) == 50
    assert "60 members" in text_of(page)
    assert "lacks" in text_of(page)
    assert "an office, offer or need" in text_of(page)
    assert len(set(names_in(at_anci(query={"page": "2"})))) == 10


def test_filters_and_orders_stand_in_the_address(at_anci):
    assert "40 members" in text_of(at_anci(query={"claimed": "no"}))
    assert "30 members" in text_of(at_anci(query={"lacks": "website"}))
    assert "12 members" in text_of(at_anci(query={"region": "IT-90"}))
    assert "60 members" in text_of(at_anci(query={"silent": "90", "agreement": "no"}))
    assert names_in(at_anci(query={"sort": "name"}))[0] == "member-00000"
    assert names_in(at_anci(query={"sort": "complete"}))[0] == "member-00002"


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("name", ["q", "claimed", "lacks", "silent", "region", "page", "sort"])
def test_what_makes_no_sense_is_left_out_and_named(at_anci, name, value):
    assert at_anci(query={name: value}).status_code == 200


@pytest.mark.parametrize("fmt", ["csv", "xlsx", "json", "geojson"])
def test_the_list_is_taken_away_as_filtered(at_anci, fmt):
    answer = at_anci("web:member-export", {"claimed": "no", "sort": "name"}, fmt=fmt)
    assert answer.status_code == 200
    assert answer["X-Total-Count"] == "40"
    content = b"".join(answer.streaming_content)
    if fmt == "csv":
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
        assert [row["name"] for row in rows[:2]] == ["Member 00001", "Member 00002"]
        assert {row["claimed"] for row in rows} == {"no"}
        assert "people" in rows[0]["missing"].split(";")


def test_file_and_page_have_the_same_rows_in_the_same_order(at_anci):
    query = {"sort": "silent", "lacks": "website"}
    content = b"".join(at_anci("web:member-export", query, fmt="csv").streaming_content)
    rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    shown = list(dict.fromkeys(names_in(at_anci(query=query))))
    assert [row["address"].removeprefix("it/") for row in rows] == shown


def test_for_others_there_is_no_page(at_anci, client, anci, officer):
    client.force_login(officer)
    assert at_anci().status_code == 404
    assert at_anci("web:member-export", fmt="csv").status_code == 404
    client.force_login(entrusted(anci, role="evaluator"))
    assert at_anci().status_code == 404
    client.logout()
    assert at_anci().status_code == 302


def test_a_city_has_no_page_of_members(client, maputo, officer):
    client.force_login(officer)
    where = {"country": "mz", "slug": maputo.slug}
    assert client.get(reverse("web:member-list", kwargs=where)).status_code == 404


def test_an_association_without_members_says_what_will_stand_here(client):
    empty = EntityFactory(association=True, slug="new", country__code="IT")
    client.force_login(entrusted(empty, role="coordinator"))
    page = client.get(reverse("web:member-list", kwargs={"country": "it", "slug": "new"}))
    assert "No member is known yet" in text_of(page)


def test_the_page_is_reached_from_the_association_and_from_the_desk(at_anci, client, anci):
    address = reverse("web:member-list", kwargs={"country": "it", "slug": "anci"})
    assert address in text_of(client.get(anci.get_absolute_url()))
    assert address in text_of(client.get(reverse("web:desk")))
    client.logout()
    assert address not in text_of(client.get(anci.get_absolute_url()))


def test_ten_times_as_many_members_cost_no_more(at_anci, anci, django_assert_max_num_queries):
    Entity.objects.filter(slug__startswith="member").update(slug=Concat(Value("a-"), "slug"))
    members_in_bulk(anci, 540)
    at_anci()
    with django_assert_max_num_queries(PAGE_QUERIES):
        assert "600 members" in text_of(at_anci())
