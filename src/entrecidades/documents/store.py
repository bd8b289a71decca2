"""Where contents are kept: one file for each hash, whole or not there at all.

A content is written beside its place, made to last, and moved there in one step; only then is a
row written that names it. What a crash leaves (a half-written file, a content that no row names)
is found by the sweep. One lock holds whoever brings a content in and whoever sweeps apart.
"""

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files import File

#: What was touched less long ago than so many seconds belongs to somebody who is at it.
YOUNG = 3600
PIECE = 1 << 20


def root() -> Path:
    """The folder of all contents; never one that a web server gives out."""
    return Path(settings.MEDIA_ROOT) / "documents"


def path_of(sha256: str) -> Path:
    """Where the content with a hash is, or would be."""
    return root() / sha256[:2] / sha256


@contextmanager
def desk() -> Iterator[Path]:
    """A folder of one's own beside the contents, for the time of one look; then it is gone."""
    desks = root() / "desks"
    desks.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=desks, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def write_down(upload: File, path: Path, *, at_most: int) -> int:  # type: ignore[type-arg]
    """Write what was handed in to a file, and one piece more than it may be at most; its size."""
    size = 0
    upload.seek(0)
    with path.open("wb") as out:
        for piece in upload.chunks(PIECE):
            size += len(piece)
            out.write(piece)
            if size > at_most:
                break
    return size


def hash_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def bring_in(path: Path, sha256: str) -> None:
    """Let a content be in its place, whole and lasting; one that is there already stays."""
    place = path_of(sha256)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with path.open("rb") as file:
        os.fsync(file.fileno())
    with _alone():
        if place.exists() and hash_of(place) == sha256:
            os.utime(place)  # young again: the sweep lets it be until its row is written
            return
        os.utime(path)
        path.chmod(0o600)
        path.replace(place)
        _make_last(place.parent)
        _make_last(root())


def is_kept(sha256: str) -> bool:
    """Whether a content is in its place; found, it is young again."""
    with _alone():
        try:
            os.utime(path_of(sha256))
        except FileNotFoundError:
            return False
        return True


def sweep(named: Callable[[Collection[str]], Collection[str]], *, now: float) -> int:
    """Remove what a crash, or a row that is gone, has left behind; how many files there were.

    ``named`` says which of some hashes a row names. It is asked under the lock, so that a
    content that somebody brings in at the same moment is either young or written anew.
    """
    gone = 0
    for folder in sorted(root().glob("[0-9a-f][0-9a-f]")):
        with _alone():
            old = {path.name: path for path in folder.iterdir() if _is_old(path, now)}
            for sha256 in {*old} - {*named(old)} if old else ():
                old[sha256].unlink(missing_ok=True)
                gone += 1
    for left in sorted((root() / "desks").glob("*/*")):
        if _is_old(left, now):
            left.unlink(missing_ok=True)
            gone += 1
    for empty in sorted((root() / "desks").glob("*")):
        if _is_old(empty, now) and not any(empty.iterdir()):
            empty.rmdir()
    return gone


def _is_old(path: Path, now: float) -> bool:
    """Whether nobody has touched a file for long."""
    try:
        return path.stat().st_mtime < now - YOUNG
    except FileNotFoundError:
        return False


@contextmanager
def _alone() -> Iterator[None]:
    """Nobody else brings in or sweeps; a process that dies lets go."""
    root().mkdir(parents=True, exist_ok=True, mode=0o700)
    with (root() / "lock").open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _make_last(folder: Path) -> None:
    """Make what was moved into a folder outlive a failing machine."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
