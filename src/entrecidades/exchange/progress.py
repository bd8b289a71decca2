"""How long work says how far it has come, whoever watches: a terminal, a job, a test."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol, TypeVar

T = TypeVar("T")


class Progress(Protocol):
    """Is told the stage's name, how much is done and how much there is."""

    def __call__(self, stage: str, done: int, total: int, /) -> None:
        """Note how far a stage has come."""


def silently(_stage: str, _done: int, _total: int, /) -> None:
    """The watcher that does not watch."""


def in_blocks(
    rows: Sequence[T], size: int, *, stage: str, progress: Progress
) -> Iterator[Iterable[T]]:
    """The rows, block by block, each told to the watcher once it has been dealt with."""
    progress(stage, 0, len(rows))
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
        progress(stage, min(start + size, len(rows)), len(rows))
