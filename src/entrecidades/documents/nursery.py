"""Where a file is looked into: a child process that may take so much and no more."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import entrecidades
from entrecidades.documents.looking.problem import Problem

#: A child that has not answered after so many seconds is ended.
PATIENCE = 30
ABOVE = Path(entrecidades.__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Told:
    """What a child has told of a file; ``new`` is what is to be kept instead of it."""

    kind: str
    problems: frozenset[Problem]
    new: Path | None


def look_into(file: Path, *, ending: str, new: Path) -> Told:
    """Let a child look into a file; one that breaks it, or holds it up, is too hard.

    The child is a new program, not a copy of this one: it has no connection, no secret and no
    setting of ours.
    """
    command = [sys.executable, "-m", "entrecidades.documents.looking", ending, str(new)]
    surroundings = {"PYTHONPATH": str(ABOVE), "LANG": "C.UTF-8", "PATH": os.defpath}
    with file.open("rb") as source:
        try:
            done = subprocess.run(  # noqa: S603 - our own words
                command,
                stdin=source,
                capture_output=True,
                timeout=PATIENCE,
                env=surroundings,
                check=True,
            )
            told = json.loads(done.stdout)
            problems = frozenset(Problem(one) for one in told["problems"])
        except (subprocess.SubprocessError, ValueError, KeyError):
            return Told("", frozenset({Problem.TOO_HARD}), None)
    kept = new if new.exists() and not problems else None
    return Told(str(told["kind"]), problems, kept)
