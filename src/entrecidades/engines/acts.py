"""A model of a council's act, as a Word file to be adapted and as a PDF to be read."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any

from entrecidades.engines.typesetting import printable, typeset
from entrecidades.engines.wording.word_out import LOCALES

#: Every word processor has it, and councils write in it.
TYPE = "Times New Roman"


@dataclass(frozen=True, slots=True)
class Act:
    """An act in one language: what it is called, on what it rests, what it says, who signs it."""

    language: str
    on: date
    title: str
    line: str
    recitals: tuple[str, ...]
    enacts: str
    articles: tuple[str, ...]
    closing: str
    signer: str
    note: str


def act_docx(act: Act) -> bytes:
    """The act as a .docx file, in plain paragraphs: black, justified, ready to be filed."""
    import docx  # noqa: PLC0415 - wanted only by those who make a file
    from docx.shared import Mm  # noqa: PLC0415 - with the library

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(26)
    section.top_margin = section.bottom_margin = Mm(28)
    _dress(document, LOCALES.get(act.language, act.language))
    title = act.title.replace("\u00a0", " ")
    document.core_properties.title, document.core_properties.author = title, "Entrecidades"
    document.core_properties.comments = ""
    day = datetime.combine(act.on, time.min)
    document.core_properties.created = document.core_properties.modified = day
    document.add_paragraph(act.note, style="Quote")
    document.add_heading(act.title, level=1)
    document.add_paragraph(act.line)
    for recital in act.recitals:
        document.add_paragraph(recital)
    enacts = document.add_paragraph(act.enacts)
    enacts.runs[0].bold = enacts.paragraph_format.keep_with_next = True
    for article in act.articles:
        document.add_paragraph(article)
    for words in (act.closing, "_" * 40):
        document.add_paragraph(words).paragraph_format.keep_with_next = True
    document.add_paragraph(act.signer)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _dress(document: Any, language: str) -> None:
    """Say the language of the words, and let all of them look like an act: one black type."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN  # noqa: PLC0415 - with the library
    from docx.oxml.ns import qn  # noqa: PLC0415 - with the library
    from docx.shared import Pt, RGBColor  # noqa: PLC0415 - with the library

    spoken = document.styles.element.find(f".//{qn('w:lang')}")
    if spoken is not None:
        spoken.set(qn("w:val"), language)
    looks = (("Normal", 12, ALIGN.JUSTIFY), ("Heading 1", 15, ALIGN.CENTER), ("Quote", 10, None))
    for name, size, align in looks:
        style = document.styles[name]
        style.font.size, style.font.color.rgb = Pt(size), RGBColor(0, 0, 0)
        style.font.name = TYPE
        fonts = style.element.rPr.rFonts
        for slot in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(slot), None)
        style.paragraph_format.space_after = Pt(10)
        if align is not None:
            style.paragraph_format.alignment = align


def act_pdf(act: Act) -> bytes:
    """The act as a PDF for archives; the same act is the same bytes."""
    language, _dash, region = act.language.partition("-")
    day = {"year": act.on.year, "month": act.on.month, "day": act.on.day}
    facts = printable({**asdict(act), "on": day})
    name = facts["title"].replace("\u00a0", " ")
    told = {**facts, "name": name, "language": language, "region": region.upper()}
    return typeset(Path(__file__).with_name("act.typ"), told)
