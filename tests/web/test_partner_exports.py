"""Counterparts and comparisons as files: the rows of the page, in its order."""

import csv
import io
import json

import pytest

from entrecidades.kernel import clock
from entrecidades.matching import snapshot
from entrecidades.matching.services import rebuild_snapshot

FILE = "/en/partners/export.csv"


@pytest.fixture
def prepared(world, monkeypatch):
    monkeypatch.setattr("entrecidades.matching.selectors.KEEPER", snapshot.Keeper())
    rebuild_snapshot(on=clock.today())
    return world


def rows(response):
    text = response.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("query", [{}, {"country": ["BR", "IT"]}, {"limit": "3"}])
def test_the_file_has_the_rows_of_the_page_in_its_order(client, prepared, query):
    query = {"place": "Maputo", **query}
    shown = client.get("/en/partners/", query).context["suggestions"]
    told = client.get(FILE, query)
    assert [row["id"] for row in rows(told)] == [one["public_id"] for one in shown]
    assert told["X-Total-Count"] == str(len(shown)) != "0"


def test_each_counterpart_comes_with_its_reasons(client, prepared):
    first = rows(client.get(FILE, {"place": "mz/maputo", "country": "BR"}))[0]
    assert "A language in common: Portuguese." in first["reasons"]
    assert first["address"].startswith("http://testserver/en/cities/br/")


def test_a_comparison_is_a_file_with_one_row_for_each(client, prepared):
    query = {"place": ["mz/maputo", "it/turin", "br/curitiba"]}
    page = client.get("/en/compare/", query)
    address = next(one["url"] for one in page.context["downloads"] if one["format"] == "JSON")
    told = json.loads(client.get(address).getvalue())
    assert query["place"] == [row["id"] for row in told["rows"]]


@pytest.mark.parametrize(
    "path",
    [
        f"{FILE}?place=xqzwv",
        FILE,
        "/en/partners/export.doc?place=mz/maputo",
        "/en/compare/export.csv",
        "/en/compare/export.csv?place=xqzwv&place=mz/maputo",
    ],
)
def test_what_is_not_there_is_not_found(client, prepared, path):
    assert client.get(path).status_code == 404


def test_a_filter_that_is_not_understood_makes_no_file(client, prepared):
    assert client.get(FILE, {"place": "mz/maputo", "country": "XX"}).status_code == 400


def test_before_the_snapshot_the_file_is_refused(client, world, monkeypatch):
    monkeypatch.setattr("entrecidades.matching.selectors.KEEPER", snapshot.Keeper())
    assert client.get(FILE, {"place": "mz/maputo"}).status_code == 400
