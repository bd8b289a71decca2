"""Which text a file carries: the very file we wrote, signed, or the hash we printed."""

import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
HASH = re.compile(rb"[0-9a-f]{64}")
#: So much is unpacked of one stream, and of a file.
ONE, ALL = 5_000_000, 50_000_000


@dataclass(frozen=True, slots=True)
class Written:
    """A file that the house wrote: its length and the hash of its bytes."""

    length: int
    sha256: str


def begins_with(content: bytes, written: Iterable[Written]) -> Written | None:
    """The file of ours of which a signed one is the continuation, byte for byte."""
    for one in written:
        if len(content) >= one.length and sha256(content[: one.length]).hexdigest() == one.sha256:
            return one
    return None


def hashes_in(content: bytes) -> set[str]:
    """Everything in a file that could be a printed hash.

    Examples
    --------
    >>> hashes_in(b"sha256:" + b"0a" * 32) == {"0a" * 32}
    True
    """
    return {found.decode() for part in _parts(content) for found in HASH.findall(part)}


def _parts(content: bytes) -> Iterator[bytes]:
    """The file as it is, and what is packed in it, up to the limit."""
    yield content
    left = ALL
    for packed in STREAM.finditer(content):
        try:
            part = zlib.decompressobj().decompress(packed[1], min(ONE, left))
        except zlib.error:
            continue
        left -= len(part)
        yield part
        if left <= 0:
            return
