"""The pictures of an evaluation: how far readers are apart, and who gives more or less."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from entrecidades.calls.choices import ReadingState
from entrecidades.calls.models import Reading
from entrecidades.calls.selectors import Standing
from entrecidades.engines import svg

#: The frame of the picture, in its own units: a column of names, then the scale.
LEFT, WIDTH, LINE, TOP = 70.0, 640.0, 26.0, 30.0
#: More lines no screen shows at once; the table beside has them all.
MOST = 60
TICKS = 5


def score_words(score: Decimal | None) -> str:
    """A score as the reader writes numbers."""
    return "–" if score is None else str(number_format(score, 2))


def spread_picture(standings: Sequence[Standing], scale: int, limit: Decimal) -> SafeString:
    """Each application's sheets as dots on the scale; too far apart, their line is heavy.

    Nothing is said by colour alone: the heavy line is dashed as well, and the table says it.
    """
    shown = [one for one in standings if one.totals][:MOST]
    height = TOP + LINE * max(len(shown), 1) + 8
    parts = [*_axis(scale, height)]
    for number, one in enumerate(shown):
        parts += _row(one, TOP + LINE * number + LINE / 2, scale, limit)
    title = _("Scores of each application, from 0 to %(scale)s") % {"scale": scale}
    attributes = {
        "class": "spread-plot",
        "viewBox": f"0 0 {svg.number(LEFT + WIDTH + 24)} {svg.number(height)}",
        "role": "img",
        "aria-label": title,
    }
    return mark_safe(svg.element("svg", attributes, parts))  # noqa: S308 (svg escapes its texts)


def _x(score: Decimal | float, scale: int) -> float:
    """Where a score stands on the scale."""
    return LEFT + WIDTH * float(score) / scale


def _axis(scale: int, height: float) -> Iterable[str]:
    """The graduations of the scale."""
    for tick in range(TICKS + 1):
        value = scale * tick / TICKS
        x = svg.number(_x(value, scale))
        yield svg.element("path", {"class": "axis", "d": f"M{x} {svg.number(TOP - 6)}V{height}"})
        words = number_format(value, 0 if value == int(value) else 1)
        place = {"class": "axis-text", "x": x, "y": "14", "text-anchor": "middle"}
        yield svg.text("text", str(words), place)


def _row(one: Standing, y: float, scale: int, limit: Decimal) -> Iterable[str]:
    """One application: its number, the line between its outer sheets, its sheets, its mean."""
    at = svg.number(y)
    place = {"x": "0", "y": svg.number(y + 4), "class": "row-text"}
    yield svg.text("text", f"№ {one.application.number or '–'}", place)
    low, high = svg.number(_x(min(one.totals), scale)), svg.number(_x(max(one.totals), scale))
    kind = "thread thread-wide" if one.spread > limit else "thread"
    yield svg.element("path", {"class": kind, "d": f"M{low} {at}H{high}"})
    for total in one.totals:
        point = {"class": "point", "cx": svg.number(_x(total, scale)), "cy": at, "r": "5"}
        yield svg.element("circle", point)
    if one.mean is not None:
        x = _x(one.mean, scale)
        mark = f"M{svg.number(x)} {svg.number(y - 9)}v18"
        yield svg.element("path", {"class": "mean", "d": mark})


def calibration_of(standings: Iterable[Standing], scale: int) -> list[dict[str, Any]]:
    """For each reader how much above or below her fellow readers she gives, on average."""
    totals = {one.application.pk: one.totals for one in standings}
    sheets = Reading.objects.filter(
        application__in=totals, state=ReadingState.HANDED_IN, total__isnull=False
    ).select_related("reader")
    apart: dict[int, list[Decimal]] = defaultdict(list)
    names: dict[int, str] = {}
    for sheet in sheets:
        others = [*totals[sheet.application_id]]
        if sheet.total is None or sheet.total not in others or sheet.reader_id is None:
            continue
        others.remove(sheet.total)
        if others:
            apart[sheet.reader_id].append(sheet.total - sum(others, Decimal(0)) / len(others))
            names[sheet.reader_id] = str(sheet.reader)
    rows = [(names[key], sum(seen, Decimal(0)) / len(seen), len(seen)) for key, seen in
            apart.items()]  # fmt: skip
    return [
        {
            "label": name,
            "share": min(max(float(by) / scale + 0.5, 0.0), 1.0),
            "text": f"{'+' if by > 0 else ''}{score_words(by)}",
            "count": count,
        }
        for name, by, count in sorted(rows, key=lambda row: (row[1], row[0]))
    ]
