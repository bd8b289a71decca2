"""Read a list that people keep in a spreadsheet: as CSV in whatever form, or as XLSX."""

import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from entrecidades.documents import nursery
from entrecidades.documents.choices import FileKind
from entrecidades.documents.rules import sentences
from entrecidades.exchange.readers.files import ZIP, digest_of, read_text
from entrecidades.exchange.readers.problems import Problem, problem
from entrecidades.exchange.readers.tables import MOST_COLUMNS, Table, read_any_table

#: No association has more members; a spreadsheet of a million empty rows is no list.
MOST_ROWS = 20_000
#: A workbook whose parts unpack to more is not opened at all.
UNPACKED = 64 << 20

Cells = tuple[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table as it was handed in, its cells as text, and the SHA-256 of its file."""

    name: str
    digest: str
    table: Table


def read_sheet(path: Path) -> Sheet:
    """Read a list, CSV or XLSX; what is wrong is told, not raised."""
    raw = path.read_bytes()
    if raw.startswith(ZIP):
        return Sheet(path.name, digest_of([raw]), _workbook(path))
    file = read_text(path, is_western=True)
    if file.problems:
        return Sheet(file.name, file.digest, Table((), (), file.problems))
    table = read_any_table(file.text)
    if len(table.rows) > MOST_ROWS:
        table = Table(table.header, (), (_too_many(),))
    return Sheet(file.name, file.digest, table)


def _too_many() -> Problem:
    return problem(_("There are more than %d rows") % MOST_ROWS, _("Split the file."))


def _workbook(path: Path) -> Table:
    """The first sheet of a workbook, if a child that looks into it finds nothing against it."""
    if found := _objections(path):
        return Table((), (), tuple(found))
    problems: list[Problem] = []
    try:
        rows = list(_rows(path, problems))
    except Exception:  # noqa: BLE001 - whatever a stranger's workbook does to its reader
        said = _("The spreadsheet cannot be read")
        return Table((), (), (problem(said, _("Save it anew as XLSX, or as CSV in UTF-8.")),))
    if len(rows) > MOST_ROWS + 1:
        return Table((), (), (_too_many(),))
    if not rows:
        return Table((), (), (problem(_("The file is empty"), _("Export it again.")),))
    header = tuple(" ".join(cell.split()) for cell in rows[0][1])
    while header and not header[-1]:
        header = header[:-1]
    body = [(number, _fitted(cells, len(header))) for number, cells in rows[1:] if any(cells)]
    return Table(header, tuple(body), tuple(problems))


def _objections(path: Path) -> list[Problem]:
    """What speaks against opening a workbook: macros, a bomb, links to elsewhere, damage."""
    remedy = _("Save it anew as XLSX, or as CSV in UTF-8.")
    with TemporaryDirectory() as folder:
        told = nursery.look_into(path, ending="xlsx", new=Path(folder) / "new")
    if told.problems:
        names = ("limit", "quota", "pixels", "declared")
        facts: dict[str, object] = {**dict.fromkeys(names, ""), "kinds": "CSV, XLSX"}
        facts |= {"ending": "xlsx", "kind": FileKind.XLSX.label}
        return [problem(words.rstrip("."), remedy) for words in sentences(told.problems, facts)]
    if told.kind != FileKind.XLSX:
        return [problem(_("This is no list of rows and columns"), remedy)]
    with zipfile.ZipFile(path) as archive:
        if sum(one.file_size for one in archive.infolist()) > UNPACKED:
            return [_too_many()]
    return []


def _rows(path: Path, problems: list[Problem]) -> Iterator[Cells]:
    """The rows of the first sheet by number; what no list holds is noted."""
    with closing(load_workbook(path, read_only=True)) as book:
        sheet = book.worksheets[0]
        asked = {"max_row": MOST_ROWS + 2, "max_col": MOST_COLUMNS}
        for number, row in enumerate(sheet.iter_rows(**asked), 1):
            cells = tuple(_cell(cell, number, problems) for cell in row)
            if number == 1 or any(cells):
                yield number, cells


def _cell(cell: Any, number: int, problems: list[Problem]) -> str:
    """A cell as text, days as 2001-12-31 and whole numbers without a fraction."""
    value, kind = cell.value, cell.data_type
    if value is None:
        return ""
    if kind == "f":
        remedy = _("Copy the cells and paste them as values.")
        where = {"row": number, "column": cell.column_letter, "value": value}
        problems.append(problem(_("The cell holds a formula"), remedy, **where))
        return ""
    if kind == "e":
        remedy = _("Mend it, or empty the cell.")
        where = {"row": number, "column": cell.column_letter, "value": value}
        problems.append(problem(_("The cell holds an error"), remedy, **where))
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return " ".join(str(value).split())


def _fitted(cells: tuple[str, ...], width: int) -> tuple[str, ...]:
    """A row of the header's width."""
    return (*cells, *[""] * width)[:width]
