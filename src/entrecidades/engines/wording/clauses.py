"""A text as its clauses, each in every language of the text, and the hash by which it is known."""

import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

#: The canonical form's name: another form has another, and so other hashes.
FORM = "entrecidades-text-1"
#: The parts of a clause in one language.
PARTS = ("heading", "body")
BREAK = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
#: What XML cannot carry.
NO_SIGNS = "\ufffe\uffff"
#: A place that a person must still fill in: […] or [anything in brackets that ends in dots].
OPEN_BLANK = re.compile(r"\[[^\[\]]{0,80}…\]")


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause: its lasting key, whether it bears a number, and its words by language."""

    key: str
    heading: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, str] = field(default_factory=dict)
    numbered: bool = True

    def units(self) -> dict[str, str]:
        """The words as units of editing, ``heading.pt``; what is empty is left out."""
        told = {f"heading.{code}": words for code, words in self.heading.items()}
        told |= {f"body.{code}": words for code, words in self.body.items()}
        return {unit: words for unit, words in told.items() if words}


@dataclass(frozen=True, slots=True)
class Text:
    """A whole text: its languages in their order, its title in each, and its clauses."""

    languages: tuple[str, ...]
    title: Mapping[str, str]
    clauses: tuple[Clause, ...]


def tidy(words: str) -> str:
    r"""Words as a text keeps them: composed signs, one line for each paragraph, nothing unseen.

    Examples
    --------
    >>> tidy("  Os  partidos\r\n\r\n\tcooperam.\x00 ")
    'Os partidos\ncooperam.'
    """
    seen = "".join(map(_seen, BREAK.sub("\n", words)))
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", seen).split("\n"))
    return "\n".join(line for line in lines if line)


def heading_of(words: str) -> str:
    """Words as a heading: one line."""
    return " ".join(tidy(words).split())


def _seen(sign: str) -> str:
    """A sign; nothing for one that nobody sees, which would make texts differ that look alike."""
    if sign == "\n":
        return sign
    kind = unicodedata.category(sign)
    if kind == "Cc":
        return " "
    return "" if kind in {"Cf", "Cs"} or sign in NO_SIGNS else sign


def numbers(clauses: Sequence[Clause]) -> list[str]:
    """The number of each clause; a preamble has none.

    Examples
    --------
    >>> numbers([Clause("a", numbered=False), Clause("b"), Clause("c")])
    ['', '1', '2']
    """
    given, count = [], 0
    for clause in clauses:
        count += clause.numbered
        given.append(str(count) if clause.numbered else "")
    return given


def canonical(text: Text) -> bytes:
    """The bytes that are hashed: the same words are the same bytes, on every machine."""
    told = {
        "form": FORM,
        "languages": sorted(text.languages),
        "title": _spoken(text.title),
        "clauses": [
            {
                "numbered": clause.numbered,
                "heading": _spoken(clause.heading),
                "body": _spoken(clause.body),
            }
            for clause in text.clauses
        ],
    }
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(text: Text) -> str:
    """The text's SHA-256 hash, in hexadecimal signs."""
    return sha256(canonical(text)).hexdigest()


def _spoken(words: Mapping[str, str]) -> dict[str, str]:
    """The languages in which something is said."""
    return {code: one for code, one in words.items() if one}


def gaps(clause: Clause, languages: Sequence[str]) -> list[str]:
    """The languages in which a clause says nothing, or leaves a blank that somebody must fill.

    Examples
    --------
    >>> clause = Clause("a", body={"pt": "Dura […] anos.", "fr": "Dure deux ans."})
    >>> gaps(clause, ["pt", "fr", "en"])
    ['pt', 'en']
    """
    return [
        code
        for code in languages
        if not clause.body.get(code)
        or OPEN_BLANK.search(clause.body[code] + " " + clause.heading.get(code, ""))
    ]
