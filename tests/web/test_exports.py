"""Every list as a file: the rows of the screen, all of them, in the same order."""

import csv
import io
import json
import re

import openpyxl
import pytest

from tests.factories.network import (
    EntityFactory,
    IdentifierFactory,
    PartnershipFactory,
    PlaceFactory,
)

FORMATS = ["csv", "xlsx", "json", "geojson"]
LISTS = [
    ("cities", {}),
    ("cities", {"country": ["BR", "MZ"], "role": "port"}),
    ("cities", {"sort": "name", "has": "partners"}),
    ("cities", {"q": "zzz"}),
    ("countries", {"language": "pt", "sort": "places"}),
    ("entities", {"tier": "municipality", "sort": "population"}),
    ("partnerships", {"country": "IT"}),
]


@pytest.fixture
def full(world):
    """More than one page of cities, a few bodies and partnerships."""
    PlaceFactory.create_batch(60, country=world["Lyon"].country)
    IdentifierFactory(entity=EntityFactory(name="=Evil"))
    PartnershipFactory(one=world["Turin"], other=world["Maputo"], first_year=1999)
    world.body("Maputo")
    return world


def body(client, url, query):
    response = client.get(url, query)
    assert response.status_code == 200, url
    return b"".join(response.streaming_content), response


def rows_in(client, name, fmt, query):
    """The values of a file's first column, and the answer that brought it."""
    raw, response = body(client, f"/en/{name}/export.{fmt}", query)
    if fmt == "csv":
        return [row["id"] for row in csv.DictReader(io.StringIO(raw.decode()))], response
    if fmt == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(raw))[name]
        return [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)], response
    read = json.loads(raw)
    return [row["id"] for row in read.get("rows") or read.get("features") or []], response


def rows_on_screen(client, name, query):
    """The first links of all rows on all pages of a list."""
    found, number = [], 1
    while True:
        page = client.get(f"/en/{name}/", {**query, "page": number}).content.decode()
        found += re.findall(r'scope="row"><a href="([^"]+)"', page)
        if 'rel="next"' not in page:
            return found
        number += 1


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize(("name", "query"), LISTS)
def test_a_file_has_as_many_rows_as_the_screen(client, full, name, query, fmt):
    rows, response = rows_in(client, name, fmt, query)
    assert len(rows) == len(rows_on_screen(client, name, query))
    assert response.headers["X-Total-Count"] == str(len(rows))


@pytest.mark.parametrize(("name", "query"), LISTS[:4])
def test_a_file_has_the_rows_of_the_screen_in_their_order(client, full, name, query):
    rows, _response = rows_in(client, name, "csv", query)
    assert [f"/en/cities/{row}/" for row in rows] == rows_on_screen(client, name, query)


@pytest.mark.parametrize("fmt", FORMATS)
def test_a_file_is_an_attachment_that_names_itself(client, full, fmt):
    _raw, response = body(client, f"/en/cities/export.{fmt}", {})
    name = f'attachment; filename="entrecidades-cities-2009-11-19.{fmt}"'
    assert response.headers["Content-Disposition"] == name


def test_a_file_says_its_licence_and_its_query(client, full):
    raw, _response = body(client, "/en/cities/export.json", {"country": "mz", "page": "3"})
    meta = json.loads(raw)["meta"]
    assert meta["licence"].startswith("CC BY 4.0")
    assert (meta["query"], meta["row_count"]) == ("country=MZ", 2)
    assert meta["address"].startswith("http://testserver/en/cities/export.json?")


def test_columns_are_named_alike_in_every_language(client, full):
    heads = {
        body(client, f"/{language}/cities/export.csv", {})[0].split(b"\r\n")[0]
        for language in ("pt-br", "fr", "en")
    }
    assert len(heads) == 1


def test_a_formula_in_a_name_is_not_alive(client, full):
    raw, _response = body(client, "/en/entities/export.csv", {})
    assert "'=Evil" in raw.decode()


def test_a_partnership_is_a_line_between_its_places(client, full):
    raw, _response = body(client, "/en/partnerships/export.geojson", {"country": "MZ"})
    (feature,) = json.loads(raw)["features"]
    assert feature["geometry"]["type"] == "LineString"
    assert feature["properties"]["first_year"] == 1999


@pytest.mark.parametrize("query", [{"country": "XX"}, {"contry": "BR"}, {"sort": "size"}])
def test_a_file_is_not_made_from_what_was_not_understood(client, full, query):
    response = client.get("/en/cities/export.csv", query)
    assert response.status_code == 400
    assert next(iter(query)) in response.content.decode()


@pytest.mark.parametrize(
    "url", ["/en/cities/export.pdf", "/en/cities/export.", "/en/cities/a.csv"]
)
def test_an_unknown_format_is_not_found(client, full, url):
    assert client.get(url).status_code == 404


def test_a_file_is_only_read(client, db):
    assert client.post("/en/cities/export.csv").status_code == 405
