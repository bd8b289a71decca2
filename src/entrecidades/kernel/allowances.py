"""How often something may be tried: counted in a file that all workers of a machine share.

Not in the database, for three reasons: reading a page must write nothing into the record;
an import that holds the writers' lock must not hold up a search; and what is counted is
worth nothing the day after. The file needs no care and may be removed at any time.
"""

import os
import sqlite3
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

PATIENCE, SWEEP_EVERY = 2.0, 500
TABLE = """CREATE TABLE IF NOT EXISTS taken
    (key TEXT PRIMARY KEY, count INTEGER NOT NULL, ends REAL NOT NULL) WITHOUT ROWID"""
TAKE = """INSERT INTO taken VALUES (?, 1, ?) ON CONFLICT (key) DO UPDATE SET
    count = CASE WHEN ends <= ? THEN 1 ELSE count + 1 END,
    ends = CASE WHEN ends <= ? THEN excluded.ends ELSE ends END"""
_open = threading.local()


@dataclass(frozen=True, slots=True)
class Limit:
    """So many times within so many seconds, counted from the first."""

    amount: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is counted, under a key that says whose it is, and its limit."""

    key: str
    limit: Limit

    @property
    def row(self) -> str:
        """The key of its row: limits of different lengths count apart."""
        return f"{self.key}/{self.limit.seconds}"


def take(file: Path, allowances: Iterable[Allowance], *, at: float) -> float:
    """Count one try against each allowance, or against none; the seconds to wait, 0 for none.

    A try that is refused is not counted: who waits as told is let in. A machine that cannot
    count lets nobody in.
    """
    asked = tuple(allowances)
    try:
        with _transaction(file) as line:
            wait = max((_wait(line, one, at) for one in asked), default=0.0)
            if not wait:
                for one in asked:
                    line.execute(TAKE, (one.row, at + one.limit.seconds, at, at))
                _sweep(line, at)
    except sqlite3.Error:
        _forget()
        return 1.0
    return wait


def give_back(file: Path, allowances: Iterable[Allowance]) -> None:
    """A try that turned out well does not count."""
    try:
        with _transaction(file) as line:
            for one in allowances:
                line.execute(
                    "UPDATE taken SET count = count - 1 WHERE key = ? AND count > 0", (one.row,)
                )
    except sqlite3.Error:
        _forget()


def _wait(line: sqlite3.Connection, one: Allowance, at: float) -> float:
    """How long until the allowance begins anew, when it is used up."""
    row = line.execute("SELECT count, ends FROM taken WHERE key = ?", (one.row,)).fetchone()
    used_up = row and row[0] >= one.limit.amount and row[1] > at
    return max(row[1] - at, 1.0) if used_up else 0.0


def _sweep(line: sqlite3.Connection, at: float) -> None:
    """Now and then, drop what has ended."""
    _open.calls = getattr(_open, "calls", 0) + 1
    if _open.calls % SWEEP_EVERY == 0:
        line.execute("DELETE FROM taken WHERE ends <= ?", (at,))


class _Transaction:
    """One writer at a time; what was not finished did not happen."""

    def __init__(self, line: sqlite3.Connection) -> None:
        self.line = line

    def __enter__(self) -> sqlite3.Connection:
        self.line.execute("BEGIN IMMEDIATE")
        return self.line

    def __exit__(self, failure: object, *_rest: object) -> None:
        self.line.execute("ROLLBACK" if failure else "COMMIT")


def _transaction(file: Path) -> _Transaction:
    """A transaction on this thread's own connection; a forked process opens its own."""
    me = (str(file), os.getpid())
    if getattr(_open, "me", None) != me:
        _forget()
        file.parent.mkdir(parents=True, exist_ok=True)
        line = sqlite3.connect(file, timeout=PATIENCE, isolation_level=None)
        line.execute("PRAGMA journal_mode=WAL")
        line.execute("PRAGMA synchronous=OFF")
        line.execute(TABLE)
        _open.line, _open.me = line, me
    return _Transaction(_open.line)


def _forget() -> None:
    """Close this thread's connection, if it is this process's own."""
    line, me = getattr(_open, "line", None), getattr(_open, "me", ("", 0))
    if line is not None and me[1] == os.getpid():
        line.close()
    _open.line = _open.me = None
