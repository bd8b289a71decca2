"""The list of bodies, and the page of each."""

import datetime as dt
import re

import pytest

from tests.factories.accounts import PersonFactory
from tests.factories.cooperation import CoordinationFactory
from tests.factories.network import (
    EntityFactory,
    EntityNameFactory,
    HomologueFactory,
    IdentifierFactory,
    MembershipFactory,
    PostFactory,
    SuccessionFactory,
)

URL = "/en/entities/"


@pytest.fixture
def bodies(fnp, anci, maputo):
    """Two associations and a city."""


@pytest.fixture
def fnp(db):
    body = EntityFactory(
        name="Frente Nacional de Prefeitos", slug="fnp", acronym="FNP", association=True,
        valid_from=dt.date(1989, 1, 1),
    )  # fmt: skip
    EntityNameFactory(entity=body, language="en", name="National Front of Mayors")
    return body


def names(response):
    return re.findall(r'scope="row"><a href="[^"]+">([^<]+)</a>', response.content.decode())


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"kind": "association"}, ["Associazione Nazionale Comuni Italiani (ANCI)",
                                   "National Front of Mayors (FNP)"]),
        ({"country": "MZ"}, ["Maputo"]),
        ({"tier": "municipality"}, ["Maputo"]),
        ({"q": "national fr"}, ["National Front of Mayors (FNP)"]),
        ({"q": "anci"}, ["Associazione Nazionale Comuni Italiani (ANCI)"]),
        ({"sort": "population", "country": ["MZ", "IT"]},
         ["Maputo", "Associazione Nazionale Comuni Italiani (ANCI)"]),
    ],
)  # fmt: skip
def test_a_filter_keeps_what_it_says(client, bodies, query, expected):
    assert names(client.get(URL, query)) == expected


def test_the_fragment_is_the_part_of_the_page_it_replaces(client, fnp, anci):
    query = {"kind": "association"}
    page = client.get(URL, query)
    fragment = client.get(URL, query, headers={"HX-Request": "true"})
    assert fragment.content.strip() in page.content


def test_the_page_tells_names_numbers_and_ties(client, fnp, anci, maputo):
    IdentifierFactory(entity=fnp, scheme="BR-CNPJ", value="123")
    HomologueFactory(one=fnp, other=anci, note={"en": "Each other's homologue."},
                     source_title="The source text")  # fmt: skip
    CoordinationFactory(entity=fnp)
    MembershipFactory(member=maputo, group=fnp)
    SuccessionFactory(predecessor=EntityFactory(name="The body before"), successor=fnp)
    page = client.get("/en/entities/br/fnp/").content.decode()
    for said in (
        "National Front of Mayors", "Frente", "BR-CNPJ", "Each other&#x27;s homologue.",
        "The source text", "programme-", "Maputo", "The body before", "<dd>1989</dd>",
    ):  # fmt: skip
        assert said in page, said


def test_a_holder_is_named_only_where_she_agreed(client, fnp, on_the_day):
    silent = PersonFactory(name="Keeps silent")
    open_one = PersonFactory(name="Agreed to it")
    PostFactory(entity=fnp, holder=silent, title={"en": "Secretary"})
    PostFactory(entity=fnp, holder=open_one, holder_agreed=True, title={"pt": "Presidência"})
    page = client.get("/en/entities/br/fnp/").content.decode()
    assert "Secretary" in page
    assert "Presidência" in page
    assert "Agreed to it" in page
    assert "Keeps silent" not in page


def test_a_body_without_ties_says_what_will_stand_there(client, fnp):
    page = client.get("/en/entities/br/fnp/").content.decode()
    assert "No tie of this body is recorded yet" in page
    assert "No official number is recorded yet." in page


def test_pages_cost_few_queries(client, fnp, world, django_assert_max_num_queries):
    for body in EntityFactory.create_batch(20):
        MembershipFactory(member=body, group=fnp)
        IdentifierFactory(entity=body)
    client.get(URL)
    with django_assert_max_num_queries(8):
        client.get(URL)
    with django_assert_max_num_queries(20):
        client.get("/en/entities/br/fnp/")


@pytest.mark.parametrize("url", [URL, "/en/entities/br/fnp/"])
def test_a_page_is_only_read(client, fnp, url):
    assert client.post(url).status_code == 405


def test_a_body_that_is_not_there_is_not_found(client, fnp):
    assert client.get("/en/entities/it/fnp/").status_code == 404
