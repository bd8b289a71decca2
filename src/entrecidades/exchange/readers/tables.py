"""Take a table apart into rows that know their number, and their cells that know their column."""

import csv
import io
import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from entrecidades.exchange.readers.problems import Problem, problem

MOST_ROWS, MOST_COLUMNS = 200_000, 200
SEPARATORS = {",": ",", ";": ";", "\t": "TAB", "|": "|"}


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read: its header, its rows by number, and what was wrong."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    problems: tuple[Problem, ...]


def header_of(text: str, separator: str) -> tuple[str, ...]:
    """The first row's cells; empty when it cannot be taken apart."""
    try:
        cells = next(_reader(text, separator), [])
    except csv.Error:
        return ()
    return tuple(" ".join(cell.split()) for cell in cells)


def read_table(text: str, *, required: Sequence[str], separator: str = ",") -> Table:
    """Take a table with a header apart; a row of the wrong width is told and left out."""
    header = header_of(text, separator)
    if wrong := list(_header_problems(text, header, required)):
        return Table(header, (), tuple(wrong))
    rows, problems = _body(text, separator, len(header))
    return Table(header, tuple(rows[1:]), tuple(problems))


def separator_of(text: str) -> str:
    """The sign that separates the cells of a table: that which finds most of them at its head."""
    return max(SEPARATORS, key=lambda one: len(header_of(text, one)))


def read_any_table(text: str) -> Table:
    """Take a table with a header apart, whatever separates its cells and names its columns."""
    separator = separator_of(text)
    header = header_of(text, separator)
    rows, problems = _body(text, separator, len(header))
    return Table(header, tuple(rows[1:]), tuple(problems))


def read_bare_table(text: str, *, width: int, separator: str) -> Table:
    """Take a table without a header apart."""
    rows, problems = _body(text, separator, width)
    return Table((), tuple(rows), tuple(problems))


def rows_numbered(
    text: str, numbers: Collection[int]
) -> tuple[tuple[str, ...], dict[int, list[str]]]:
    """The header of a table, whatever separates its cells, and some of its rows as they stand.

    Raises
    ------
    csv.Error
        When the rows cannot be told apart before the last of these.
    """
    separator = separator_of(text)
    header = header_of(text, separator)
    found: dict[int, list[str]] = {}
    for number, cells in enumerate(_reader(text, separator), 1):
        if number in numbers:
            found[number] = cells
        if number >= max(numbers, default=0):
            break
    return header, found


