"""A sheet as CSV: RFC 4180, UTF-8, one line of column names, formulas made harmless."""

import csv
from collections.abc import Iterator
from io import StringIO

from entrecidades.exchange.exports.cells import escape
from entrecidades.exchange.exports.sheet import Sheet, Value, plain

#: Rows are handed over this many at a time: one by one, the server would do nothing else.
TOGETHER = 500


def _cell(value: Value) -> str | int | float | None:
    """Numbers stay numbers, even negative ones; texts that look like formulas are marked."""
    told = plain(value)
    return escape(told) if isinstance(told, str) else told


def csv_pieces(sheet: Sheet) -> Iterator[bytes]:
    """The file, piece by piece."""
    buffer = StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(sheet.columns)
    for number, record in enumerate(sheet.records, start=1):
        writer.writerow(map(_cell, record.values))
        if number % TOGETHER == 0:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()
