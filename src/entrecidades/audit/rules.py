"""How traces are written down and chained; pure, so that anybody can write it anew and check us.

A trace's link is SHA-256 over the JSON array ``[link before, position, act, subject, person, body,
person concerned, moment, facts, changes, commitment]`` without blanks, in UTF-8.

What is somebody's own, and every word that could name somebody, is no part of it: it is kept
apart, each part under a salt of its own, and the chain covers a commitment to each. So any one
part can be taken out, and all others are proved as before.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from secrets import token_hex
from typing import Any

#: What the first trace follows.
START = "0" * 64
Change = tuple[Any, Any]
Changes = Mapping[str, Change]
#: What is kept apart: by part, the salt and the value.
Apart = Mapping[str, Sequence[Any]]
#: Of what a part is one: a person's own values, other changes, facts. Traces from before words
#: were kept apart have one part for all of a person's own values, called ``own`` alone.
OWN, CHANGES, FACTS = "own", "changes", "facts"
#: A full name has a blank in it, an address its sign: what has neither names nobody.
_NAMING = re.compile(r"[\s@]")

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_encode_sorted = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False
).encode


def plain(value: object) -> Any:
    """A value as JSON knows it: days and numbers of rows as text, sets in order.

    Examples
    --------
    >>> plain({"on": date(2013, 5, 2), "with": ("b", "a"), "themes": {2, 1}})
    {'on': '2013-05-02', 'with': ['b', 'a'], 'themes': [1, 2]}
    """
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(name): plain(inner) for name, inner in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(plain(inner) for inner in value)
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [plain(inner) for inner in value]
    return str(value).encode("utf-8", "replace").decode()


def canonical(value: object) -> str:
    """The one text of a value: names in order, no blanks, letters as they are.

    Examples
    --------
    >>> canonical({"b": date(2013, 5, 2), "a": "lixo é"})
    '{"a":"lixo é","b":"2013-05-02"}'
    """
    return _encode_sorted(plain(value))


def link(before: str, position: int, content: Sequence[Any]) -> str:
    """The hash that ties a trace to its place in the chain."""
    told = _encode([before, position, *content])
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def new_salt() -> str:
    """256 random bits: without them a commitment cannot be guessed back to its value."""
    return token_hex(32)


def commitment(salt: str, value: object) -> str:
    """What the chain knows of a part, a value as JSON knows it: its proof, not its words."""
    told = f"{salt}\n{_encode_sorted(value)}"
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def may_name(value: Any) -> bool:
    """Whether a value, as JSON knows it, has words that could name somebody.

    Examples
    --------
    >>> may_name(["draft", "published"]), may_name([None, {"pt": "Praças de Ana Nuvunga"}])
    (False, True)
    """
    if isinstance(value, str):
        return _NAMING.search(value) is not None
    if isinstance(value, Mapping):
        return any(may_name(name) or may_name(inner) for name, inner in value.items())
    return isinstance(value, list) and any(map(may_name, value))


@dataclass(frozen=True, slots=True)
class Content:
    """What a trace tells: what the chain covers word by word, and what is kept apart."""

    facts: Mapping[str, Any]
    changes: Changes
    apart: Apart

    @property
    def commitment(self) -> str:
        """What the chain covers of what is kept apart: the commitment to each part."""
        told = {part: commitment(*salted) for part, salted in self.apart.items()}
        return canonical(told) if told else ""


def content_of(facts: Mapping[str, Any], changes: Changes, personal: frozenset[str]) -> Content:
    """Set apart what is a person's own, and every word that could name somebody."""
    apart: dict[str, Sequence[Any]] = {}

    def stays(kind: str, name: str, value: Any) -> bool:
        if kind != OWN and not may_name(value):
            return True
        apart[f"{kind}.{name}"] = (new_salt(), value)
        return False

    told = {
        name: change
        for name, change in plain(changes).items()
        if stays(OWN if name in personal else CHANGES, name, change)
    }
    kept = {name: fact for name, fact in plain(facts).items() if stays(FACTS, name, fact)}
    return Content(kept, told, apart)


def parts_of(apart: Apart, kind: str) -> Iterator[tuple[str, Any]]:
    """The values of one kind that are kept apart still, by name."""
    for part, salted in apart.items():
        of, _dot, name = part.partition(".")
        if of == kind and len(salted) == 2:  # noqa: PLR2004 - (salt, value)
            yield from ((name, salted[1]),) if name else salted[1].items()


def promised(sealed: str) -> Mapping[str, str]:
    """The commitment to each part, as the chain covers them."""
    if not sealed:
        return {}
    return json.loads(sealed) if sealed.startswith("{") else {OWN: sealed}


def taken_out(sealed: str, apart: str) -> Mapping[str, str]:
    """The parts that are no longer there, with their commitments; the others are proved.

    Raises
    ------
    ValueError
        When a part is not the one that was committed to.
    """
    told, kept = promised(sealed), json.loads(apart)
    for part, salted in kept.items():
        if told.get(part) != commitment(*salted):
            raise ValueError(part)
    gone = told.keys() - kept.keys()
    return {part: told[part] for part in gone}


def read_head(raw: str) -> tuple[int, str]:
    """A published head, written ``POSITION:HASH``.

    Raises
    ------
    ValueError
        When it is written in another way.
    """
    position, _colon, digest = raw.strip().partition(":")
    clean = digest.strip().lower()
    if not (position.isascii() and position.isdigit() and len(clean) == len(START)):
        raise ValueError(raw)
    int(clean, 16)
    return int(position), clean
