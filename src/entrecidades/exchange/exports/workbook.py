"""A sheet as XLSX: the rows, and a second sheet that says what they are."""

from collections.abc import Iterator
from tempfile import TemporaryFile

import xlsxwriter
from django.utils.translation import gettext as _
from xlsxwriter.worksheet import Worksheet

from entrecidades.exchange.exports.sheet import Sheet, Value, plain
from entrecidades.kernel.errors import Refusal

#: What the format holds: rows without the head, and letters of one cell.
MOST_ROWS, LONGEST = 1_048_575, 32_767
PIECE = 1 << 16
#: Rows wait on the disk, not in memory; what looks like a formula or a link is only text.
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


class TooLarge(Refusal):
    """The list does not fit into a spreadsheet, and is not cut to fit."""


def xlsx_pieces(sheet: Sheet) -> Iterator[bytes]:
    """The file, piece by piece, once it is written on the disk.

    Raises
    ------
    TooLarge
        Before anything is written, when a spreadsheet cannot hold the list.
    """
    if sheet.facts.row_count > MOST_ROWS:
        raise TooLarge(_("A spreadsheet holds a million rows at most: take the CSV file."))
    return _pieces(sheet)


def _pieces(sheet: Sheet) -> Iterator[bytes]:
    with TemporaryFile() as file:
        # Leaving the book closes its own files on the disk, also when a row was refused.
        with xlsxwriter.Workbook(file, OPTIONS) as book:
            _fill(book, sheet)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


def _fill(book: xlsxwriter.Workbook, sheet: Sheet) -> None:
    """Write the rows, and the sheet about them."""
    strong = book.add_format({"bold": True})
    rows = book.add_worksheet(sheet.name[:31])
    rows.freeze_panes(1, 1)
    rows.set_column(0, len(sheet.columns) - 1, 18)
    rows.write_row(0, 0, sheet.columns, strong)
    for number, record in enumerate(sheet.records, start=1):
        for column, value in enumerate(record.values):
            _write(rows, number, column, value)
    about = book.add_worksheet("about")
    about.set_column(0, 0, 18, strong)
    about.set_column(1, 1, 90)
    for number, (name, fact) in enumerate(sheet.facts.told().items()):
        _write(about, number, 0, name)
        _write(about, number, 1, fact)


def _write(rows: Worksheet, number: int, column: int, value: Value) -> None:
    """Write one cell as what it is: a number as a number, anything else as text."""
    told = plain(value)
    if isinstance(told, int | float):
        rows.write_number(number, column, told)
    elif told is not None:
        if len(told) > LONGEST:
            raise TooLarge(_("A text is too long for a spreadsheet: take the CSV file."))
        rows.write_string(number, column, told)
