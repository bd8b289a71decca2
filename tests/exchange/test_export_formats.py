"""Every format holds every row, and says what it is."""

import datetime as dt
import io
import json
import tracemalloc

import openpyxl
import pytest

from entrecidades.exchange.exports import workbook
from entrecidades.exchange.exports.formats import FORMATS
from entrecidades.exchange.exports.sheet import Facts, Record, Sheet

AT = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)
COLUMNS = ("id", "name", "population", "roles")
ROWS = [
    Record(("mz/maputo", "=Maputo", 1254837, ("capital", "port")), ((32.58, -25.97),)),
    Record(("mz/beira", "-Beira\x01", None, ()), ()),
]


def sheet(rows=ROWS, count=None):
    many = len(rows) if count is None else count
    facts = Facts("Cities", "CC BY 4.0", "GeoNames", "country=MZ", "https://x/", "pt", AT, many)
    return Sheet("cities", COLUMNS, rows, facts)


def written(extension, **options):
    return b"".join(FORMATS[extension].pieces(sheet(**options)))


def test_json_begins_with_what_it_is():
    read = json.loads(written("json"))
    assert list(read) == ["meta", "rows"]
    assert read["meta"]["licence"] == "CC BY 4.0"
    assert read["meta"]["row_count"] == len(read["rows"]) == 2
    assert read["rows"][0] == {
        "id": "mz/maputo",
        "name": "=Maputo",
        "population": 1254837,
        "roles": ["capital", "port"],
    }


def test_geojson_has_features_and_unlocated_ones():
    read = json.loads(written("geojson"))
    first, second = read["features"]
    assert read["type"] == "FeatureCollection"
    assert first["geometry"] == {"type": "Point", "coordinates": [32.58, -25.97]}
    assert (first["id"], second["geometry"]) == ("mz/maputo", None)


def test_a_spreadsheet_holds_texts_numbers_and_a_sheet_about_them():
    book = openpyxl.load_workbook(io.BytesIO(written("xlsx")))
    rows, about = book["cities"], dict(book["about"].iter_rows(values_only=True))
    cells = {cell.coordinate: cell for row in rows.iter_rows() for cell in row}
    assert (cells["B2"].value, cells["B2"].data_type) == ("=Maputo", "s")
    assert (cells["C2"].value, cells["C2"].data_type) == (1254837, "n")
    assert cells["D2"].value == "capital;port"
    assert about["licence"] == "CC BY 4.0"
    assert (about["query"], about["row_count"]) == ("country=MZ", 2)
    assert about["written_at"] == "2009-11-19T12:00:00+00:00"


def test_a_list_too_long_for_a_spreadsheet_is_refused_not_cut():
    with pytest.raises(workbook.TooLarge):
        written("xlsx", count=workbook.MOST_ROWS + 1)


def test_a_text_too_long_for_a_spreadsheet_is_refused_not_cut():
    with pytest.raises(workbook.TooLarge):
        written("xlsx", rows=[Record(("x" * (workbook.LONGEST + 1), None, None, None))])


@pytest.mark.parametrize("extension", ["json", "geojson"])
def test_an_empty_list_is_a_whole_file(extension):
    read = json.loads(written(extension, rows=[]))
    assert (read.get("rows") or read.get("features") or []) == []


@pytest.mark.slow
@pytest.mark.parametrize("extension", ["csv", "json", "geojson"])
def test_memory_stays_flat_however_long_the_list(extension):
    rows = (Record(("mz/maputo", "Maputo", number, ()), ()) for number in range(30_000))
    tracemalloc.start()
    length = sum(map(len, FORMATS[extension].pieces(sheet(rows, 30_000))))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert length > 500_000
    assert peak < 2_000_000
