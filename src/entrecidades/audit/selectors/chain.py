"""Walk the chain of traces from its beginning and find the first place where it breaks."""

import json
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any

from django.db import OperationalError, connection

from entrecidades.audit.choices import Act, Kind
from entrecidades.audit.models import Head, Trace
from entrecidades.audit.rules import OWN, START, link, taken_out

#: Rows read at a time.
CHUNK = 20_000
#: The moment of a trace, to the microsecond, as the same text on both databases.
AT = {
    "postgresql": "to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')",
    "sqlite": "substr(at || '.000000', 1, 26)",
}
CONTENT = "act, subject, by_id, body_id, about_id, {at}, sealed_facts, sealed_changes, commitment"
#: Where the parts of a row stand in what is read: position, hash, apart, then content.
ACT, ABOUT, FACTS, COMMITMENT = 3, 7, 9, 11
#: How nothing is written in ``apart``.
NOTHING = "{}"


@dataclass(frozen=True, slots=True)
class Break:
    """The first position that does not hold, and what was found there."""

    position: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a walk along the chain found: its end, how many traces wait, and its first break."""

    position: int
    hash: str
    waiting: int
    broken: Break | None = None

    @property
    def is_whole(self) -> bool:
        """Whether every trace is as it was written."""
        return self.broken is None


def content_columns() -> str:
    """The columns that the chain covers, in the order in which they are hashed."""
    return CONTENT.format(at=AT[connection.vendor])


def open_rows(limit: int) -> list[tuple[Any, ...]]:
    """The oldest traces that are not sealed: their keys and contents."""
    query = f"SELECT id, {content_columns()} FROM audit_trace WHERE position IS NULL ORDER BY id"  # noqa: S608 - columns are ours
    with connection.cursor() as cursor:
        cursor.execute(f"{query} LIMIT %s", [limit])
        return list(cursor.fetchall())


def sealed_rows() -> Generator[tuple[Any, ...], None, None]:
    """Every sealed trace in the order of the chain, as the database stood at the beginning."""
    columns = f"position, hash, apart, {content_columns()}"
    query = f"SELECT {columns} FROM audit_trace WHERE position IS NOT NULL ORDER BY position, id"  # noqa: S608 - columns are ours
    with connection.chunked_cursor() as cursor:
        cursor.execute(query)
        while rows := cursor.fetchmany(CHUNK):
            yield from rows


@dataclass(frozen=True, slots=True)
class Blot:
    """A part that is missing: where, the commitment to it, and whose own it was, if anybody's."""

    position: int
    digest: str
    about: int | None


class Walk:
    """One walk along the chain; ``heads`` are published heads it must pass."""

    def __init__(self, heads: Iterable[tuple[int, str]] = ()) -> None:
        self.heads = dict(heads)
        self.position, self.hash = 0, START
        self.blots: list[Blot] = []
        self.forgotten: set[int] = set()
        self.void: set[str] = set()

    def step(self, row: tuple[Any, ...]) -> Kind | None:
        """Take one trace; what is wrong with it, if anything is."""
        position, digest, apart, *content = row
        if position != self.position + 1:
            return Kind.DELETED if position > self.position + 1 else Kind.MOVED
        if link(self.hash, position, content) != digest:
            return Kind.EDITED
        if self.heads and self.heads.get(position, digest) != digest:
            return Kind.REWRITTEN
        if (row[COMMITMENT] or apart != NOTHING) and not self._parts_hold(row):
            return Kind.EDITED
        if row[ACT] == Act.FORGET:
            self.forgotten.add(row[ABOUT])
        elif row[ACT] == Act.FORGET_WORDS:
            self.void.update(json.loads(row[FACTS])["void"])
        self.position, self.hash = position, digest
        return None

    def _parts_hold(self, row: tuple[Any, ...]) -> bool:
        """Whether what is kept apart is what was committed to; what is missing is noted."""
        try:
            gone = taken_out(row[COMMITMENT], row[2])
        except (ValueError, TypeError, AttributeError):
            return False  # neither parts nor JSON: somebody wrote there
        for part, digest in gone.items():
            about = row[ABOUT] if part.partition(".")[0] == OWN else None
            self.blots.append(Blot(row[0], digest, about))
        return True

    def _is_excused(self, blot: "Blot") -> bool:
        """Whether an act of erasure tells of it: of whose own it was, or of the words."""
        return blot.about in self.forgotten or blot.digest in self.void

    def end(self, head: tuple[int, str]) -> Break | None:
        """What is wrong with the end of the chain, if anything is."""
        if max([head[0], *self.heads]) > self.position:
            return Break(self.position + 1, Kind.CUT)
        if head[0] < self.position:
            return Break(head[0] + 1, Kind.MOVED)
        if head[1] != self.hash:
            return Break(self.position, Kind.EDITED)
        blots = [blot.position for blot in self.blots if not self._is_excused(blot)]
        return Break(min(blots), Kind.BLOTTED) if blots else None


def verify(*, heads: Iterable[tuple[int, str]] = (), progress: Any = None) -> Verdict:
    """Walk the whole chain, and say whether it holds or where it breaks first.

    A published head is a position and the hash that stood there: the chain must
    still pass it.
    """
    kept = list(heads)
    try:
        return _verdict(kept, progress)
    except OperationalError:
        if connection.vendor != "sqlite":
            raise
        # SQLite keeps bytes that are no text, if somebody writes them: read them as best one can.
        with _any_bytes():
            return _verdict(kept, progress)


@contextmanager
def _any_bytes() -> Iterator[None]:
    """Let SQLite hand over what is no UTF-8, with marks where it is not."""
    wrapped: Any = connection.connection
    usual = wrapped.text_factory
    wrapped.text_factory = partial(str, encoding="utf-8", errors="replace")
    try:
        yield
    finally:
        wrapped.text_factory = usual


def _verdict(heads: Iterable[tuple[int, str]], progress: Any) -> Verdict:
    """Walk the chain once."""
    found = Head.objects.filter(pk=1).values_list("position", "hash").first() or (0, START)
    walk, waiting = Walk(heads), Trace.objects.filter(position=None).count()
    rows = sealed_rows()
    while piece := list(islice(rows, CHUNK)):
        for row in piece:
            if kind := walk.step(row):
                rows.close()
                broken = Break(walk.position + 1, kind)
                if kind == Kind.EDITED:
                    broken = Break(broken.position, _what_happened(walk, row, found[0]))
                return Verdict(walk.position, walk.hash, waiting, broken)
        if progress:
            progress("traces", walk.position, max(found[0], walk.position))
    return Verdict(walk.position, walk.hash, waiting, walk.end(found))


def _what_happened(walk: Walk, row: tuple[Any, ...], last: int) -> Kind:
    """Tell an edited trace from one that stands in another's place.

    If the trace that belongs here is found further on, something was inserted or
    moved; if the next one was sealed for the position after its own, one is missing.
    """
    position, digest = row[:2]
    place = walk.position + 1
    if place > last:
        return Kind.MOVED
    for other in sealed_rows():
        if other[0] <= walk.position or other[0] == position:
            continue
        if other[0] == place + 1 and link(digest, place + 2, other[3:]) == other[1]:
            return Kind.DELETED
        if link(walk.hash, place, other[3:]) in {digest, other[1]}:
            return Kind.MOVED
    return Kind.EDITED
