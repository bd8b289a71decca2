"""How well everybody of one side suits everybody of the other, for a pairing of many with many."""

from collections.abc import Callable, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from entrecidades.matching.reasons import Reason, reasons_for
from entrecidades.matching.selectors import Subject, row_of
from entrecidades.matching.snapshot import KEEPER, NoSnapshot, Snapshot
from entrecidades.themes.models import Theme

MOST = 5_000
"""So many may stand on a side: five thousand with as many are 100 MB of scores."""

FIT = ("needs", "offers")
"""The parts of a score that name themes."""

Told = Callable[[str, int, int], None]


def fits(
    firsts: Sequence[Subject], seconds: Sequence[Subject], *, on: date, told: Told
) -> NDArray[np.float32]:
    """How well each pair fits, 0 to 100 as the first sees it; NaN where nothing can be said.

    Nothing can be said of one who is not in the snapshot, and nobody is paired with itself.

    Raises
    ------
    NoSnapshot
        When the instance has not been prepared.
    """
    held = KEEPER.snapshot(on=on)
    there = _rows(seconds, held)
    known = there >= 0
    found = np.full((len(firsts), len(seconds)), np.nan, np.float32)
    for number, row in enumerate(_rows(firsts, held).tolist()):
        if row >= 0:
            found[number, known] = held.matcher.totals(row, there[known])
            found[number, there == row] = np.nan
        told("scores", number + 1, len(firsts))
    return found


def why_they_fit(
    firsts: Sequence[Subject], seconds: Sequence[Subject], *, on: date
) -> list[list[Reason]]:
    """The reasons of some pairs, in their order; a pair of which nothing can be said has none."""
    held = KEEPER.snapshot(on=on)
    rows, others = _rows(firsts, held).tolist(), _rows(seconds, held).tolist()
    found: list[list[Reason]] = [[] for _pair in rows]
    for row in dict.fromkeys(rows):
        at = [number for number, one in enumerate(rows) if one == row and others[number] >= 0]
        if row >= 0 and at:
            told = reasons_for(held, row, [others[number] for number in at])
            for number, reasons in zip(at, told, strict=True):
                found[number] = reasons
    return found


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
