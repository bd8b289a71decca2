"""What ``entrecidades pair`` is asked: two lists, limits, and scores or places to score."""

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from django.utils.translation import gettext as _

from entrecidades.cli.errors import Stop
from entrecidades.engines.pairing import Blocks, Problem, Scores, Side, Sparse
from entrecidades.exchange.readers.pairing import (
    ScoreFile,
    SideFile,
    nearest,
    read_scores,
    read_side,
)
from entrecidades.exchange.readers.problems import Problem as Flaw
from entrecidades.exchange.readers.problems import problem as flaw
from entrecidades.kernel import clock
from entrecidades.matching.pairing import MOST, Told, fits
from entrecidades.matching.selectors import Subject
from entrecidades.matching.snapshot import NoSnapshot
from entrecidades.network.naming import whom_do_you_mean

SHOWN = 50
Sides = tuple[SideFile, SideFile]


@dataclass(slots=True)
class Asked:
    """The two lists; what is wrong with the options; whom the names mean, once looked up."""

    sides: Sides
    wrong: list[str] = field(default_factory=list)
    subjects: tuple[list[Subject], list[Subject]] | None = None

    @property
    def names(self) -> tuple[list[str], list[str]]:
        """The names of both lists."""
        first, second = ([member.name for member in side.members] for side in self.sides)
        return first, second


def asked_of(first: Path, second: Path) -> Asked:
    """Read both lists; they are asked for their problems together with the scores."""
    return Asked((read_side(first), read_side(second)))


def problem_of(asked: argparse.Namespace, known: Asked) -> Problem:
    """The sides with their limits, pins and forbidden pairs; what is wrong is noted."""
    sides, wrong = known.sides, known.wrong
    limits = {name: _limits(getattr(asked, name), sides, wrong) for name in ("least", "most")}
    links = {name: _links(getattr(asked, name), sides, wrong) for name in ("pin", "forbid")}
    first, second = (_side(side, limits) for side in known.sides)
    return Problem(first, second, links["pin"], links["forbid"], asked.limit)


def _side(side: SideFile, limits: dict[str, dict[str, int]]) -> Side:
    """One side, with the limits of the regions that it has."""
    regions = {member.region for member in side.members}
    least, most = (
        {name: number for name, number in limits[which].items() if name in regions}
        for which in ("least", "most")
    )
    return Side.of(
        [member.name for member in side.members],
        capacity=[member.capacity for member in side.members],
        regions=[member.region or None for member in side.members],
        least=least,
        most=most,
    )


def _limits(given: Iterable[Sequence[str]], sides: Sides, wrong: list[str]) -> dict[str, int]:
    """Numbers of regions; what is none is noted."""
    regions = sorted({one.region for side in sides for one in side.members if one.region})
    found = {}
    for region, number in given:
        if region not in regions:
            wrong.append(f"No region is called {region!r}. {nearest(region, regions)}")
        elif not (number.isascii() and number.isdecimal() and len(number) < 9):  # noqa: PLR2004
            wrong.append(f"{number!r} is no number of pairs for {region!r}.")
        else:
            found[region] = int(number)
    return found


def _links(
    given: Iterable[Sequence[str]], sides: Sides, wrong: list[str]
) -> tuple[tuple[int, int], ...]:
    """Pairs of names as pairs of numbers; names that are not there are noted."""
    numbers = [side.numbers for side in sides]
    found = []
    for pair in given:
        ends = [known.get(name) for known, name in zip(numbers, pair, strict=True)]
        for side, known, name in zip(sides, numbers, pair, strict=True):
            if name not in known:
                hint = nearest(name, list(known))
                wrong.append(f"{side.name} has nobody called {name!r}. {hint}")
        if ends[0] is not None and ends[1] is not None:
            found.append((ends[0], ends[1]))
    return tuple(found)


def scored(known: Asked, scores: Path | None, told: Told) -> Scores:
    """What each pair is worth, from a file or by looking the names up.

    Raises
    ------
    Stop
        With everything that is wrong with the files and the options.
    """
    first, second = known.sides
    if scores is not None:
        file = read_scores(scores, first, second)
        _refuse(known.wrong, first, second, file)
        return Sparse.of(file.firsts, file.seconds, file.scores)
    found, unknown = zip(*(_looked_up(side, told) for side in known.sides), strict=True)
    both = zip(known.sides, unknown, strict=True)
    _refuse(known.wrong, *(replace(one, problems=(*one.problems, *more)) for one, more in both))
    known.subjects = found
    if max(map(len, found)) > MOST:
        raise Stop(f"At most {MOST:,} can be scored on a side; give --scores for more.")
    try:
        return Blocks.dense(fits(*found, on=clock.today(), told=told))
    except NoSnapshot:
        raise Stop("Nothing is prepared yet: run `entrecidades prepare` first.") from None


def _looked_up(side: SideFile, told: Told) -> tuple[list[Subject], list[Flaw]]:
    """Whom the names mean, and those that mean nobody, or several."""
    found: list[Subject] = []
    flaws: list[Flaw] = []
    rows: dict[tuple[str, int], int] = {}
    for number, member in enumerate(side.members):
        meant = whom_do_you_mean(member.name)
        subject = meant.place or meant.entity
        if subject is None:
            ids = ", ".join(one.public_id for one in (*meant.candidates, *meant.nearest)[:5])
            text = _("Several places have this name") if meant.candidates else None
            flaws.append(_unclear(member.row, member.name, text, ids))
            continue
        key = (type(subject).__name__, subject.pk)
        if rows.setdefault(key, member.row) != member.row:
            remedy = _("Row %d has the same; keep one of them.") % rows[key]
            text = _("The name means a place that stands in the list already")
            flaws.append(flaw(text, remedy, row=member.row, column="name", value=member.name))
        found.append(subject)
        told(f"names of {side.name}", number + 1, len(side.members))
    return found, flaws


def _unclear(row: int, name: str, text: str | None, ids: str) -> Flaw:
    """A name that cannot be looked up."""
    remedy = _("Write its id; the nearest are: %s.") % ids if ids else _("Write its id.")
    return flaw(text or _("No place has this name"), remedy, row=row, column="name", value=name)


def _refuse(wrong: list[str], *files: SideFile | ScoreFile) -> None:
    """Stop with everything that is wrong with the files and the options, if anything is."""
    lines = [f"{file.name}: {one}" for file in files for one in file.problems]
    # A file that cannot be read has no names, so that options cannot be compared with it.
    if not lines:
        lines = wrong
    elif not any(file.problems for file in files if isinstance(file, SideFile)):
        lines += wrong
    if lines:
        more = [f"… and {len(lines) - SHOWN} more"] if len(lines) > SHOWN else []
        raise Stop("This has to be mended first:", hints=lines[:SHOWN] + more)
