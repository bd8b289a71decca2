"""A sheet as JSON: first what it is, then its rows as objects."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

from entrecidades.exchange.exports.comma import TOGETHER
from entrecidades.exchange.exports.sheet import Sheet, Value


def written(value: Any) -> str:
    """JSON without needless blanks, its letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def told(value: Value) -> Any:
    """A value as JSON knows it: lists stay lists, days are ISO dates."""
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if isinstance(value, date) else value


def gathered(head: str, rows: Iterator[str], tail: str) -> Iterator[bytes]:
    """A head, rows with commas between them and a tail, some hundred rows at a time."""
    held = [head]
    for number, row in enumerate(rows):
        held.append(f",\n{row}" if number else row)
        if len(held) >= TOGETHER:
            yield "".join(held).encode()
            held = []
    held.append(tail)
    yield "".join(held).encode()


def json_pieces(sheet: Sheet) -> Iterator[bytes]:
    """The file, piece by piece: ``{"meta": {...}, "rows": [...]}``."""
    rows = (
        written(dict(zip(sheet.columns, map(told, record.values), strict=True)))
        for record in sheet.records
    )
    return gathered(
        f'{{"meta":{written(sheet.facts.told_to_programs())},"rows":[\n', rows, "\n]}\n"
    )
