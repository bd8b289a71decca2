"""The door of the child: a file comes in, what was found goes out as one line of JSON."""

import json
import os
import resource
import sys
from pathlib import Path
from typing import BinaryIO

from entrecidades.documents.looking import packages, pdfs
from entrecidades.documents.looking.heads import HEAD, family_of, text_in
from entrecidades.documents.looking.limits import FOR_PICTURES, MEMORY, SECONDS
from entrecidades.documents.looking.problem import Found, Problem

PICTURES = ("png", "jpeg", "webp")


def main() -> None:
    """Look into the file on standard input; write what is kept instead, if anything is."""
    ending, new = sys.argv[1], Path(sys.argv[2])
    source = sys.stdin.buffer
    size = os.fstat(source.fileno()).st_size
    try:
        kind, found = looked_into(source, size, ending=ending, new=new)
    except Found as one:
        kind, found = "", {one.problem}
    except (MemoryError, RecursionError):
        kind, found = "", {Problem.TOO_HARD}
    sys.stdout.write(json.dumps({"kind": kind, "problems": sorted(found)}) + "\n")


def looked_into(file: BinaryIO, size: int, *, ending: str, new: Path) -> tuple[str, set[Problem]]:
    """What a file is and what speaks against it; pictures and texts are written anew."""
    if not size:
        raise Found(Problem.EMPTY)
    family = family_of(file.read(HEAD))
    file.seek(0)
    if family in PICTURES:
        return family, _picture(file, family, new)
    if family == "packed":
        return packages.look_into(file, size)
    content = file.read()
    if family == "pdf":
        return family, pdfs.problems_of(content)
    new.write_bytes(text_in(content).encode())
    return ("csv" if ending == "csv" else "txt"), set()


def _picture(file: BinaryIO, kind: str, new: Path) -> set[Problem]:
    """Draw a picture anew; what draws is read into memory only where there is a picture."""
    from entrecidades.documents.looking.pictures import drawn_anew  # noqa: PLC0415

    with new.open("wb") as out:
        drawn_anew(file, kind, out)
    return set()


def bound() -> None:
    """Take no more memory, time or room than a file is worth."""
    head = os.pread(sys.stdin.fileno(), 16, 0)
    memory = MEMORY
    if head.startswith((b"\x89PNG", b"\xff\xd8\xff", b"RIFF")):
        memory = FOR_PICTURES
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 256 << 20),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    bound()
    main()
