"""A list on its way to a file: its columns, its rows, and what must be known about them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

Value = str | int | float | date | tuple[str, ...] | None
Position = tuple[float, float]

#: Between the parts of a value that is a list, in formats that know no lists.
BETWEEN = ";"


class Record(NamedTuple):
    """One row: its values in the order of the columns, and where it lies.

    ``positions`` are pairs of longitude and latitude, in degrees: none, one for
    a place, two for what joins two places.
    """

    values: tuple[Value, ...]
    positions: tuple[Position, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a reader of the file must know: what it is, under which terms, asked how and when."""

    title: str
    licence: str
    attribution: str
    query: str
    address: str
    language: str
    written_at: datetime
    row_count: int
    #: What else is known of this list, for formats that programs read.
    besides: Mapping[str, Any] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """The facts under their stable English names."""
        return {
            "title": self.title,
            "licence": self.licence,
            "attribution": self.attribution,
            "query": self.query,
            "address": self.address,
            "language": self.language,
            "written_at": self.written_at.isoformat(timespec="seconds"),
            "row_count": self.row_count,
        }

    def told_to_programs(self) -> dict[str, Any]:
        """The same, with all that is known besides."""
        return {**self.told(), **self.besides}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A list with its column names, which are stable English identifiers."""

    name: str
    columns: tuple[str, ...]
    records: Iterable[Record]
    facts: Facts


def plain(value: Value) -> str | int | float | None:
    """A value as a format without lists and dates can hold it.

    Examples
    --------
    >>> plain(("pt", "fr")), plain(date(2013, 5, 2)), plain(-12.5), plain(())
    ('pt;fr', '2013-05-02', -12.5, None)
    """
    if isinstance(value, tuple):
        return BETWEEN.join(value) or None
    if isinstance(value, date):
        return value.isoformat()
    return value
