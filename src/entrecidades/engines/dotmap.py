"""Maps drawn by the places themselves: each dot stands where people live.

No coastline, border or tile is needed. A drawing carries classes instead of
colours, so that the page's own stylesheet decides how it looks by day, by
night, on paper and in forced colours; without a stylesheet it is drawn in the
current colour.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from entrecidades.engines import arcs, dotgrid, marks, svg
from entrecidades.engines.frames import (
    LOCATOR,
    WORLD,
    Frame,
    close_frame,
    local_frame,
    world_frame,
)
from entrecidades.engines.projections import turned

Floats = NDArray[np.float64]

_DOT_WIDTHS = (0.8, 1.05, 1.35, 1.75)
#: The height of the names on a map of the world, which is small on a phone.
WORLD_LABEL = 20.0


@dataclass(frozen=True, slots=True)
class Arc:
    """A tie between two places, in degrees; ``kind`` becomes a class of the line."""

    lat1: float
    lon1: float
    lat2: float
    lon2: float
    weight: float = 1.0
    kind: str = "known"
    label: str = ""


def world_map(
    lat: ArrayLike,
    lon: ArrayLike,
    population: ArrayLike,
    ties: Sequence[Arc] = (),
    *,
    highlights: Sequence[marks.Mark] = (),
    columns: int = 240,
    width: float = WORLD,
    close: bool = False,
    title: str = "",
    description: str = "",
    name: str = "world",
) -> str:
    """Draw the world as the dots of its places, with arcs over it.

    Parameters
    ----------
    lat, lon, population : array_like of shape (n,)
        Degrees, and people (zero where unknown).
    ties : sequence of Arc
        Ties of the kind ``known`` are drawn together, in three strengths; those
        of any other kind one by one, in their own class, with their label.
    highlights : sequence of Mark
        Places shown by a ring, with their number or label.
    columns : int
        Dots from edge to edge; 300 cost some 8 kB compressed.
    width : float
        Drawing units from edge to edge: the fewer, the larger the marks.
    close : bool
        Show only the part of the world in which the highlights lie.
    title, description : str
        Text alternatives; with neither, the drawing is hidden from readers.
    name : str
        Unique on the page; prefixes the identifiers.

    Returns
    -------
    str
        One ``<svg>`` element, the same for the same input.

    Examples
    --------
    >>> drawing = world_map([-25.97, -8.05], [32.58, -34.88], [1.1e6, 1.5e6],
    ...                     [Arc(-8.05, -34.88, -25.97, 32.58, 4, "mission")], title="Two cities")
    >>> "Two cities</title>" in drawing, drawing.count("arc-mission")
    (True, 1)
    """
    frame = world_frame(columns, width)
    if close and highlights:
        frame = close_frame(*marks.places(highlights), columns, width)
    layers = [
        _land(frame, lat, lon, population),
        _ties(frame, ties),
        marks.drawn(highlights, frame.place, (frame.width, frame.height), WORLD_LABEL),
    ]
    return _drawing("world", frame, layers, (name, title, description))


def country_map(
    lat: ArrayLike,
    lon: ArrayLike,
    population: ArrayLike,
    highlights: Sequence[marks.Mark] = (),
    *,
    ties: Sequence[Arc] = (),
    columns: int | None = None,
    title: str = "",
    description: str = "",
    name: str = "country",
) -> str:
    """Draw a country or region as the dots of its places, with some highlighted.

    Parameters and result are those of ``world_map``; the frame is fitted to the
    places and the highlights together, true to scale along the middle parallel.
    Without ``columns`` the honeycomb is as fine as the number of places bears.

    Examples
    --------
    >>> beira = marks.Mark(-19.84, 34.84, "Beira")
    >>> drawing = country_map([-25.97, -15.12, -19.84], [32.58, 39.27, 34.84], [1, 1, 1], [beira])
    >>> "Beira" in drawing, "NaN" in drawing
    (True, False)
    """
    south, east = np.asarray(lat, np.float64), np.asarray(lon, np.float64)
    all_lat = np.append(south, [mark.lat for mark in highlights])
    all_lon = np.append(east, [mark.lon for mark in highlights])
    if all_lat.size == 0:
        all_lat, all_lon = np.zeros(1), np.zeros(1)
    fine = columns or int(np.clip(1.7 * np.sqrt(max(south.size, 1)), 28, 96))
    frame = local_frame(all_lat, all_lon, fine)
    layers = [
        _land(frame, south, east, population),
        _ties(frame, ties),
        marks.drawn(highlights, frame.place, (frame.width, frame.height)),
    ]
    return _drawing("country", frame, layers, (name, title, description))


def locator_map(
    lat: ArrayLike,
    lon: ArrayLike,
    population: ArrayLike,
    here: marks.Mark,
    *,
    title: str = "",
    description: str = "",
    name: str = "locator",
) -> str:
    """Draw a small world in which one place is shown.

    Examples
    --------
    >>> maputo = marks.Mark(-25.97, 32.58)
    >>> locator_map([-25.97], [32.58], [1.1e6], maputo).count("mark-ring")
    1
    """
    return world_map(
        lat,
        lon,
        population,
        highlights=[here],
        columns=96,
        width=LOCATOR,
        title=title,
        description=description,
        name=name,
    )


def _land(frame: Frame, lat: ArrayLike, lon: ArrayLike, population: ArrayLike) -> str:
    """Write all dots, one path for each level."""
    x, y = (at / frame.pitch for at in frame.place(lat, lon))
    people = np.nan_to_num(np.asarray(population, np.float64))
    right, bottom = frame.width / frame.pitch, frame.height / frame.pitch
    inside = (x >= 0.0) & (x <= right) & (y >= 0.0) & (y <= bottom)
    dots = dotgrid.dots_of(
        np.clip(x[inside], dotgrid.INSET, right - dotgrid.STEP), y[inside], people[inside]
    )
    paths = (
        svg.element(
            "path",
            {"class": f"dot-{level}", "stroke-width": svg.number(width, 2), "d": data},
        )
        for level, width in enumerate(_DOT_WIDTHS)
        if (data := dotgrid.dots_path(dots, level))
    )
    attributes = {
        "class": "dots",
        "stroke-linecap": "round",
        "stroke-dasharray": "0 2",
        "stroke-dashoffset": "-.5",
        "transform": f"scale({svg.number(frame.pitch, 3)}) translate(-.5)",
    }
    return svg.element("g", attributes, paths)


def _ties(frame: Frame, ties: Sequence[Arc]) -> str:
    """Write the arcs, the many first and those with a label over them."""
    if not ties:
        return ""
    steps = arcs.strengths([tie.weight for tie in ties]).tolist()
    curves = _curves(frame, ties)
    together: dict[int, str] = {}
    alone = []
    for tie, step, data in zip(ties, steps, curves, strict=True):
        if tie.kind == "known":
            together[step] = together.get(step, "") + data
        else:
            alone.append((tie, data))
    many = [
        svg.element("path", {"class": f"arc arc-known arc-{step}", "d": together[step]})
        for step in sorted(together)
    ]
    casings = [
        svg.element("path", {"class": f"arc-casing casing-{tie.kind}", "d": data})
        for tie, data in alone
    ]
    single = [
        svg.element(
            "path",
            {"class": f"arc arc-{tie.kind}", "pathLength": "1", "d": data},
            [svg.text("title", tie.label)] if tie.label else [],
        )
        for tie, data in alone
    ]
    return svg.element("g", {"class": "arcs", "fill": "none"}, [*many, *casings, *single])


def _curves(frame: Frame, ties: Sequence[Arc]) -> list[str]:
    """Write each arc the short way round, leaving by one edge and entering by the other."""
    x1, y1 = frame.place([tie.lat1 for tie in ties], [tie.lon1 for tie in ties])
    x2, y2 = frame.place([tie.lat2 for tie in ties], [tie.lon2 for tie in ties])
    middle = frame.cut + 180.0
    east = [turned(lon, middle) for lon in ([t.lon1 for t in ties], [t.lon2 for t in ties])]
    beyond = np.abs(east[1] - east[0]) > 180.0  # noqa: PLR2004 (half the way round)
    across = frame.parallel is None
    written = []
    for index, round_the_edge in enumerate(beyond.tolist()):
        ends = (float(x1[index]), float(y1[index]), float(x2[index]), float(y2[index]))
        if round_the_edge and across:
            shift = frame.turn if ends[0] > ends[2] else -frame.turn
            written.append(
                arcs.curve(ends[0], ends[1], ends[2] + shift, ends[3])
                + arcs.curve(ends[0] - shift, ends[1], ends[2], ends[3])
            )
        else:
            written.append(arcs.curve(*ends))
    return written


def _drawing(kind: str, frame: Frame, layers: Sequence[str], words: tuple[str, str, str]) -> str:
    """Put the layers into one element with its text alternative."""
    name, title, description = words
    attributes = {
        "class": f"map map-{kind}",
        "viewBox": f"0 0 {svg.number(frame.width)} {svg.number(frame.height)}",
        "fill": "none",
        "stroke": "currentColor",
    }
    told = []
    if title:
        told.append(svg.text("title", title, {"id": f"{name}-title"}))
    if description:
        told.append(svg.text("desc", description, {"id": f"{name}-desc"}))
    if told:
        attributes["role"] = "img"
        parts = [("title", title), ("desc", description)]
        attributes["aria-labelledby"] = " ".join(f"{name}-{part}" for part, said in parts if said)
    else:
        attributes["aria-hidden"] = "true"
    return svg.element("svg", attributes, [*told, *layers])
