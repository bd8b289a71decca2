"""Progress bars on stderr for whatever reports how far it has come."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from entrecidades.exchange.progress import Progress as Watcher


@contextmanager
def progress_bars() -> Iterator[Watcher]:
    """A watcher that draws one bar a stage; where nobody looks, one line a stage is written."""
    if not sys.stderr.isatty():
        yield _lines()
        return
    columns = (
        TextColumn("{task.description:<28}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bars:
        tasks: dict[str, TaskID] = {}

        def watch(stage: str, done: int, total: int, /) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=done, total=total)

        yield watch


def _lines() -> Watcher:
    """A watcher for logs: each stage is named once, when it is finished."""

    def watch(stage: str, done: int, total: int, /) -> None:
        if done >= total:
            sys.stderr.write(f"{stage}: {done:,} of {total:,}\n")

    return watch
