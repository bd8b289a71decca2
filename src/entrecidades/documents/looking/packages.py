"""Office files: ZIP archives of XML parts, looked into part by part and within bounds."""

import io
import struct
import zipfile
from pathlib import PurePosixPath
from typing import BinaryIO

from entrecidades.documents.looking.limits import PARTS, RATIO, SMALL, UNPACKED
from entrecidades.documents.looking.parts import problems_of_part, root_types
from entrecidades.documents.looking.problem import Found, Problem

PIECE, DEPTH = 1 << 16, 1
END = struct.Struct("<4s4H2LH")
MACROS = ("vbaproject", "vbadata", "activex", "oleobject", "basic/", "scripts/", "macrosheets")
RUN = frozenset(
    (
        *(".exe", ".dll", ".com", ".scr", ".msi", ".jar", ".class", ".js", ".jse", ".vbs"),
        *(".vbe", ".wsf", ".hta", ".lnk", ".bat", ".cmd", ".ps1", ".sh"),
    )
)
NESTED = frozenset({".docx", ".xlsx", ".odt", ".ods", ".pptx", ".odp"})
#: What a package calls its main part, and what it is then.
MAIN = {
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": "xlsx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "ods",
}


def look_into(file: BinaryIO, size: int, *, depth: int = 0) -> tuple[str, set[Problem]]:
    """What kind of office file an archive is, and what speaks against it.

    Raises
    ------
    Found
        When it is no office file, no whole archive, or would unpack beyond bounds.
    """
    _check_ends(file, size)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            _check_table(entries, size)
            found = _problems_of_names(entries)
            kind, others = _kind_of(archive, entries, depth)
            left = UNPACKED
            for entry in entries:
                more, left = _read(archive, entry, left, depth)
                found |= more
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, EOFError, struct.error):
        raise Found(Problem.BROKEN) from None
    except (NotImplementedError, RuntimeError, ValueError):
        raise Found(Problem.TOO_HARD) from None
    return kind, found | others


def _check_ends(file: BinaryIO, size: int) -> None:
    """Refuse an archive that begins late, or after which something follows."""
    if size < END.size:
        raise Found(Problem.BROKEN)
    file.seek(size - END.size)
    sign, *_numbers, length, start, comment = END.unpack(file.read(END.size))
    if sign != b"PK\x05\x06" or comment:
        raise Found(Problem.MORE_THAN_ONE)
    if start + length != size - END.size:
        raise Found(Problem.MORE_THAN_ONE)
    file.seek(0)


def _check_table(entries: list[zipfile.ZipInfo], size: int) -> None:
    """Refuse what its own table says is too much, or locked."""
    if not entries:
        raise Found(Problem.UNKNOWN)
    unpacked = sum(entry.file_size for entry in entries)
    is_bomb = unpacked > SMALL and unpacked > RATIO * size
    if len(entries) > PARTS or unpacked > UNPACKED or is_bomb:
        raise Found(Problem.UNPACKS_TOO_LARGE)
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise Found(Problem.LOCKED)


def _problems_of_names(entries: list[zipfile.ZipInfo]) -> set[Problem]:
    """What the names of the parts say against a file."""
    found, seen = set[Problem](), set[str]()
    for entry in entries:
        name = entry.orig_filename
        small = name.casefold()
        path = PurePosixPath(small)
        is_odd = not name.isprintable() or "\\" in name or ":" in name or path.is_absolute()
        if is_odd or ".." in path.parts or small in seen:
            found.add(Problem.BAD_NAMES)
        seen.add(small)
        if any(word in small for word in MACROS) or path.suffix in RUN:
            found.add(Problem.MACROS)
        if "externallinks/" in small:
            found.add(Problem.OUTSIDE)
    return found


def _kind_of(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], depth: int
) -> tuple[str, set[Problem]]:
    """Which office file it is by what it says of its main part; nested ones may be slides too."""
    names = {entry.filename for entry in entries}
    if "mimetype" in names:
        first = entries[0]
        if first.filename != "mimetype" or first.compress_type or first.file_size > PIECE:
            raise Found(Problem.BROKEN)
        types = {archive.read("mimetype").decode("ascii", "replace").strip()}
    elif "[Content_Types].xml" in names:
        with archive.open("[Content_Types].xml") as part:
            types = root_types(part)
    else:
        raise Found(Problem.UNKNOWN)
    if macros := [one for one in types if "macroenabled" in one.casefold()]:
        return ("docx" if "word" in macros[0] else "xlsx"), {Problem.MACROS}
    kinds = [MAIN[one] for one in types if one in MAIN]
    if len(kinds) > 1:
        raise Found(Problem.MORE_THAN_ONE)
    if not kinds and not depth:
        raise Found(Problem.UNKNOWN)
    return next(iter(kinds), "nested"), set()


def _read(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, depth: int
) -> tuple[set[Problem], int]:
    """Read one part to its end, so that what its table says is true, and look into it."""
    suffix = PurePosixPath(entry.filename.casefold()).suffix
    if suffix in {".xml", ".rels", ".vml", ".rdf"}:
        with archive.open(entry) as part:
            found, length = problems_of_part(part, entry.filename, left)
        return found, left - length
    if suffix in NESTED:
        return _look_deeper(archive, entry, left, depth)
    length, head = 0, b""
    with archive.open(entry) as part:
        while piece := part.read(PIECE):
            head, length = head or piece[:8], length + len(piece)
            if length > left:
                raise Found(Problem.UNPACKS_TOO_LARGE)
    is_run = head.startswith((b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0"))
    is_archive = head.startswith((b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf"))
    return ({Problem.MACROS} if is_run or is_archive else set()), left - length


def _look_deeper(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, left: int, depth: int
) -> tuple[set[Problem], int]:
    """An office file inside another, as the numbers behind a chart are; none inside that."""
    if depth >= DEPTH or entry.file_size > left:
        raise Found(Problem.TOO_HARD)
    with archive.open(entry) as part:
        content = part.read(left + 1)
    _kind, found = look_into(io.BytesIO(content), len(content), depth=depth + 1)
    return found, left - len(content)
