"""What the page of a year shows beside its words: the map of pairs, bars, and lanes in time."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from entrecidades.engines.strips import Span, Tick, share_of
from entrecidades.projects.selectors import Lane
from entrecidades.reporting.printing import picture
from entrecidades.web.presenters.land import world_land
from entrecidades.web.presenters.projects import drawn

#: So much of the past the lanes show.
SHOWN = timedelta(days=365)


def with_bars(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows of a picture with their bars."""
    return [{**row, "bar": drawn([Span(0.0, row["share"], "planned")])} for row in rows]


def projects_with_bars(facts: dict[str, Any]) -> list[dict[str, Any]]:
    """The projects of a year, their indicators with bars from baseline to target."""
    told = []
    for one in facts["projects"]:
        rows = [
            {**row, "bar": drawn([Span(0.0, row["share"], "done")], [Tick(1.0, "target")])}
            for row in one["indicators"]
        ]
        told.append({**one, "indicators": rows})
    return told


def year_map(facts: dict[str, Any], title: str) -> SafeString | None:
    """The pairs of a year as arcs over the land; nothing where there are none."""
    land = world_land()
    points = [*zip(land.lat, land.lon, land.population, strict=True)]
    drawing = picture(facts["pairs"], points, title=title, styled=False)
    return mark_safe(drawing) if drawing else None  # noqa: S308 (the engine escapes every name)


def lane_told(lane: Lane, *, on: date) -> dict[str, Any]:
    """A lane as a strip over the last year: each sign of life a tick, a silence in red."""
    first = on - SHOWN
    ticks = [Tick(share_of(day, first, on), "sign") for day in lane.signs if first <= day <= on]
    heard = lane.project.heard_at.date()
    kind = "late" if lane.silent else "planned"
    begun = max(first, lane.project.begun_at.date())
    spans = [Span(share_of(begun, first, on), share_of(heard, first, on), "planned")]
    spans.append(Span(share_of(heard, first, on), 1.0, kind))
    bodies = dict.fromkeys(given.entity.name_in() for given in lane.project.roles.all())
    days = (on - heard).days
    return {"lane": lane, "bar": drawn(spans, ticks), "days": days, "bodies": ", ".join(bodies)}
