"""Acts that are measured in a process of their own: its start, its time, its memory."""

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.measure import PROCESSOR, WALL, clocked_by
from benchmarks.pairing_world import Wishes, kept, ours
from entrecidades.engines.affinity import Atlas, Matcher, Model


@dataclass(frozen=True, slots=True)
class Fresh:
    """What a new process needed, its imports not counted.

    Attributes
    ----------
    seconds, processor : by the clock on the wall, and of its processor
    peak_bytes : the most memory that it has held
    """

    seconds: float
    processor: float
    peak_bytes: int


def in_a_fresh_process(act: str, folder: str) -> Fresh:
    """Run one of ``ACTS`` on what a folder holds in a new process."""
    command = [sys.executable, "-m", "benchmarks.fresh", act, folder]
    told = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 - ourselves
    return Fresh(**json.loads(told.stdout))


def open_atlas(folder: Path) -> Matcher:
    """Map the snapshot, read the weights."""
    return Matcher(Atlas.open(folder / "atlas"), Model.load())


def first_answer(folder: Path) -> None:
    """Map it and answer one question."""
    open_atlas(folder).suggest(0, limit=20)


def all_lists(folder: Path) -> None:
    """The lists of all places, kept in the folder."""
    matcher = open_atlas(folder)
    lists = np.empty((len(matcher.atlas), 10), np.int64)
    for block in matcher.suggest_all(limit=10):
        lists[block.seekers] = block.ids
    np.save(folder / "lists.npy", lists)


def open_wishes(folder: Path) -> Wishes:
    """Read what is to be paired."""
    return kept(folder)


def pair_wishes(folder: Path) -> None:
    """Read it and pair it."""
    ours(open_wishes(folder), alternatives=False)


ACTS: dict[str, Callable[[Path], object]] = {
    "open_atlas": open_atlas,
    "first_answer": first_answer,
    "all_lists": all_lists,
    "open_wishes": open_wishes,
    "pair_wishes": pair_wishes,
}


def peak_bytes() -> int:
    """The most memory that this process has held."""
    status = Path("/proc/self/status")
    if status.exists():
        # A child's maximum resident size begins with its parent's; the high-water mark does not.
        lines = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return int(lines["VmHWM"].split()[0]) * 1024
    scale = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * scale


def main(act: str, folder: str) -> None:
    """Run an act and print what it needed."""
    seconds, processor = clocked_by(lambda: ACTS[act](Path(folder)), WALL, PROCESSOR)
    told = {"seconds": seconds, "processor": processor, "peak_bytes": peak_bytes()}
    print(json.dumps(told))


if __name__ == "__main__":
    main(*sys.argv[1:])
