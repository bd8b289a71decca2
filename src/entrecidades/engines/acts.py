"""A model of a council's act, as a Word file to be adapted and as a PDF to be read."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path

from entrecidades.engines.typesetting import printable, typeset
from entrecidades.engines.wording.word_out import LOCALES


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
    """The act as a .docx file, in plain paragraphs."""
    import docx  # noqa: PLC0415 - wanted only by those who make a file
    from docx.oxml.ns import qn  # noqa: PLC0415 - with the library
    from docx.shared import Mm  # noqa: PLC0415 - with the library

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    language = document.styles.element.find(f".//{qn('w:lang')}")
    if language is not None:
        language.set(qn("w:val"), LOCALES.get(act.language, act.language))
    document.core_properties.title, document.core_properties.author = act.title, "Entrecidades"
    document.core_properties.comments = ""
    day = datetime.combine(act.on, time.min)
    document.core_properties.created = document.core_properties.modified = day
    document.add_paragraph(act.note).runs[0].italic = True
    document.add_heading(act.title, level=1)
    document.add_paragraph(act.line)
    for recital in act.recitals:
        document.add_paragraph(recital)
    document.add_paragraph(act.enacts).runs[0].bold = True
    for article in act.articles:
        document.add_paragraph(article)
    for words in (act.closing, "_" * 40, act.signer):
        document.add_paragraph(words)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def act_pdf(act: Act) -> bytes:
    """The act as a PDF for archives; the same act is the same bytes."""
    language, _dash, region = act.language.partition("-")
    day = {"year": act.on.year, "month": act.on.month, "day": act.on.day}
    facts = printable({**asdict(act), "on": day})
    told = {**facts, "language": language, "region": region.upper()}
    return typeset(Path(__file__).with_name("act.typ"), told)