def _reader(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _header_problems(
    text: str, header: Sequence[str], required: Sequence[str]
) -> Iterator[Problem]:
    """What is wrong with the first row."""
    missing = [name for name in required if name not in header]
    if missing and (other := _other_separator(text, required)):
        yield problem(
            _("The cells are separated by another sign than expected"),
            _("Export the file again with another separator."),
            row=1,
            value=other,
        )
    elif len(missing) == len(required):
        yield problem(
            _("The first row does not name the columns"),
            _("It must name: %s.") % ", ".join(required),
            row=1,
            value=", ".join(header),
        )
    else:
        for name in missing:
            yield problem(_("This column is missing"), _("Add it."), row=1, column=name)
    for name in dict.fromkeys(name for name in header if header.count(name) > 1):
        yield problem(
            _("Two columns have this name"), _("Rename or remove one."), row=1, column=name
        )
    if len(header) > MOST_COLUMNS:
        text = _("There are more than %d columns") % MOST_COLUMNS
        yield problem(text, _("Keep only those that are asked for."), row=1)


def _other_separator(text: str, required: Sequence[str]) -> str:
    """The separator under which the header would be right; empty when there is none."""
    for separator, shown in SEPARATORS.items():
        if set(required) <= set(header_of(text, separator)):
            return shown
    return ""


def _body(
    text: str, separator: str, width: int
) -> tuple[list[tuple[int, tuple[str, ...]]], list[Problem]]:
    """Every row by its number, the header among them, and what is wrong with the others."""
    problems: list[Problem] = []
    return list(_walk(text, separator, width, MOST_ROWS, problems)), problems


def _walk(
    text: str, separator: str, width: int, most: int, problems: list[Problem]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Every row by its number, the header among them; what is wrong with others is noted."""
    number = 0
    try:
        for number, cells in enumerate(_reader(text, separator), 1):
            if number > most:
                said = _("There are more than %d rows") % most
                problems.append(problem(said, _("Split the file."), row=number))
                break
            if len(cells) == width:
                yield number, tuple(cell.strip() for cell in cells)
            elif cells:
                said = _("The row has %(cells)d cells instead of %(width)d") % {
                    "cells": len(cells),
                    "width": width,
                }
                problems.append(problem(said, _("Compare it with the first row."), row=number))
    except csv.Error:
        remedy = _("Look for a quotation mark that is never closed, or a cell without end.")
        problems.append(
            problem(_("From here on the rows cannot be told apart"), remedy, row=number + 1)
        )


@dataclass(slots=True)
class Row:
    """One row being read: it hands out its cells and notes what is wrong with them."""

    number: int
    cells: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def note(self, column: str, text: str, remedy: str) -> None:
        """Note that something is wrong with a cell."""
        self.problems.append(
            problem(text, remedy, row=self.number, column=column, value=self.cells.get(column, ""))
        )

    def text(self, column: str, *, longest: int = 300, needed: bool = True) -> str:
        """A cell's words."""
        words = self.cells.get(column, "")
        if needed and not words:
            self.note(column, _("The cell is empty"), _("Fill it in."))
        if len(words) > longest:
            self.note(column, _("The text is too long"), _("At most %d signs fit.") % longest)
            return words[:longest]
        return words

    def whole(self, column: str, least: int, most: int) -> int | None:
        """A cell's whole number; None when it is empty or wrong."""
        words = self.cells.get(column, "")
        if not words:
            return None
        # Signs that other scripts count with would pass isdecimal; files of codes have none.
        if words.isascii() and words.isdecimal() and len(words) < 19:  # noqa: PLR2004 - of 64 bits
            number = int(words)
            if least <= number <= most:
                return number
        self.note(
            column,
            _("This is not a whole number from %(least)d to %(most)d")
            % {"least": least, "most": most},
            _("Write digits only, or leave the cell empty."),
        )
        return None

    def whole_of_decimal(self, column: str, most: int) -> int | None:
        """A cell's number that stands for a whole one, though written "1250.0"."""
        words = self.cells.get(column, "")
        whole, _point, rest = words.partition(".")
        if rest.strip("0"):
            self.note(column, _("This is not a whole number"), _("Write it without a fraction."))
            return None
        return Row(self.number, {column: whole}, self.problems).whole(column, 0, most)

    def degrees(self, column: str, most: float) -> float | None:
        """A cell's latitude or longitude; None when it is empty or wrong."""
        return self._between(
            column,
            most,
            _("This is not a number of degrees between −%(most)d and %(most)d"),
            _("Write it with a point, such as -23.55."),
        )

    def decimal(self, column: str, most: float) -> float | None:
        """A cell's number, of either sign; None when it is empty or wrong."""
        return self._between(
            column,
            most,
            _("This is not a number between −%(most)d and %(most)d"),
            _("Write it with a point, such as 71.5, and without a sign for thousands."),
        )

    def _between(self, column: str, most: float, says: str, remedy: str) -> float | None:
        """A cell's number from −``most`` to ``most``; None, and a note, when it is no such."""
        words = self.cells.get(column, "")
        if not words:
            return None
        try:
            number = float(words)
        except ValueError:
            number = math.inf
        if not -most <= number <= most:
            self.note(column, says % {"most": most}, remedy)
            return None
        return number

    def code(self, column: str, length: int) -> str:
        """A cell's code of a fixed length in digits and capitals."""
        words = self.cells.get(column, "")
        if len(words) != length or not (words.isascii() and words.isalnum()):
            self.note(
                column,
                _("This is not a code of %d signs") % length,
                _("Take it from the official list; leading zeros belong to it."),
            )
        return words


def rows_of(table: Table, problems: list[Problem]) -> Iterable[Row]:
    """The rows of a table, all noting what is wrong with them in one list."""
    problems.extend(table.problems)
    for number, cells in table.rows:
        yield Row(number, dict(zip(table.header, cells, strict=True)), problems)


def tall_rows(
    text: str, problems: list[Problem], *, required: Sequence[str], most: int
) -> Iterator[Row]:
    """The rows of a table that may have millions, one after the other; none is kept."""
    header = header_of(text, ",")
    wrong = list(_header_problems(text, header, required))
    problems.extend(wrong)
    if wrong:
        return
    for number, cells in _walk(text, ",", len(header), most, problems):
        if number > 1:
            yield Row(number, dict(zip(header, cells, strict=True)), problems)
