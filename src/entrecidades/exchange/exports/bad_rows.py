"""The rows of a list that cannot be taken as they are, each with every reason, to be mended."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from entrecidades.exchange.exports.sheet import Record

#: What stands beside the cells of a row; of a list of several files, where it was found instead.
REASONS = ("problem", "remedy", "candidates")
WHERE = ("row", "column", "value")
BAD = frozenset("!?")


def columns_of(header: Sequence[str]) -> tuple[str, ...]:
    """The columns of the file: the number of the row, its own columns, and why it is here."""
    return ("row", *header, *REASONS) if header else (*WHERE, *REASONS)


def bad_rows(header: Sequence[str], findings: Sequence[Mapping[str, Any]]) -> list[Record]:
    """Each bad row once, its reasons one under the other, in the order of the list.

    What is wrong with the whole file stands first.
    """
    by_row: dict[Any, list[Mapping[str, Any]]] = {}
    for number, one in enumerate(findings):
        if one["sign"] in BAD:
            by_row.setdefault(one["row"] if header else (one["row"], number), []).append(one)
    return [
        Record((*_place(header, some[0]), *_reasons(some)))
        for _key, some in sorted(by_row.items())
    ]


def _place(header: Sequence[str], one: Mapping[str, Any]) -> tuple[str | int | None, ...]:
    """Where it was found."""
    if not header:
        return (one["row"] or None, one["column"], one["value"])
    cells = [*one["cells"], *[""] * len(header)][: len(header)]
    return (one["row"] or None, *cells)


def _reasons(some: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """What is wrong, what helps, and which places a row may be."""
    yield "\n".join(dict.fromkeys(_said(one) for one in some))
    yield "\n".join(dict.fromkeys(one["remedy"] for one in some))
    yield "\n".join(place for one in some for place in one["candidates"])


def _said(one: Mapping[str, Any]) -> str:
    """One problem, with the column and the value it is about."""
    where = f"{one['column']}: " if one["column"] else ""
    value = f" “{one['value']}”" if one["value"] else ""
    return f"{where}{one['problem']}{value}"
