"""A Word file that comes back: its clauses by their tags, and everything that is wrong with it.

Only words are read. What a text cannot keep (pictures, notes, tracked changes) is a fault and
named, all at once; nothing is dropped in silence.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from entrecidades.engines.wording.clauses import heading_of, tidy
from entrecidades.engines.wording.faults import Fault, Kind
from entrecidades.engines.wording.parcel import opened
from entrecidades.engines.wording.tags import (
    BODY,
    HEADING,
    TITLE,
    Place,
    Stamp,
    place_of,
    stamp_of,
)

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
#: How long a heading and a body may be.
LONGEST = {HEADING: 300, BODY: 20_000}
#: More rows than any agreement has.
ROWS = 400
WRONG = {
    **dict.fromkeys(("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel"), Kind.TRACKED),
    **dict.fromkeys(("drawing", "pict", "object"), Kind.PICTURE),
    **dict.fromkeys(("footnoteReference", "endnoteReference"), Kind.NOTE),
    "sym": Kind.SYMBOL,
    "altChunk": Kind.EMBEDDED,
}
MATHS = "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "\N{NON-BREAKING HYPHEN}"}


@dataclass(slots=True)
class Row:
    """A clause as the file has it; one that was added in Word has no key."""

    key: str
    heading: dict[str, str] = field(default_factory=dict)
    body: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Reading:
    """What a file says, and what is wrong with it; with a fault nothing of it may be used."""

    stamp: Stamp | None = None
    title: dict[str, str] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read_word(content: bytes) -> Reading:
    """Read a .docx file that the house has written and somebody may have changed."""
    tree, faults = opened(content)
    reading = Reading(faults=faults)
    if tree is None:
        return reading
    reading.stamp = next(filter(None, map(stamp_of, _tags(tree))), None)
    tables = [one for one in tree.iter(f"{W}tbl") if _is_ours(one)]
    if reading.stamp is None or len(tables) != 1:
        reading.faults.append(Fault(Kind.NOT_OURS))
        return reading
    reading.faults += _loose(tree, tables[0])
    lines = list(_inside(tables[0], "tr"))
    if len(lines) > ROWS:
        reading.faults.append(Fault(Kind.LONG))
        return reading
    for number, line in enumerate(lines):
        _read_row(reading, line, number)
    _count(reading)
    return reading


def _tags(tree: Any) -> Iterator[str]:
    """The tags of a tree, in their order."""
    return (one.get(f"{W}val") or "" for one in tree.iter(f"{W}tag"))


def _is_ours(table: Any) -> bool:
    """Whether a table has a place of ours in it."""
    return any(map(place_of, _tags(table)))


def _inside(element: Any, name: str) -> Iterator[Any]:
    """The nearest parts of a name inside an element, through content controls around them."""
    for child in element:
        if child.tag == f"{W}{name}":
            yield child
        elif child.tag in {f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins"}:
            yield from _inside(child, name)


def _loose(tree: Any, table: Any) -> Iterator[Fault]:
    """Words outside the table after it begins: there no clause would keep them."""
    after = False
    for block in tree.find(f"{W}body"):
        if block is table or table in block.iterdescendants():
            after = True
        elif after and (words := tidy(_words(block))):
            yield Fault(Kind.LOOSE, words=words[:120])


def _read_row(reading: Reading, line: Any, number: int) -> None:
    """One row: by its tags, or by its columns if it was added in Word."""
    reading.faults += [Fault(kind, number) for kind in dict.fromkeys(_wrong(line))]
    stamp = reading.stamp
    cells = list(_inside(line, "tc"))
    said = {place: words for cell in cells for place, words in _placed(cell)}
    if said:
        _take_tagged(reading, said, number)
    elif stamp and any(tidy(_words(cell)) for cell in cells):
        if len(cells) != 1 + len(stamp.languages):
            reading.faults.append(Fault(Kind.ODD_ROW, number))
            return
        row = Row("")
        for code, cell in zip(stamp.languages, cells[1:], strict=True):
            first, _break, rest = tidy(_words(cell)).partition("\n")
            row.heading[code], row.body[code] = (first, rest) if rest else ("", first)
        reading.rows.append(row)


def _take_tagged(reading: Reading, said: dict[Place, str], number: int) -> None:
    """A row that knows which clause it is."""
    keys = list(dict.fromkeys(place.key for place in said))
    if len(keys) > 1:
        reading.faults.append(Fault(Kind.ODD_ROW, number))
        return
    row = Row(keys[0])
    for place, words in said.items():
        part = row.heading if place.part == HEADING else row.body
        part[place.language] = heading_of(words) if place.part == HEADING else tidy(words)
    if row.key == TITLE:
        reading.title = row.heading
        return
    wanted = {*(reading.stamp.languages if reading.stamp else ())}
    if row.heading.keys() != wanted or row.body.keys() != wanted:
        reading.faults.append(Fault(Kind.HALF, number))
    reading.rows.append(row)


def _placed(cell: Any) -> Iterator[tuple[Place, str]]:
    """What stands under each tag of a cell; what was written beside the tags goes to the body."""
    found: dict[Place, str] = {}
    around = list(cell.iterancestors(f"{W}sdt"))[:1]
    beside = []
    for block in cell:
        place = place_of(next(_tags(block), "")) if block.tag == f"{W}sdt" else None
        if place:
            found[place] = "" if _is_placeholder(block) else _words(block)
        elif block.tag in {f"{W}p", f"{W}sdt"} and tidy(words := _words(block)):
            beside.append(words)
    if not found and around:
        place = place_of(next(_tags(around[0]), ""))
        if place:
            found[place] = "\n".join(beside)
            beside = []
    if beside and (last := next((one for one in found if one.part == BODY), None)):
        found[last] = "\n".join([found[last], *beside])
    yield from found.items()


def _is_placeholder(control: Any) -> bool:
    """Whether Word shows “click here to enter text” because nothing is there."""
    about = control.find(f"{W}sdtPr")
    return about is not None and about.find(f"{W}showingPlcHdr") is not None


def _words(element: Any) -> str:
    """The words of an element: a line for each paragraph and each break."""
    told: list[str] = []
    for one in element.iter():
        name = one.tag.removeprefix(W) if isinstance(one.tag, str) else ""
        if name == "t":
            told.append(one.text or "")
        elif name == "p":
            told.append("\n")
        elif name in SIGNS:
            told.append(SIGNS[name])
    return "".join(told)


def _wrong(line: Any) -> Iterator[Kind]:
    """What a row has that a text cannot keep."""
    for one in line.iter():
        name = one.tag.removeprefix(W) if isinstance(one.tag, str) else ""
        if name in WRONG:
            yield WRONG[name]
        elif one.tag == MATHS:
            yield Kind.FORMULA
        elif name == "tbl":
            yield Kind.TABLE


def _count(reading: Reading) -> None:
    """Name what stands twice and what is too long."""
    seen = set[str]()
    for number, row in enumerate(reading.rows, start=1):
        if row.key and row.key in seen:
            reading.faults.append(Fault(Kind.TWICE, number, words=_some(row)))
        seen.add(row.key)
        for part, texts in ((HEADING, row.heading), (BODY, row.body)):
            if any(len(words) > LONGEST[part] for words in texts.values()):
                reading.faults.append(Fault(Kind.LONG, number))


def _some(row: Row) -> str:
    """A few words by which a reader knows the clause."""
    texts = [*row.heading.values(), *row.body.values()]
    return next((words[:80] for words in texts if words), "")
