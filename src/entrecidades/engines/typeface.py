"""The signs that the typeface of our PDF files has; one it lacks is shown, never dropped."""

import unicodedata
from bisect import bisect

#: Ranges of signs, both ends included, that its roman, bold and italic all have.
RANGES = (
    *((0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x241), (0x250, 0x2E4), (0x2EA, 0x36F)),
    *((0x384, 0x38A), (0x38E, 0x3A1), (0x3A3, 0x3CE), (0x400, 0x45F), (0x490, 0x4C4)),
    *((0x4D0, 0x4F9), (0x5D0, 0x5EA), (0x1E00, 0x1E9B), (0x1EA0, 0x1EF9)),
    *((0x2010, 0x2027), (0x2030, 0x2037), (0x2039, 0x203E), (0x2070, 0x2071)),
    *((0x2074, 0x208E), (0x20AB, 0x20AC), (0x2116, 0x2116), (0x2122, 0x2122)),
    *((0x2153, 0x215E), (0x2190, 0x2199), (0x2212, 0x2212), (0x25A0, 0x25A1)),
)
FIRST = [first for first, _last in RANGES]
#: Stands where a sign is missing.
MISSING = "□"


def has(sign: str) -> bool:
    """Whether the typeface has a sign."""
    at = bisect(FIRST, ord(sign)) - 1
    return at >= 0 and ord(sign) <= RANGES[at][1]


def shown(text: str) -> str:
    r"""A text as our PDF files can print it.

    A sign that the typeface lacks is taken apart into signs it has, such as the digit of a
    circled digit; if it cannot be, a box stands for it. What is invisible is left out, and
    blanks of every kind are blanks.

    Examples
    --------
    >>> shown("São Tomé, Łódź"), shown("北京"), shown("①\u200b"), shown("a\tb")
    ('São Tomé, Łódź', '□□', '1', 'a b')
    """
    return "".join(_sign(sign) for sign in unicodedata.normalize("NFC", text))


def _sign(sign: str) -> str:
    """One sign, or what stands for it."""
    if has(sign):
        return sign
    kind = unicodedata.category(sign)
    if kind in {"Cc", "Zl", "Zp", "Zs"}:
        return " "
    if kind == "Cf":
        return ""
    parts = unicodedata.normalize("NFKD", sign)
    return parts if parts and all(map(has, parts)) else MISSING
