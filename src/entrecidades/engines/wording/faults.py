"""What can be wrong with a file that comes in, as codes; a room above says it in words."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What is wrong."""

    TOO_LARGE = "too_large"
    OLD_WORD = "old_word"
    NOT_WORD = "not_word"
    BOMB = "bomb"
    BROKEN = "broken"
    DOCTYPE = "doctype"
    MACROS = "macros"
    EMBEDDED = "embedded"
    OUTSIDE = "outside"
    NOT_OURS = "not_ours"
    TRACKED = "tracked"
    PICTURE = "picture"
    NOTE = "note"
    FORMULA = "formula"
    TABLE = "table"
    SYMBOL = "symbol"
    LOOSE = "loose"
    TWICE = "twice"
    HALF = "half"
    LONG = "long"
    ODD_ROW = "odd_row"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: what, in which row (0: the whole file), and some words of it."""

    kind: Kind
    row: int = 0
    words: str = ""
