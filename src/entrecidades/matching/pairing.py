"""How well everybody of one side suits everybody of the other, for a pairing of many with many."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from entrecidades.matching.reasons import Reason, reasons_between
from entrecidades.matching.selectors import Subject, row_of
from entrecidades.matching.snapshot import KEEPER, NoSnapshot, Snapshot
from entrecidades.themes.models import Theme

MOST = 5_000
"""So many may stand on a side: five thousand with as many are 100 MB of scores."""

FIT = ("needs", "offers")
"""The parts of a score that name themes."""

Told = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Shared:
    """One part of the score of a pair, by both eyes; the text is as the first reads it."""

    part: str
    label: str
    text: str
    weight: float
    first: float
    second: float

    @property
    def score(self) -> float:
        """What it counts for the pair, in [0, 1]."""
        return (self.first + self.second) / 2

    @property
    def points(self) -> float:
        """What it gives of the score of the pair."""
        return self.weight * self.score


@dataclass(frozen=True, slots=True)
class Fit:
    """How well two suit each other, part by part: nothing is known where there are no parts."""

    parts: tuple[Shared, ...] = ()

    @property
    def first(self) -> float:
        """How well the second suits the first, 0 to 100."""
        return sum(one.weight * one.first for one in self.parts)

    @property
    def second(self) -> float:
        """How well the first suits the second, 0 to 100."""
        return sum(one.weight * one.second for one in self.parts)

    def strongest(self, count: int) -> list[Shared]:
        """The parts that carry the pair most."""
        return sorted(self.parts, key=lambda one: -one.points)[:count]


def fits(
    firsts: Sequence[Subject], seconds: Sequence[Subject], *, on: date, told: Told
) -> NDArray[np.float32]:
    """How well each pair fits, 0 to 100; NaN where nothing can be said.

    A pair is worth the mean of what each is to the other (docs/adr/0048), so that it makes no
    difference which side stands first. Nothing can be said of one who is not in the snapshot,
    and nobody is paired with itself.

    Raises
    ------
    NoSnapshot
        When the instance has not been prepared.
    """
    held = KEEPER.snapshot(on=on)
    here, there = _rows(firsts, held), _rows(seconds, held)
    found = np.zeros((len(here), len(there)), np.float32)
    done = 0
    for rows, others, seen in ((here, there, found), (there, here, found.T)):
        known = others >= 0
        for number, row in enumerate(rows.tolist()):
            if row >= 0:
                half = held.matcher.totals(row, others[known]) / 2
                seen[number, known] += half.astype(np.float32)  # the same whichever is first
            done += 1
            told("scores", done, len(here) + len(there))
    found[here < 0] = np.nan
    found[:, there < 0] = np.nan
    found[here[:, None] == there] = np.nan
    return found


def why_they_fit(firsts: Sequence[Subject], seconds: Sequence[Subject], *, on: date) -> list[Fit]:
    """How some pairs fit, by both eyes, in their order; of some nothing can be said."""
    held = KEEPER.snapshot(on=on)
    rows = zip(_rows(firsts, held).tolist(), _rows(seconds, held).tolist(), strict=True)
    links = [(row, other) if min(row, other) >= 0 else None for row, other in rows]
    known = [link for link in links if link]
    told = reasons_between(held, [*known, *((other, row) for row, other in known)])
    both = zip(told[: len(known)], told[len(known) :], strict=True)
    return [_fit(*next(both)) if link else Fit() for link in links]


def _fit(ours: Sequence[Reason], theirs: Sequence[Reason]) -> Fit:
    """The reasons of both, part by part."""
    seen = {one.part: one.score for one in theirs}
    return Fit(
        tuple(
            Shared(one.part, one.label, one.text, one.weight, one.score, seen[one.part])
            for one in ours
        )
    )


def themes_that_fit(
    firsts: Sequence[Subject], seconds: Sequence[Subject], *, on: date
) -> list[list[Theme]]:
    """The themes in which one of two needs what the other does well, of some pairs in their order.

    Where nothing is prepared, or nothing is known, a pair has none.
    """
    try:
        held = KEEPER.snapshot(on=on)
    except NoSnapshot:
        return [[] for _first in firsts]
    slugs: list[list[str]] = []
    for row, other in zip(_rows(firsts, held), _rows(seconds, held), strict=True):
        told = held.matcher.explain(int(row), int(other)).parts if min(row, other) >= 0 else ()
        fit = [one for part in told if part.part in FIT for one in part.facts["themes"]]
        slugs.append(list(dict.fromkeys(held.book.themes[theme] for theme, *_more in fit)))
    named = Theme.objects.in_bulk({one for some in slugs for one in some}, field_name="slug")
    return [[named[slug] for slug in some if slug in named] for some in slugs]


def _rows(subjects: Sequence[Subject], held: Snapshot) -> NDArray[np.int64]:
    """The rows of places and bodies; -1 for those that the snapshot does not know."""
    rows = [row_of(subject, held) for subject in subjects]
    return np.array([-1 if row is None else row for row in rows], np.int64)
