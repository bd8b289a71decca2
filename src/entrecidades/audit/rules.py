"""How traces are written down and chained; pure, so that anybody can write it anew and check us.

A trace's link is SHA-256 over the JSON array ``[link before, position, act, subject, person, body,
person concerned, moment, facts, changes, commitment]`` without blanks, in UTF-8.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from secrets import token_hex
from typing import Any

#: What the first trace follows.
START = "0" * 64
Change = tuple[Any, Any]
Changes = Mapping[str, Change]

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


def commitment(salt: str | None, personal: str | None) -> str:
    """What the chain knows of personal values: enough to prove them, too little to tell them."""
    return sha256(f"{salt}\n{personal}".encode("utf-8", "surrogatepass")).hexdigest()


def is_kept(sealed: str, salt: str | None, personal: str | None) -> bool:
    """Whether the personal part is the one that was committed to, or was erased whole."""
    if salt is None and personal is None:
        return True
    return bool(sealed) and commitment(salt, personal) == sealed


def split(changes: Changes, personal: frozenset[str]) -> tuple[Changes, Changes]:
    """The changes anybody may keep for ever, and those that are somebody's own."""
    open_ = {name: change for name, change in changes.items() if name not in personal}
    own = {name: change for name, change in changes.items() if name in personal}
    return open_, own


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
