"""No query string breaks a page: what is not understood is left out, and the page says so."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PAGES = ["cities", "countries", "entities", "partnerships", "search"]
HOSTILE = [
    "country=XX", "country=", "country=%00", "country=BR%00", "country=br;drop", "country[]=BR",
    "country=%F0%9F%87%A7", "region=BR-99", "region=27", "region=-", "region=BR-",
    "region=%00-%00",
    "min_population=-1", "min_population=abc", "min_population=1e9", "min_population=%D9%A1",
    "min_population=99999999999999999999999", "max_population=0", "max_population=1_000",
    "min_population=9&max_population=1", "min_population=NaN", "role=king", "role=1", "role=%00",
    "language=xx", "language=../../etc",
    "theme=nothing", "theme=%00", "theme=%27%20OR%201=1--",
    "has=everything", "has=%00", "q=%00", "q=%25", "q=_", "q=%27", "q=" + "a" * 10_000,
    "q=%F0%9F%98%80", "q=%E2%80%AE", "q=%ff%fe", "q=%ED%A0%80", "page=abc", "page=0", "page=-1",
    "page=" + "9" * 400, "page=1.5", "page=%D9%A1", "page=", "page=last", "sort=%00", "sort=size",
    "sort=population&sort=name", "place=mz/maputo%00", "place=////", "place=xx/yy", "other=XX",
    "confirmation=maybe", "network=%00", "kind=king", "tier=%00", "continent=Atlantis", "=", "&&&",
    "a=b", "%00=%00", "country=BR&" * 300 + "q=x", "format=xml", "__proto__=1", "q=<script>",
    "q={{7*7}}", "q=%0d%0aSet-Cookie:x=1",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_a_hostile_query_breaks_nothing(client, world, page):
    for query in HOSTILE:
        response = client.get(f"/en/{page}/?{query}")
        assert response.status_code in {200, 400, 404}, query
        assert b"<script>" not in response.content, query


@pytest.mark.slow
@pytest.mark.parametrize("page", ["cities", "partnerships"])
def test_a_hostile_query_breaks_no_file(client, world, page):
    for query in HOSTILE:
        status = client.get(f"/en/{page}/export.csv?{query}").status_code
        assert status in {200, 400, 404}, query


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("country=XX", "country = “XX”"),
        ("contry=BR", "contry = “BR”"),
        ("min_population=-5", "min_population = “-5”"),
        ("region=27", "region = “27”"),
        ("sort=size", "sort = “size”"),
        ("role=king&role=capital", "role = “king”"),
        ("page=abc", "There is no page of that name"),
        ("page=999", "The list has fewer pages"),
        ("q=" + "a" * 101, "q = “" + "a" * 40 + "…”"),
    ],
)
def test_what_was_left_out_is_named(client, world, query, named):
    page = client.get(f"/en/cities/?{query}").content.decode()
    assert "notice-warn" in page
    assert named in page


@pytest.mark.parametrize("query", ["", "page=1", "country=", "country=BR&sort=name", "q= "])
def test_what_was_understood_is_not_complained_about(client, world, query):
    assert "notice-warn" not in client.get(f"/en/cities/?{query}").content.decode()


@pytest.mark.slow
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    query=st.dictionaries(
        st.sampled_from(
            ["country", "region", "q", "min_population", "role", "page", "theme", "x"]
        ),
        st.lists(st.text(max_size=20), max_size=3),
        max_size=4,
    )
)
def test_nothing_that_can_be_typed_breaks_the_list(client, world, query):
    assert client.get("/en/cities/", query).status_code == 200
