"""A Word file before anything in it is believed: what is packed, and what it points to."""

import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile, ZipInfo

from entrecidades.engines.wording.faults import Fault, Kind

#: In bytes: what may be handed in, and what may come out of it, in one part and in all.
LARGEST, PART, ALL = 5_000_000, 20_000_000, 60_000_000
#: How many parts a file may have, and how deep and long its XML may be.
PARTS = 2_000
MAIN = "word/document.xml"
TYPES = "[Content_Types].xml"
MACROS = ("vbaproject.bin", "vbadata.xml")
HARMLESS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
REL = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


def opened(content: bytes) -> tuple[Any | None, list[Fault]]:
    """The main part of a Word file as a tree, and everything that speaks against the file."""
    if len(content) > LARGEST:
        return None, [Fault(Kind.TOO_LARGE)]
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return None, [Fault(Kind.OLD_WORD)]
    try:
        with ZipFile(BytesIO(content)) as parcel:
            return _looked_through(parcel)
    except (
        BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ):
        return None, [Fault(Kind.NOT_WORD)]


def _looked_through(parcel: ZipFile) -> tuple[Any | None, list[Fault]]:
    """Count before unpacking, then look at every part that may do something."""
    entries = parcel.infolist()
    if len(entries) > PARTS or sum(entry.file_size for entry in entries) > ALL:
        return None, [Fault(Kind.BOMB)]
    names = [entry.filename for entry in entries]
    if MAIN not in names or TYPES not in names:
        return None, [Fault(Kind.NOT_WORD)]
    if len({*names}) < len(names):
        return None, [Fault(Kind.NOT_WORD)]
    faults = [*_macros(parcel, names)]
    for entry in entries:
        if entry.filename.endswith(".rels"):
            faults += _pointing_out(parcel, entry)
    tree, broken = parsed(parcel, parcel.getinfo(MAIN))
    return tree, [*dict.fromkeys([*faults, *broken])]


def _macros(parcel: ZipFile, names: list[str]) -> Iterator[Fault]:
    """Whether the file carries programs, or says that it does."""
    types = _unpacked(parcel, parcel.getinfo(TYPES)) or b""
    carried = any(name.lower().endswith(MACROS) for name in names)
    if carried or b"macroenabled" in types.lower() or b"vbaproject" in types.lower():
        yield Fault(Kind.MACROS)
    if any(name.lower().startswith(("word/embeddings/", "word/activex/")) for name in names):
        yield Fault(Kind.EMBEDDED)


def _pointing_out(parcel: ZipFile, entry: ZipInfo) -> Iterator[Fault]:
    """What a part would fetch from elsewhere; a link that somebody may click fetches nothing."""
    tree, broken = parsed(parcel, entry)
    yield from broken
    for one in tree.iter(REL) if tree is not None else ():
        if one.get("TargetMode") == "External" and one.get("Type") != HARMLESS:
            yield Fault(Kind.OUTSIDE, words=(one.get("Target") or "")[:120])


def parsed(parcel: ZipFile, entry: ZipInfo) -> tuple[Any | None, list[Fault]]:
    """A part as a tree: no entities, no document types, nothing fetched, not beyond the limits."""
    from lxml import etree  # noqa: PLC0415 - wanted only by those who read a file

    content = _unpacked(parcel, entry)
    if content is None:
        return None, [Fault(Kind.BOMB)]
    reader = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
    )
    try:
        tree = etree.fromstring(content, reader)
    except etree.XMLSyntaxError:
        return None, [Fault(Kind.BROKEN)]
    if tree.getroottree().docinfo.doctype:
        return None, [Fault(Kind.DOCTYPE)]
    return tree, []


def _unpacked(parcel: ZipFile, entry: ZipInfo) -> bytes | None:
    """The bytes of a part; None where there are more than it says or than may be."""
    with parcel.open(entry) as part:
        content = part.read(PART + 1)
    return None if len(content) > PART else content
