"""Open a text file that a stranger may have made: size, packing and encoding are doubted."""

import hashlib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from entrecidades.exchange.readers.problems import Problem, problem

MIB = 2**20
#: No text this house reads is larger, unpacked.
LARGEST = 200 * MIB
#: Above this size, text that shrank to less than a fiftieth is a trap, not text.
SUSPECT_FROM, SUSPECT_RATIO = 64 * MIB, 50
STEP = 1 * MIB
GZIP, ZIP, UTF_16 = b"\x1f\x8b", b"PK\x03\x04", (b"\xff\xfe", b"\xfe\xff")
BAD_LINES_SHOWN = 100


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file's text; what was wrong with it instead, if anything was.

    ``digest`` is the SHA-256 of the file as it lies on the disk.
    """

    name: str
    digest: str
    text: str
    problems: tuple[Problem, ...]


class Unreadable(Exception):
    """The file cannot be read as text at all; carries every reason."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems


def read_text(path: Path, *, is_western: bool = False) -> TextFile:
    """Read a text file, plain or gzip, in UTF-8; what is wrong is told, not raised.

    With ``is_western`` a text that is no UTF-8 is read in the old encoding of the West instead.
    """
    raw = b""
    try:
        raw = _load(path)
        text = _decode(_unpack(raw, packed=path.suffix == ".gz"), is_western=is_western)
    except Unreadable as told:
        return TextFile(path.name, digest_of([raw]), "", tuple(told.problems))
    return TextFile(path.name, digest_of([raw]), text, ())


def digest_of(parts: Iterable[bytes]) -> str:
    """The SHA-256 of some bytes, each part with its length so that no two lists look alike."""
    total = hashlib.sha256()
    for part in parts:
        total.update(len(part).to_bytes(8, "big") + part)
    return total.hexdigest()


def _load(path: Path) -> bytes:
    """The bytes on the disk."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise Unreadable(_too_large())
        raw = path.read_bytes()
    except OSError:
        remedy = _("Give the path of a file that exists and may be read.")
        raise Unreadable(problem(_("The file cannot be opened"), remedy, value=path)) from None
    if not raw.strip():
        raise Unreadable(_empty())
    return raw


def _empty() -> Problem:
    return problem(_("The file is empty"), _("Export it again."))


def _too_large() -> Problem:
    return problem(
        _("The file holds more than %d MiB") % (LARGEST // MIB), _("Split it into several files.")
    )


def _unpack(raw: bytes, *, packed: bool) -> bytes:
    """What a gzip file holds, unpacked step by step so that a trap cannot fill the memory."""
    if not raw.startswith(GZIP):
        if packed:
            remedy = _("Take “.gz” from its name, or compress it with gzip.")
            raise Unreadable(problem(_("The file is called .gz and is not gzip"), remedy))
        return raw
    parts: list[bytes] = []
    total, rest = 0, raw
    while rest:
        opened = zlib.decompressobj(wbits=31)
        while not opened.eof:
            part = _step(opened, rest)
            rest = opened.unconsumed_tail
            parts.append(part)
            total += len(part)
            if total > LARGEST:
                raise Unreadable(_too_large())
            if total > SUSPECT_FROM and total > SUSPECT_RATIO * len(raw):
                raise Unreadable(_trap())
            if not part and not rest and not opened.eof:
                raise Unreadable(_broken())
        # Padding between members is allowed; anything else would be another member.
        rest = opened.unused_data.lstrip(b"\0")
    return b"".join(parts)


def _step(opened: "zlib._Decompress", rest: bytes) -> bytes:
    """The next part of a member."""
    try:
        return opened.decompress(rest, STEP)
    except zlib.error:
        raise Unreadable(_broken()) from None


def _broken() -> Problem:
    return problem(_("The compressed file is damaged"), _("Download or compress it again."))


def _trap() -> Problem:
    text = _("The file unpacks to more than %d times its size") % SUSPECT_RATIO
    return problem(text, _("Give it unpacked, if you know what it holds."))


def _decode(raw: bytes, *, is_western: bool) -> str:
    """Bytes as text in UTF-8, with or without its mark; each line that is not is told."""
    if raw.startswith(ZIP):
        remedy = _("Open it and save the sheet as CSV in UTF-8.")
        raise Unreadable(problem(_("This is a spreadsheet or archive, not a text"), remedy))
    if raw.startswith(UTF_16):
        raise Unreadable(problem(_("The text is in UTF-16"), _("Save it as CSV in UTF-8.")))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        if not is_western:
            raise Unreadable(*_bad_lines(raw)) from None
        text = _western(raw)
    if "\0" in text:
        row = text.count("\n", 0, text.index("\0")) + 1
        raise Unreadable(problem(_("This is not a text"), _("Save it as CSV in UTF-8."), row=row))
    if not text.strip():
        raise Unreadable(_empty())
    return text


def _western(raw: bytes) -> str:
    """Bytes in Windows-1252, or in Latin-1 where they hold what Windows does not know."""
    try:
        return raw.decode("cp1252")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _bad_lines(raw: bytes) -> list[Problem]:
    """The lines that are not UTF-8, as the old encoding of the West would show them."""
    found = []
    for row, line in enumerate(raw.split(b"\n"), 1):
        try:
            line.decode()
        except UnicodeDecodeError as error:
            shown = line[max(error.start - 20, 0) : error.start + 20].decode("cp1252", "replace")
            found.append(
                problem(
                    _("The text is not in UTF-8"),
                    _("Save the file as UTF-8; it may be in Windows-1252 now."),
                    row=row,
                    value=shown,
                )
            )
        if len(found) == BAD_LINES_SHOWN:
            break
    return found
