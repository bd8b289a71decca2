"""A text as a Word file: a table with a row for each clause and a column for each language.

Each heading and each body stands in a content control that cannot be deleted by mistake and whose
tag names its clause (`tags`), so that the file is understood when it comes back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from typing import Any

from entrecidades.engines.wording.clauses import Clause, Text, numbers
from entrecidades.engines.wording.tags import BODY, HEADING, TITLE, Place, Stamp

#: How Word names our languages, for its spelling.
LOCALES = {
    "pt": "pt-PT",
    "pt-br": "pt-BR",
    "fr": "fr-FR",
    "en": "en-GB",
    "it": "it-IT",
    "es": "es-ES",
}
#: Widths in twentieths of a point: the number, and what the languages share.
NUMBER_WIDE, PAGE_WIDE = 560, 9640


@dataclass(frozen=True, slots=True)
class Remark:
    """What somebody said of a clause, beside it in the file."""

    key: str
    author: str
    words: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that is written into a file besides the text."""

    stamp: Stamp
    line: str
    note: str
    names: Mapping[str, str]
    at: datetime
    remarks: Sequence[Remark] = field(default_factory=tuple)


def word_file(text: Text, sheet: Sheet) -> bytes:
    """The text as a .docx file."""
    import docx  # noqa: PLC0415 - wanted only by those who make a file

    document = docx.Document()
    _prepare(document, text, sheet)
    body = document.element.body
    body.insert(
        0, _control(str(sheet.stamp), sheet.line, [_paragraph(sheet.line, "en", small=True)], 1)
    )
    document.add_paragraph(sheet.note)
    table = document.add_table(rows=0, cols=1 + len(text.languages), style="Table Grid")
    _fit(table, len(text.languages))
    _header(table, text, sheet)
    rows = {}
    given = numbers(text.clauses)
    for number, clause in zip(given, text.clauses, strict=True):
        rows[clause.key] = _row(table, clause, number, text.languages)
    for remark in sheet.remarks:
        if remark.key in rows:
            run = rows[remark.key].cells[0].paragraphs[0].runs[0]
            document.add_comment(run, text=remark.words, author=remark.author, initials="")
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _prepare(document: Any, text: Text, sheet: Sheet) -> None:
    """Set the page and what the file says of itself."""
    from docx.shared import Mm, Pt  # noqa: PLC0415 - with the library

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Normal"].font.size = Pt(10.5)
    about = document.core_properties
    about.title = next((text.title[code] for code in text.languages if text.title.get(code)), "")
    about.author, about.comments, about.identifier = "Entrecidades", "", str(sheet.stamp)
    about.created = about.modified = sheet.at.replace(tzinfo=None)


def _fit(table: Any, languages: int) -> None:
    """Give the number a narrow column and the languages the rest, in equal parts."""
    from docx.shared import Twips  # noqa: PLC0415 - with the library

    table.autofit = False
    for n, column in enumerate(table.columns):
        column.width = Twips(PAGE_WIDE // languages if n else NUMBER_WIDE)


def _header(table: Any, text: Text, sheet: Sheet) -> None:
    """The first row, repeated on each page: the languages, and the title in each."""
    row = table.add_row()
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no other door
    properties.append(_element("tblHeader"))
    for n, code in enumerate(text.languages, start=1):
        cell = row.cells[n]._tc  # noqa: SLF001 - likewise
        cell.remove(cell.p_lst[0])
        cell.append(_paragraph(sheet.names.get(code, code), code, small=True))
        _fill(cell, Place(TITLE, code, HEADING), text.title.get(code, ""), n)


def _row(table: Any, clause: Clause, number: str, languages: Sequence[str]) -> Any:
    """One clause."""
    row = table.add_row()
    row.cells[0].paragraphs[0].add_run(number or "–")
    for n, code in enumerate(languages, start=1):
        cell = row.cells[n]._tc  # noqa: SLF001 - likewise
        cell.remove(cell.p_lst[0])
        seed = (len(table.rows) * 10 + n) * 10
        _fill(cell, Place(clause.key, code, HEADING), clause.heading.get(code, ""), seed)
        _fill(cell, Place(clause.key, code, BODY), clause.body.get(code, ""), seed + 1)
        cell.append(_paragraph("", code, small=True))
    return row


def _fill(cell: Any, place: Place, words: str, number: int) -> None:
    """Put some words into a cell, under the tag of their place."""
    bold = place.part == HEADING
    lines = words.split("\n")
    made = [_paragraph(line, place.language, bold=bold) for line in lines]
    cell.append(_control(str(place), place.part, made, 1000 + number))


def _control(tag: str, alias: str, blocks: Sequence[Any], number: int) -> Any:
    """A content control around some paragraphs: its words can be changed, itself not deleted."""
    about = _element("sdtPr")
    about.append(_element("alias", alias[:60]))
    about.append(_element("tag", tag))
    about.append(_element("id", str(number)))
    about.append(_element("lock", "sdtLocked"))
    inside = _element("sdtContent")
    for block in blocks:
        inside.append(block)
    control = _element("sdt")
    control.append(about)
    control.append(inside)
    return control


def _paragraph(words: str, code: str, *, bold: bool = False, small: bool = False) -> Any:
    """A paragraph in a language, so that Word checks its spelling in that language."""
    about = _element("rPr")
    if bold:
        about.append(_element("b"))
    if small:
        about.append(_element("sz", "16"))
    about.append(_element("lang", LOCALES.get(code, code)))
    text = _element("t")
    text.text = words
    text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run = _element("r")
    run.append(about)
    run.append(text)
    paragraph = _element("p")
    paragraph.append(run)
    return paragraph


def _element(name: str, value: str | None = None) -> Any:
    """An element of Word's language."""
    from docx.oxml import OxmlElement  # noqa: PLC0415 - with the library
    from docx.oxml.ns import qn  # noqa: PLC0415 - with the library

    made = OxmlElement(f"w:{name}")
    if value is not None:
        made.set(qn("w:val"), value)
    return made
