"""A table is taken apart, or everything that is wrong with it is told with its row."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.exchange.readers import tables
from entrecidades.exchange.readers.tables import Row, read_bare_table, read_table, rows_of

REQUIRED = ("id", "name")


def said(text, **options):
    return [str(problem) for problem in read_table(text, required=REQUIRED, **options).problems]


def test_rows_are_numbered_as_a_spreadsheet_does_and_cells_are_trimmed():
    table = read_table('id, name ,x\n1," Curitiba ",\n\n2,"two\nlines",\n', required=REQUIRED)
    assert table.header == ("id", "name", "x")
    assert table.rows == ((2, ("1", "Curitiba", "")), (4, ("2", "two\nlines", "")))
    assert not table.problems


def test_a_name_over_several_lines_in_the_header_is_one_name():
    assert read_table('"na\nme",id\n', required=("na me", "id")).header == ("na me", "id")


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("id;name\n1;a\n", ["row 1: The cells are separated by another sign than expected “;”"]),
        ("id\tname\n", ["“TAB”"]),
        ("1,Curitiba\n2,Maputo\n", ["row 1: The first row does not name the columns"]),
        ("id,nome\n", ["row 1, column name: This column is missing"]),
        ("id,name,id\n", ["row 1, column id: Two columns have this name"]),
        ("id,name\n1\n2,b\n3,c,d\n", ["row 2: The row has 1 cells", "row 4: The row has 3"]),
        ('id,name\n1,a\n2,"b\n', ["row 3: From here on"]),
        ("id,name," + ",".join(f"c{n}" for n in range(300)), ["more than 200 columns"]),
    ],
)
def test_what_is_wrong_with_a_table_is_told_at_once(text, reasons):
    found = said(text)
    assert len(found) == len(reasons)
    for line, reason in zip(found, reasons, strict=True):
        assert reason in line


def test_a_table_without_end_is_cut(monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 10)
    table = read_table("id,name\n" + "1,a\n" * 30, required=REQUIRED)
    assert len(table.rows) == 9
    assert "more than 10 rows" in str(table.problems[0])


def test_a_table_without_a_header_has_rows_from_the_first_on():
    table = read_bare_table("1;a\n2\n3;c\n", width=2, separator=";")
    assert [number for number, _cells in table.rows] == [1, 3]
    assert len(table.problems) == 1


@pytest.mark.parametrize(
    ("ask", "cell", "value"),
    [
        (lambda row: row.whole("x", 0, 100), "42", 42),
        (lambda row: row.whole("x", 0, 100), "", None),
        (lambda row: row.whole_of_decimal("x", 10**6), "1250.0", 1250),
        (lambda row: row.degrees("x", 90), "-25.5", -25.5),
        (lambda row: row.code("x", 2), "01", "01"),
        (lambda row: row.text("x"), "Maputo", "Maputo"),
    ],
)
def test_a_cell_is_handed_out_as_what_it_means(ask, cell, value):
    row = Row(2, {"x": cell})
    assert ask(row) == value
    assert not row.problems


@pytest.mark.parametrize(
    ("ask", "cell"),
    [
        (lambda row: row.whole("x", 0, 100), "101"),
        (lambda row: row.whole("x", 0, 100), "4.2"),
        (lambda row: row.whole("x", 0, 100), "٤٢"),
        (lambda row: row.whole("x", 0, 100), "9" * 40),
        (lambda row: row.whole_of_decimal("x", 10**6), "12.5"),
        (lambda row: row.degrees("x", 90), "91"),
        (lambda row: row.degrees("x", 90), "nan"),
        (lambda row: row.degrees("x", 90), "-25,5"),
        (lambda row: row.code("x", 2), "1"),
        (lambda row: row.text("x"), ""),
        (lambda row: row.text("x", longest=3), "Maputo"),
    ],
)
def test_a_wrong_cell_is_noted_with_row_column_and_value(ask, cell):
    row = Row(7, {"x": cell})
    ask(row)
    (problem,) = row.problems
    assert (problem.row, problem.column) == (7, "x")
    assert cell[:20] in problem.value
    assert problem.remedy


@given(st.text(max_size=200))
def test_no_text_whatever_raises(text):
    table = read_table(text, required=REQUIRED)
    assert all(len(cells) == len(table.header) for _number, cells in table.rows)
    assert all(row.cells.keys() == set(table.header) for row in rows_of(table, []))
