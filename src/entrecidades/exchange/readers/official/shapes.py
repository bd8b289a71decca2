"""Tell the files of an official list by what stands in them, not by what they are called."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from entrecidades.exchange.readers.files import TextFile, read_text
from entrecidades.exchange.readers.official.units import Reading
from entrecidades.exchange.readers.problems import Problem, problem
from entrecidades.exchange.readers.tables import (
    Row,
    Table,
    header_of,
    read_bare_table,
    read_table,
    rows_of,
)

ENDINGS = (".csv", ".csv.gz", ".json", ".json.gz", ".txt", ".txt.gz")
MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class Shape:
    """One file of a list: the columns by which it is known.

    A file without a header (``bare``) is known by the number of its columns,
    which are then called by the names given here; one in JSON by the names of
    its first object.
    """

    name: str
    columns: tuple[str, ...]
    separator: str = ","
    needed: bool = True
    bare: bool = False
    json: bool = False

    def fits(self, text: str) -> bool:
        """Whether a text has this shape."""
        if self.json:
            beginning = text[:5000]
            return beginning.lstrip().startswith("[") and all(
                f'"{column}"' in beginning for column in self.columns
            )
        header = header_of(text, self.separator)
        if self.bare:
            return len(header) == len(self.columns) and any(_is_number(cell) for cell in header)
        return set(self.columns) <= set(header)


def _is_number(cell: str) -> bool:
    return cell.replace(".", "", 1).lstrip("-").isdecimal()


def files_in(sources: Sequence[Path]) -> list[Path]:
    """The files meant by files and folders; what a folder holds besides data is passed over."""
    found: list[Path] = []
    for source in map(Path, sources):
        if source.is_dir():
            found += [one for one in sorted(source.iterdir()) if one.name.endswith(ENDINGS)]
        else:
            found.append(source)
    return found


def sort_files(
    paths: Sequence[Path], shapes: Sequence[Shape], reading: Reading
) -> dict[str, TextFile]:
    """Which file is which part of the list; what is missing or not known is told."""
    files: dict[str, TextFile] = {}
    for path in paths[:MOST_FILES]:
        file = read_text(path)
        reading.problems.extend(file.problems)
        shape = next((one for one in shapes if file.text and one.fits(file.text)), None)
        if shape is None:
            if not file.problems:
                said = _("The file is no part of this list that is read")
                reading.remarks.append(problem(said, _("It is left aside."), value=file.name))
        elif shape.name in files:
            said, remedy = _("Two files hold the same part of the list"), _("Give only one.")
            reading.problems.append(problem(said, remedy, value=file.name))
        else:
            files[shape.name] = file
    for shape in shapes:
        if shape.needed and shape.name not in files:
            reading.problems.append(_missing(shape))
    return files


def _missing(shape: Shape) -> Problem:
    separator = "TAB" if shape.separator == "\t" else shape.separator
    return problem(
        _("A file of the list is missing"),
        _("Give a file with the columns %(columns)s, separated by “%(separator)s”.")
        % {"columns": ", ".join(shape.columns), "separator": separator},
        value=shape.name,
    )


def rows_in(files: Mapping[str, TextFile], shape: Shape, reading: Reading) -> Iterable[Row]:
    """The rows of one part of a list; none where the file is not there."""
    file = files.get(shape.name)
    if file is None:
        return ()
    if shape.bare:
        width = len(shape.columns)
        bare = read_bare_table(file.text, width=width, separator=shape.separator)
        table = Table(shape.columns, bare.rows, bare.problems)
    else:
        table = read_table(file.text, required=shape.columns, separator=shape.separator)
    return rows_of(table, reading.problems)
