"""When the snapshot is made anew."""

from collections.abc import Callable
from datetime import date

from entrecidades.matching.snapshot import current_name, write_snapshot
from entrecidades.network.selectors.changes import look, older_than

# So many changed rows are patched in no time; beyond, a new snapshot is cheaper for everyone.
PATIENCE = 500


def rebuild_snapshot(*, on: date) -> str:
    """Write a new snapshot and forget the changes that both it and its predecessor hold."""
    before = look()
    name = write_snapshot(on=on)
    older_than(before, by=PATIENCE).delete()
    return name


def ensure_snapshot(
    *, on: date, progress: Callable[[str, int, int], None], changed: bool = False
) -> None:
    """Write a snapshot if there is none yet, or if reference data changed under it."""
    if current_name() is not None and not changed:
        return
    progress("snapshot", 0, 1)
    rebuild_snapshot(on=on)
    progress("snapshot", 1, 1)
