"""The pack: the dossier, its facts as tables and as data, the body's history, and their sums."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entrecidades.audit.selectors.history import head
from entrecidades.engines.typesetting import typeset
from entrecidades.exchange.exports.comma import csv_pieces
from entrecidades.exchange.exports.history import TRACES, trace_records
from entrecidades.exchange.exports.records import json_pieces, told
from entrecidades.exchange.exports.sheet import Facts, Record, Sheet
from entrecidades.handover.dossier.facts import dossier_facts
from entrecidades.handover.selectors.desk import Desk, Section
from entrecidades.handover.selectors.dossier import SECTIONS
from entrecidades.handover.selectors.sections.past import full, history

TEMPLATE = Path(__file__).with_name("dossier.typ")
Progress = Callable[[int, int], None]
#: What is made besides the sections: the dossier and the history.
BESIDES = 2


def dossier_pdf(desk: Desk) -> bytes:
    """The dossier of a desk, in the reader's language."""
    return typeset(TEMPLATE, dossier_facts(desk, [find(desk) for find in SECTIONS]))


def pack_zip(desk: Desk, progress: Progress | None = None) -> bytes:
    """The pack of a desk; ``progress`` is told how many parts of how many are made."""
    buffer, sums = BytesIO(), []
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        for name, content in _files(desk, progress or _silent):
            archive.writestr(_entry(name, desk.at), content)
            sums.append(f"{sha256(content).hexdigest()}  {name}\n")
        archive.writestr(_entry("SHA256SUMS", desk.at), "".join(sums))
    return buffer.getvalue()


def _silent(_done: int, _total: int) -> None:
    """Nobody asked how far it is."""


def _files(desk: Desk, progress: Progress) -> Iterator[tuple[str, bytes]]:
    """Each file of the pack, in its order."""
    total = len(SECTIONS) + BESIDES
    sections = []
    for number, find in enumerate(SECTIONS, start=1):
        sections.append(find(desk))
        progress(number, total)
    yield "README.txt", _readme(desk, sections).encode()
    yield "dossier.pdf", typeset(TEMPLATE, dossier_facts(desk, sections))
    progress(len(SECTIONS) + 1, total)
    for section in sections:
        sheet = _sheet(desk, section)
        yield f"data/{section.key}.csv", b"".join(csv_pieces(sheet))
        yield f"data/{section.key}.json", b"".join(json_pieces(sheet))
    yield "history.json", _history(desk)
    progress(total, total)


def _entry(name: str, at: datetime) -> ZipInfo:
    """A file in the archive, as of the dossier's moment, so that nothing tells of the machine."""
    entry = ZipInfo(name, at.timetuple()[:6])
    entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o600 << 16
    return entry


def _sheet(desk: Desk, section: Section) -> Sheet:
    """A section as one of the house's tables."""
    columns = (*(column.key for column in section.columns), "address")
    if columns.count("address") > 1:
        columns = columns[:-1]
    rows = [
        (*line.cells, full(line.address) if line.address else None)[: len(columns)]
        for line in section.lines
    ]
    return Sheet(section.key, columns, [Record(row) for row in rows], _about(desk, section))


def _about(desk: Desk, section: Section) -> Facts:
    """What a reader of a table must know."""
    return Facts(
        title=section.title,
        licence=_("For the body’s own people. It names people and tells of drafts."),
        attribution=desk.body.name,
        query=section.key,
        address=full(desk.body.get_absolute_url()),
        language=get_language() or "",
        written_at=desk.at,
        row_count=len(section.lines),
    )


def _history(desk: Desk) -> bytes:
    """Every trace of the body in the order of the chain, and where the chain ends."""
    end = head()
    traces = history(desk).filter(position__isnull=False).order_by("position")
    records = trace_records(traces)
    rows = [dict(zip(TRACES, map(told, one.values), strict=True)) for one in records]
    chain = {"position": end.position, "hash": end.hash}
    return json.dumps({"head": chain, "traces": rows}, ensure_ascii=False, indent=1).encode()


def _readme(desk: Desk, sections: list[Section]) -> str:
    """What is in the pack, for whoever opens it first."""
    facts = {
        "body": desk.body.name_in(),
        "day": date_format(desk.on, "DATE_FORMAT"),
        "address": full(desk.body.get_absolute_url()),
    }
    lines = [
        _("Hand-over pack of %(body)s, as of %(day)s") % facts,
        "",
        _("dossier.pdf – everything, to read and to print"),
        _("data/ – the same facts as tables (CSV) and as data (JSON), a file for each section:"),
        *(f"    {one.key} – {one.title} ({len(one.lines)})" for one in sections),
        _("history.json – every act on record for the body, and where the chain of history ends"),
        _("SHA256SUMS – check that nothing was changed: sha256sum -c SHA256SUMS"),
        "",
        _(
            "In the tables a quotation mark stands before a text that a spreadsheet could take "
            "for a formula."
        ),
        _("For the body’s own people. It names people and tells of drafts."),
        _("What is true now stands at %(address)s") % facts,
    ]
    return "\r\n".join(lines) + "\r\n"
