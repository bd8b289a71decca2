"""The tags by which a Word file remembers which clause is which; Word keeps them unseen."""

import re
from dataclasses import dataclass

PREFIX = "ec"
HEADING, BODY = "h", "b"
TITLE = "title"
#: Word cuts longer tags.
LONGEST = 64
_CELL = re.compile(
    rf"{PREFIX}:([a-z0-9-]{{1,40}}):([a-z]{{2}}(?:-[a-z]{{2}})?):([{HEADING}{BODY}])"
)
_STAMP = re.compile(rf"{PREFIX}:(text|model):([a-z0-9-]{{1,40}}):([0-9]{{1,6}}):([a-z,-]{{2,17}})")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a file is of: a text and its version, or one of our models (version 0)."""

    kind: str
    key: str
    version: int
    languages: tuple[str, ...]

    def __str__(self) -> str:
        return f"{PREFIX}:{self.kind}:{self.key}:{self.version}:{','.join(self.languages)}"


@dataclass(frozen=True, slots=True)
class Place:
    """Which part of which clause, in which language, a piece of a file is."""

    key: str
    language: str
    part: str

    def __str__(self) -> str:
        return f"{PREFIX}:{self.key}:{self.language}:{self.part}"


def stamp_of(tag: str) -> Stamp | None:
    """The stamp that a tag is, if it is one.

    Examples
    --------
    >>> stamp_of(str(Stamp("text", "0a1b", 7, ("pt", "fr"))))
    Stamp(kind='text', key='0a1b', version=7, languages=('pt', 'fr'))
    """
    found = _STAMP.fullmatch(tag)
    if not found:
        return None
    kind, key, version, languages = found.groups()
    return Stamp(kind, key, int(version), tuple(languages.split(",")))


def place_of(tag: str) -> Place | None:
    """The place that a tag names, if it names one.

    Examples
    --------
    >>> place_of("ec:0a1b:pt-br:h")
    Place(key='0a1b', language='pt-br', part='h')
    """
    found = _CELL.fullmatch(tag)
    return Place(*found.groups()) if found else None
