"""PDF files are kept as they are, for a signature holds only so; what acts in them is refused.

Words that make a PDF act are looked for in all its bytes, in those that are packed as objects
too, however they are spelled. It is not asked whether anything leads there: a file that hides
such words is none that an office needs.
"""

import re
import zlib
from collections.abc import Iterator

from entrecidades.documents.looking.limits import OBJECTS
from entrecidades.documents.looking.problem import Found, Problem

SPELLED = re.compile(rb"#([0-9A-Fa-f]{2})")
SCRIPTS = re.compile(rb"/(JavaScript|Launch|RichMedia|ImportData|Rendition)\b")
FORMS = re.compile(rb"/XFA\b")
FILES = re.compile(rb"/(EmbeddedFiles?|GoToE)\b")
LOCKED = re.compile(rb"/Encrypt\s*(\d+\s+\d+\s+R|<<)")
END = re.compile(rb"%%EOF\s*$")
STREAM = re.compile(rb"stream\r?\n")
PACKED = re.compile(rb"/ObjStm\b")
FILTER = re.compile(rb"/(?:Filter|F)\b\s*(\[[^\]]*\]|/\w+)")
PREDICTED = re.compile(rb"/Predictor\s+(?!1\b)\d")
#: A dictionary before a stream is not longer than this.
BEFORE = 4096
TAIL = 66_000


def problems_of(content: bytes) -> set[Problem]:
    """What speaks against a PDF.

    Raises
    ------
    Found
        When it is cut off, goes on after its end, or cannot be looked into.
    """
    if not END.search(content[-1100:]):
        raise Found(Problem.MORE_THAN_ONE if b"%%EOF" in content else Problem.BROKEN)
    if b"PK\x05\x06" in content[-TAIL:]:
        raise Found(Problem.MORE_THAN_ONE)
    found = set[Problem]()
    for part in (content, *_packed_objects(content)):
        found |= _acting(_plainly(part))
    if LOCKED.search(_plainly(_outside_streams(content))):
        found.add(Problem.LOCKED)
    return found


def _plainly(part: bytes) -> bytes:
    """Names without the spelling that hides them: ``/J#61vaScript`` is ``/JavaScript``."""
    return SPELLED.sub(lambda told: bytes([int(told[1], 16)]), part)


def _acting(part: bytes) -> set[Problem]:
    """What a part of a file would do."""
    found = set[Problem]()
    if SCRIPTS.search(part):
        found.add(Problem.SCRIPT)
    if FILES.search(part):
        found.add(Problem.ATTACHED)
    # Four signs stand in every large picture by chance: only where a key is expected.
    if FORMS.search(_outside_streams(part)):
        found.add(Problem.SCRIPT)
    return found


def _outside_streams(part: bytes) -> bytes:
    """A part without the contents of its streams."""
    kept, at = [], 0
    for start in STREAM.finditer(part):
        if start.start() < at:
            continue
        end = part.find(b"endstream", start.end())
        kept.append(part[at : start.start()])
        at = len(part) if end < 0 else end
    return b"".join([*kept, part[at:]])


def _packed_objects(content: bytes) -> Iterator[bytes]:
    """The objects that a file keeps packed in streams, unpacked within bounds."""
    left = OBJECTS
    for start in STREAM.finditer(content):
        before = content[max(0, start.start() - BEFORE) : start.start()]
        told = _plainly(before[before.rfind(b" obj") + 1 :])
        if not PACKED.search(told):
            continue
        end = content.find(b"endstream", start.end())
        objects = _unpacked(content[start.end() : end if end >= 0 else None], told, left)
        left -= len(objects)
        yield objects


def _unpacked(body: bytes, told: bytes, left: int) -> bytes:
    """What a stream of objects holds; only the packing that every program uses is read."""
    named = FILTER.search(told)
    filters = re.findall(rb"/(\w+)", named[1]) if named else []
    if filters not in ([], [b"FlateDecode"]) or PREDICTED.search(told):
        raise Found(Problem.TOO_HARD)
    if not filters:
        return body
    unpacking = zlib.decompressobj()
    try:
        objects = unpacking.decompress(body, left)
    except zlib.error:
        raise Found(Problem.BROKEN) from None
    if unpacking.unconsumed_tail:
        raise Found(Problem.UNPACKS_TOO_LARGE)
    return objects
