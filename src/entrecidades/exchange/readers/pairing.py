"""Files for a pairing: who stands on each side, and what each pair is worth.

The columns are described in docs/howto/pair-cities.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from django.utils.translation import gettext as _

from entrecidades.engines.pairing import GREATEST
from entrecidades.exchange.readers.files import read_text
from entrecidades.exchange.readers.problems import Problem
from entrecidades.exchange.readers.tables import Row, tall_rows

SIDE, SCORES = ("name",), ("first", "second", "score")
HINTS = 100
MOST_MEMBERS, MOST_CAPACITY, MOST_SCORES = 20_000, 1_000, 2_000_000


@dataclass(frozen=True, slots=True)
class Member:
    """One of a side: its name, with how many it may be paired, and its region if it has one."""

    row: int
    name: str
    capacity: int
    region: str


@dataclass(frozen=True, slots=True)
class SideFile:
    """A side as its file tells it, and everything that is wrong with the file."""

    name: str
    members: tuple[Member, ...]
    problems: tuple[Problem, ...]

    @property
    def numbers(self) -> dict[str, int]:
        """Where each member stands, by its name."""
        return {member.name: number for number, member in enumerate(self.members)}


@dataclass(frozen=True, slots=True)
class ScoreFile:
    """What pairs are worth, as three columns, and everything that is wrong with the file."""

    name: str
    firsts: list[int]
    seconds: list[int]
    scores: list[float]
    problems: tuple[Problem, ...]


def read_side(path: Path) -> SideFile:
    """Read who stands on a side: columns name, and if wanted capacity and region."""
    file = read_text(path)
    problems, members = list(file.problems), []
    if not problems:
        seen: dict[str, int] = {}
        for row in tall_rows(file.text, problems, required=SIDE, most=MOST_MEMBERS):
            member = _member(row, seen)
            if member is not None:
                members.append(member)
    return SideFile(file.name, tuple(members), tuple(problems))


def _member(row: Row, seen: dict[str, int]) -> Member | None:
    """One row; whatever is wrong with it is noted in it."""
    name = row.text("name", longest=200)
    capacity = row.whole("capacity", 0, MOST_CAPACITY)
    if not name:
        return None
    if name in seen:
        remedy = _("Row %d has the same; write one row, and how many it takes as its capacity.")
        row.note("name", _("The name stands twice"), remedy % seen[name])
        return None
    seen[name] = row.number
    region = row.text("region", longest=100, needed=False)
    return Member(row.number, name, 1 if capacity is None else capacity, region)


def read_scores(path: Path, first: SideFile, second: SideFile) -> ScoreFile:
    """Read what pairs are worth: columns first, second and score; a pair without a row is none."""
    file = read_text(path)
    problems = list(file.problems)
    found = ScoreFile(file.name, [], [], [], ())
    if not problems:
        names = {"first": first.numbers, "second": second.numbers}
        seen: set[int] = set()
        for row in tall_rows(file.text, problems, required=SCORES, most=MOST_SCORES):
            _score(row, names, seen, found)
    return ScoreFile(found.name, found.firsts, found.seconds, found.scores, tuple(problems))


def _score(
    row: Row, names: Mapping[str, Mapping[str, int]], seen: set[int], found: ScoreFile
) -> None:
    """One row; whatever is wrong with it is noted in it."""
    first, second = (_number(row, column, known) for column, known in names.items())
    if not row.cells["score"]:
        row.note("score", _("The cell is empty"), _("Fill it in, or take the row away."))
    score = row.decimal("score", GREATEST)
    if first is None or second is None or score is None:
        return
    key = first * MOST_MEMBERS + second
    if key in seen:
        row.note("second", _("The pair stands twice"), _("Keep one of the rows."))
        return
    seen.add(key)
    found.firsts.append(first)
    found.seconds.append(second)
    found.scores.append(score)


def _number(row: Row, column: str, known: Mapping[str, int]) -> int | None:
    """Where the one that a cell names stands."""
    number = known.get(row.cells[column])
    if number is None and (name := row.text(column, longest=200)):
        # Looking for what was meant takes a while: who has mended the first will see the next.
        meant = list(known) if len(row.problems) < HINTS else []
        row.note(column, _("Nobody of this name stands in the list"), nearest(name, meant))
    return number


def nearest(name: str, known: Sequence[str]) -> str:
    """What somebody who wrote a name that is not there may have meant."""
    if close := get_close_matches(name, known, n=3, cutoff=0.6):
        return _("The nearest names are: %s.") % ", ".join(close)
    return _("Add it to the list, or write it as it stands there.")
