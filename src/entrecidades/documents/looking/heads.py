"""What a file is by its first bytes, whatever its name says."""

import re

from entrecidades.documents.looking.problem import Found, Problem

#: So much of a file is read to tell what it is.
HEAD = 4096
PNG, JPEG, PACKED = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"PK\x03\x04"
PDF = re.compile(rb"%PDF-[12]\.\d")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHER_PICTURES = (b"GIF8", b"BM", b"II*\0", b"MM\0*", b"\0\0\1\0", b"8BPS")
HEIF = re.compile(rb"ftyp(heic|heix|hevc|heim|mif1|msf1|avif|avis)")
PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"#!", b"\xcf\xfa\xed\xfe")
#: How texts begin that a browser would draw or run, were it asked.
WEB = re.compile(
    r"\s*(<!--.*?-->\s*)*<(!doctype|\?xml|\?php|html|head|body|svg|script|iframe|img|meta|style)\b"
    r"|\s*<!doctype",
    re.IGNORECASE | re.DOTALL,
)
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")


def family_of(head: bytes) -> str:
    """``pdf``, ``png``, ``jpeg``, ``webp``, ``packed``, or ``text`` when it may be one.

    Raises
    ------
    Found
        When it is something that is known and not taken.
    """
    if PDF.match(head):
        return "pdf"
    for start, family in ((PNG, "png"), (JPEG, "jpeg"), (PACKED, "packed")):
        if head.startswith(start):
            return family
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    _refuse_known(head)
    return "text"


def _refuse_known(head: bytes) -> None:
    """Say of some kinds that are not taken what they are."""
    if head.startswith(OLD_OFFICE):
        raise Found(Problem.OLD_OFFICE)
    if head.startswith(OTHER_PICTURES) or HEIF.match(head[4:12]):
        raise Found(Problem.OTHER_PICTURE)
    if head.startswith(PROGRAMS):
        raise Found(Problem.ACTIVE)


def text_in(content: bytes) -> str:
    """The text that a file is, whichever of three encodings it is written in.

    Raises
    ------
    Found
        When it is no text, or one that a browser would run.
    """
    if WEB.match(content[:HEAD].decode("latin-1")):
        raise Found(Problem.ACTIVE)
    words = _decoded(content)
    if words is None or UNSEEN.search(words):
        raise Found(Problem.UNKNOWN)
    if WEB.match(words[:HEAD]):
        raise Found(Problem.ACTIVE)
    if "%PDF-" in words[:HEAD]:
        raise Found(Problem.MORE_THAN_ONE)
    return words


def _decoded(content: bytes) -> str | None:
    """The words, or None when they are none; the mark of an encoding is no word."""
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
