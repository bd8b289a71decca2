"""Strips: one row of a plan drawn as a bar, in shares of the time or amount it lies in.

A strip carries no words: it stands beside them in a table, which tells the same in text.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from entrecidades.engines import svg

WIDTH, HEIGHT = 1000.0, 24.0
#: The least that is drawn, so that one day is seen.
LEAST = 8.0


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a strip from one share to another (0 to 1), and the kind that colours it."""

    start: float
    end: float
    kind: str


@dataclass(frozen=True, slots=True)
class Tick:
    """One point on a strip, at a share of it."""

    at: float
    kind: str


def share_of(day: date, first: date, last: date) -> float:
    """Where a day lies between two days, from 0 to 1; what lies outside is at the edge.

    Examples
    --------
    >>> share_of(date(2024, 7, 1), date(2024, 1, 1), date(2024, 12, 30))
    0.5
    """
    length = (last - first).days or 1
    return min(1.0, max(0.0, round((day - first).days / length, 4)))


def strip(spans: Iterable[Span], ticks: Iterable[Tick] = ()) -> str:
    """Draw a strip; it takes the width it is given, whatever that is.

    Examples
    --------
    >>> strip([Span(0, 0.5, "done")]).count("<rect")
    2
    """
    drawn = [_box(0.0, WIDTH, "back", 8.0, 8.0)]
    drawn += [_box(one.start * WIDTH, (one.end - one.start) * WIDTH, one.kind) for one in spans]
    drawn += [_box(one.at * WIDTH - LEAST / 2, LEAST, one.kind, 0.0, HEIGHT) for one in ticks]
    frame = {
        "class": "strip",
        "viewBox": f"0 0 {svg.number(WIDTH)} {svg.number(HEIGHT)}",
        "preserveAspectRatio": "none",
        "aria-hidden": "true",
        "focusable": "false",
    }
    return svg.element("svg", frame, drawn)


def _box(x: float, width: float, kind: str, y: float = 4.0, height: float = 16.0) -> str:
    """One rectangle inside the strip."""
    width = max(LEAST, min(width, WIDTH))
    place = {"x": min(max(0.0, x), WIDTH - width), "y": y, "width": width, "height": height}
    numbers = {name: svg.number(value) for name, value in place.items()}
    return svg.element("rect", {"class": f"strip-{kind}", **numbers})
