"""A text as a PDF file: its languages in columns, clause beside clause, to archive and to sign.

The same text, order of languages and signatories are the same bytes; the hash and the version
stand on every page and in what the file says of itself.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from entrecidades.engines.typesetting import printable, typeset
from entrecidades.engines.wording.clauses import Clause, Text, digest, numbers

#: A blank after an opening sign or before a closing one, in French.
APART = re.compile(r"(?<=«) | (?=[»:;?!])")
TEMPLATE = Path(__file__).with_name("columns.typ")


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signs for a party: the party's name by language, her name and her office."""

    party: Mapping[str, str]
    name: str
    post: str


@dataclass(frozen=True, slots=True)
class Imprint:
    """What stands on the file besides the text; ``words`` are ours, by language and by name."""

    reference: str
    version: int
    on: date
    is_draft: bool
    words: Mapping[str, Mapping[str, str]]
    signers: Sequence[Signer] = ()


#: The words an imprint brings in each language of the text.
WORDS = ("language", "draft", "version", "signatures", "post")


def columns_pdf(text: Text, imprint: Imprint, order: Sequence[str] | None = None) -> bytes:
    """The text as PDF/A-2a and PDF/UA-1, its languages in an order (their own when none is named).

    Raises
    ------
    ValueError
        When the order is not one of the text's languages.
    """
    codes = tuple(order or text.languages)
    if sorted(codes) != sorted(text.languages):
        raise ValueError(codes)
    return typeset(TEMPLATE, printable(_facts(text, imprint, codes)))


def _facts(text: Text, imprint: Imprint, codes: tuple[str, ...]) -> dict[str, Any]:
    """Everything that the template reads."""
    return {
        "hash": digest(text),
        "reference": imprint.reference,
        "version": imprint.version,
        "date": [imprint.on.year, imprint.on.month, imprint.on.day],
        "draft": imprint.is_draft,
        "languages": [_language(code, text, imprint) for code in codes],
        "clauses": [
            {
                "number": number,
                "said": [_said(one, code) for code in codes],
            }
            for number, one in zip(numbers(text.clauses), text.clauses, strict=True)
        ],
        "signers": [
            {
                "party": [one.party.get(code, "") for code in codes],
                "name": one.name,
                "post": one.post,
            }
            for one in imprint.signers
        ],
    }


def _said(clause: Clause, code: str) -> dict[str, Any]:
    """A clause in one language, line by line: print knows no other breaks (`typeface.shown`)."""
    heading, body = (printed(said.get(code, ""), code) for said in (clause.heading, clause.body))
    return {"heading": heading, "body": body.split("\n")}


def printed(words: str, code: str) -> str:
    r"""Words as they are set: in French a sign that stands apart is not parted from its word.

    A text keeps plain blanks only, so that nobody's keyboard makes another text of it.

    Examples
    --------
    >>> printed("les « Parties » :", "fr")
    'les «\xa0Parties\xa0»\xa0:'
    """
    if not code.startswith("fr"):
        return words
    return APART.sub("\N{NO-BREAK SPACE}", words)


def _language(code: str, text: Text, imprint: Imprint) -> dict[str, Any]:
    """One column: its language, for hyphens and those who are read to, and its words."""
    language, _hyphen, region = code.partition("-")
    words = {name: imprint.words[code][name] for name in WORDS}
    return {"lang": language, "region": region, "title": text.title.get(code, ""), "words": words}
