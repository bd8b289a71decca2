"""The XML parts of an office file: read as they come, never resolved, never fetched."""

import re
from collections.abc import Mapping
from typing import IO
from xml.parsers import expat

from entrecidades.documents.looking.problem import Found, Problem

PIECE, NESTING = 1 << 16, 512
#: Where a link may lead that a reader follows herself.
FOLLOWED = re.compile(r"(https?://|mailto:|tel:|#|\.?/?[\w ./-]*(#|$))", re.IGNORECASE)
ELSEWHERE = re.compile(r"\s*([a-z][a-z0-9+.-]*:|//|\\\\)", re.IGNORECASE)
FETCHING = re.compile(r"\b(DDEAUTO|DDE|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK)\b")
COMMAND = re.compile(r"^[\s=+]*'?[\w .\\:-]+'?\|")
WEB_FORMULA = re.compile(r"\b(WEBSERVICE|DDE|FILTERXML)\s*\(", re.IGNORECASE)
#: Elements whose link is fetched without asking the reader.
FETCHED = frozenset(
    (
        *("image", "object", "object-ole", "plugin", "applet", "floating-frame", "imagedata"),
        *("section-source", "table-source", "cell-range-source", "fill-image"),
        *("background-image", "font-face-uri", "database-source", "include", "altChunk"),
    )
)


class Part:
    """What one part has told so far."""

    def __init__(self, name: str) -> None:
        self.is_relations = name.casefold().endswith(".rels")
        self.found: set[Problem] = set()
        self.depth = 0
        self.inside = ""
        self.instructions: list[str] = []
        self.formula: list[str] = []

    def begin(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self.depth += 1
        if self.depth > NESTING:
            raise Found(Problem.TOO_HARD)
        local = tag.rpartition(":")[2]
        if self.is_relations:
            self.relation(attributes)
        else:
            self.element(local, attributes)
        self.inside = local

    def relation(self, told: Mapping[str, str]) -> None:
        """A part names another part, or something outside."""
        if told.get("TargetMode", "").casefold() != "external":
            if ELSEWHERE.match(told.get("Target", "")):
                self.found.add(Problem.OUTSIDE)
            return
        is_link = told.get("Type", "").endswith("/hyperlink")
        if not is_link or not FOLLOWED.match(told.get("Target", "")):
            self.found.add(Problem.OUTSIDE)

    def element(self, local: str, told: Mapping[str, str]) -> None:
        """An element that fetches, or runs, is a problem."""
        if local == "fldSimple":
            self.instructions.append(_of(told, "instr"))
        if local in {"event-listener", "script", "dde-source", "dde-link", "ddeLink"}:
            self.found.add(Problem.MACROS)
        target = _of(told, "href") or _of(told, "src")
        if local in FETCHED and ELSEWHERE.match(target):
            self.found.add(Problem.OUTSIDE)
        if local == "a" and target and not FOLLOWED.match(target):
            self.found.add(Problem.OUTSIDE)
        if local == "table-cell" and WEB_FORMULA.search(_of(told, "formula")):
            self.found.add(Problem.OUTSIDE)

    def words(self, words: str) -> None:
        """Text inside an element."""
        if self.inside == "instrText":
            self.instructions.append(words)
        elif self.inside in {"f", "definedName"}:
            self.formula.append(words)

    def end(self, _tag: str) -> None:
        """An element ends."""
        self.depth -= 1
        formula, self.formula = "".join(self.formula), []
        if COMMAND.match(formula) or WEB_FORMULA.search(formula):
            self.found.add(Problem.OUTSIDE)
        self.inside = ""

    def problems(self) -> set[Problem]:
        """What speaks against the part, once it was read."""
        if FETCHING.search("".join(self.instructions)):
            self.found.add(Problem.OUTSIDE)
        return self.found


def problems_of_part(part: IO[bytes], name: str, left: int) -> tuple[set[Problem], int]:
    """What speaks against a part, and how long it is.

    Raises
    ------
    Found
        When it declares a document type or entities, is no XML, or is longer than allowed.
    """
    told = Part(name)
    reader = _reader()
    reader.StartElementHandler = told.begin
    reader.EndElementHandler = told.end
    reader.CharacterDataHandler = told.words
    length = _feed(reader, part, left)
    return told.problems(), length


def root_types(part: IO[bytes]) -> set[str]:
    """The content types that a package declares."""
    types = set[str]()
    reader = _reader()
    reader.StartElementHandler = lambda _tag, told: types.add(told.get("ContentType", ""))
    _feed(reader, part, 1 << 20)
    return types


def _reader() -> expat.XMLParserType:
    """A reader that stops where a document type or an entity is declared."""

    def refuse(*_facts: object) -> None:
        raise Found(Problem.ENTITIES)

    reader = expat.ParserCreate()
    reader.buffer_text = True
    reader.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    reader.StartDoctypeDeclHandler = refuse
    reader.EntityDeclHandler = refuse
    return reader


def _feed(reader: expat.XMLParserType, part: IO[bytes], left: int) -> int:
    """Let the reader read a part to its end; how long it was."""
    length = 0
    try:
        while piece := part.read(PIECE):
            length += len(piece)
            if length > left:
                raise Found(Problem.UNPACKS_TOO_LARGE)
            reader.Parse(piece, False)  # noqa: FBT003 - more comes
        reader.Parse(b"", True)  # noqa: FBT003 - this was all
    except expat.ExpatError:
        raise Found(Problem.BROKEN) from None
    return length


def _of(told: Mapping[str, str], local: str) -> str:
    """An attribute by its name, whatever its prefix."""
    return next((value for name, value in told.items() if name.rpartition(":")[2] == local), "")
