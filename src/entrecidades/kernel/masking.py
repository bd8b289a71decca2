"""What a log, or the last words of a failure, may tell: nothing that names or lets in anybody.

Services put no personal data into logs; this catches what libraries and failures do.
"""

import re

HIDDEN = "…"
#: `…@….tld`, also as an address bar or a form writes it.
ADDRESS = re.compile(r"[\w.!#$&'*+/=?^`{|}~-]+(?:@|%40)[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
#: What follows a question mark in an address is what somebody typed.
QUERY = re.compile(r"(?<=[\w/])\?[^\s\"'<>]+=[^\s\"'<>]*")
#: Values of what lets in, however they are written.
SECRET = re.compile(
    r"(?i)\b(authorization|cookie|set-cookie|sessionid|csrftoken|password\w*|token|code|key|secret)"
    r"(\"|')?(\s*[:=]\s*)(\"[^\"]*\"|'[^']*'|(?:bearer\s+|basic\s+)?[^\s,;&)\"']+)"
)
#: A public identifier is no secret.
UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
WORD = re.compile(r"(?<![\w.])[\w:-]{20,}")
MIXED = re.compile(r"(?=.*\d)(?=.*[A-Za-z])")
NETWORK = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")
#: Where PostgreSQL repeats the row that it refused.
DETAIL = re.compile(r"^(\s*DETAIL:).*$", re.MULTILINE)
QUOTED = re.compile(r"'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"|«[^»]*»|“[^”]*”")


def masked(words: str) -> str:
    """A line without e-mail addresses, networks, keys and what was typed into an address.

    Examples
    --------
    >>> masked("Not Found: /pt/search/?q=Ana for ana@maputo.example from 203.0.113.9")
    'Not Found: /pt/search/… for … from …'
    >>> masked("GET /en/board/0b7c2c1e-6e0c-4f6b-9d5c-3f4f6c1d2e3a/ password=tulip")
    'GET /en/board/0b7c2c1e-6e0c-4f6b-9d5c-3f4f6c1d2e3a/ password=…'
    """
    words = DETAIL.sub(rf"\1 {HIDDEN}", words)
    words = QUERY.sub(HIDDEN, words)
    words = ADDRESS.sub(HIDDEN, words)
    words = SECRET.sub(rf"\1\2\3{HIDDEN}", words)
    words = WORD.sub(_without_key, words)
    return NETWORK.sub(HIDDEN, words)


def _without_key(word: re.Match[str]) -> str:
    """A long word, unless letters and digits are mixed in it as in a key."""
    told = word.group()
    return HIDDEN if MIXED.match(told) and not UUID.fullmatch(told) else told


def last_words(failure: BaseException) -> str:
    """What a failure says of itself, without the values it quotes.

    Examples
    --------
    >>> last_words(ValueError("invalid literal for int(): 'Ana'"))
    'ValueError: invalid literal for int(): …'
    """
    return f"{type(failure).__name__}: {masked(QUOTED.sub(HIDDEN, str(failure)))}".strip()
