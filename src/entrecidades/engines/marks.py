"""Highlighted places on a map: rings, numbers and labels that keep clear of each other."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from entrecidades.engines import svg

Floats = NDArray[np.float64]
Place = Callable[[list[float], list[float]], tuple[Floats, Floats]]

#: Half the room a number takes, in drawing units, and how far it may be moved.
ROOM = 7.0
_RINGS = (0.0, 1.3, 2.2, 3.2, 4.4)
_DIRECTIONS = 12
#: The height of a label where nothing else is said, in drawing units, and the mean width of a
#: letter beside it.
TALL, _LETTER = 15.0, 0.56
#: Where a label may stand: beside, then over or under its place.
_SIDES = (("start", 6.0, 0.0), ("end", -6.0, 0.0), ("middle", 0.0, -10.0), ("middle", 0.0, 11.0))

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """A highlighted place, in degrees; ``kind`` becomes a class of the mark.

    With a ``number`` the mark stands for the line of that number in a list; with
    a ``label`` alone, its name is written beside it.
    """

    lat: float
    lon: float
    label: str = ""
    number: int | None = None
    kind: str = "place"


def places(marks: Sequence[Mark]) -> tuple[list[float], list[float]]:
    """Return the latitudes and the longitudes of some marks."""
    return [mark.lat for mark in marks], [mark.lon for mark in marks]


def drawn(
    marks: Sequence[Mark], place: Place, size: tuple[float, float], tall: float = TALL
) -> str:
    """Write the marks of a map.

    Parameters
    ----------
    marks : sequence of Mark
        In the order of their importance: earlier ones get the better position.
    place : callable
        Turns lists of latitudes and longitudes into x and y in drawing units.
    size : tuple of float
        Width and height of the drawing.
    tall : float
        How high its labels are on the smallest screen, where they are largest beside the map.

    Returns
    -------
    str
        A group, or nothing if there are no marks.

    Examples
    --------
    >>> drawn([], lambda lat, lon: (np.array(lon), np.array(lat)), (100, 100))
    ''
    >>> flat = lambda lat, lon: (np.array(lon), np.array(lat))
    >>> drawn([Mark(50, 50, "Lichinga")], flat, (100, 100)).count("Lichinga")
    1
    """
    if not marks:
        return ""
    x, y = place(*places(marks))
    here = list(zip(x.tolist(), y.tolist(), strict=True))
    spots = apart(x, y, [mark.number is not None for mark in marks], size)
    labels = readable(
        here,
        [mark.label if mark.number is None else "" for mark in marks],
        [_disc(spot) for spot, mark in zip(spots, marks, strict=True) if mark.number is not None],
        size,
        tall,
    )
    rings = [_ring(*one) for one in zip(marks, here, spots, labels, strict=True)]
    words = [_words(*one) for one in zip(marks, spots, labels, strict=True)]
    return svg.element("g", {"class": "marks"}, [*rings, *words])


def apart(
    x: Floats, y: Floats, numbered: Sequence[bool], size: tuple[float, float]
) -> list[tuple[float, float]]:
    """Find where each number may stand so that none covers another.

    Returns
    -------
    list of tuple of float
        As near to its place as the earlier ones allow, always in the drawing.

    Examples
    --------
    Recife and Olinda are neighbours; the second number moves aside.

    >>> apart(np.array([50.0, 51.0]), np.array([50.0, 50.0]), [True, True], (100, 100))[0]
    (50.0, 50.0)
    """
    taken: list[tuple[float, float]] = []
    found = []
    for here_x, here_y, counts in zip(x.tolist(), y.tolist(), numbered, strict=True):
        spot = _free(here_x, here_y, taken, size) if counts else (here_x, here_y)
        found.append(spot)
        taken.append(spot)
    return found


def readable(
    here: Sequence[tuple[float, float]],
    labels: Sequence[str],
    taken: Sequence[Box],
    size: tuple[float, float],
    tall: float = TALL,
) -> list[tuple[str, float, float] | None]:
    """Find where each label may stand so that all that are shown can be read.

    Parameters
    ----------
    here : sequence of tuple of float
        The places, the most important first.
    labels : sequence of str
        Their names; an empty one needs no room.
    taken : sequence of Box
        What stands there already: left, top, right and bottom.
    size : tuple of float
        Width and height of the drawing.
    tall : float
        The height of a label.

    Returns
    -------
    list of tuple or None
        Anchor, x and y of each label; None where no side is free, so that a
        label is left out rather than written over another.

    Examples
    --------
    Nausori lies so close to Suva that its name moves to the other side.

    >>> readable([(90, 50), (88, 52)], ["Suva", "Nausori"], [], (200, 100))
    [('start', 96.0, 50.0), ('end', 82.0, 52.0)]
    """
    boxes = list(taken)
    found: list[tuple[str, float, float] | None] = []
    for (x, y), label in zip(here, labels, strict=True):
        spot = next(_sides(x, y, (label, tall), boxes, size), None) if label else None
        if spot:
            boxes.append(_box(spot, label, tall))
        found.append(spot)
    return found


def _sides(
    x: float,
    y: float,
    label: tuple[str, float],
    boxes: Sequence[Box],
    size: tuple[float, float],
) -> Iterator[tuple[str, float, float]]:
    """Go through the sides on which a label stands free and inside the drawing."""
    for anchor, right, down in _SIDES:
        spot = (anchor, x + right, y + down)
        box = _box(spot, *label)
        inside = box[0] >= 0 and box[1] >= 0 and box[2] <= size[0] and box[3] <= size[1]
        if inside and not any(_overlap(box, other) for other in boxes):
            yield spot


def _box(spot: tuple[str, float, float], label: str, tall: float) -> Box:
    """The room a label takes: left, top, right, bottom."""
    wide = _LETTER * tall * len(label)
    left = spot[1] - {"start": 0.0, "middle": wide / 2.0, "end": wide}[spot[0]]
    return (left, spot[2] - tall / 2.0, left + wide, spot[2] + tall / 2.0)


def _disc(spot: tuple[float, float]) -> Box:
    return (spot[0] - ROOM, spot[1] - ROOM, spot[0] + ROOM, spot[1] + ROOM)


def _overlap(one: Box, other: Box) -> bool:
    across = one[0] < other[2] and other[0] < one[2]
    return across and one[1] < other[3] and other[1] < one[3]


def _free(
    x: float, y: float, taken: Sequence[tuple[float, float]], size: tuple[float, float]
) -> tuple[float, float]:
    """Try the place itself, then rings around it; the least crowded spot wins."""
    best, best_room = (x, y), -1.0
    for ring in _RINGS:
        for turn in range(_DIRECTIONS if ring else 1):
            angle = 2.0 * np.pi * turn / _DIRECTIONS
            spot = (
                round(_held(x + float(np.cos(angle)) * ring * ROOM, size[0]), 1),
                round(_held(y + float(np.sin(angle)) * ring * ROOM, size[1]), 1),
            )
            room = min((_distance(spot, other) for other in taken), default=1e9)
            if room >= 2.0 * ROOM:
                return spot
            if room > best_room:
                best, best_room = spot, room
    return best


def _held(value: float, limit: float) -> float:
    """Keep a coordinate inside the drawing, with room for the mark."""
    return min(max(value, ROOM), max(limit - ROOM, ROOM))


def _distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    return float(np.hypot(one[0] - other[0], one[1] - other[1]))


def _ring(
    mark: Mark,
    here: tuple[float, float],
    spot: tuple[float, float],
    label: tuple[str, float, float] | None,
) -> str:
    """Write the place itself, and the line to its number if that had to move."""
    x, y = svg.number(here[0]), svg.number(here[1])
    pieces = [svg.text("title", mark.label)] if mark.label and not label else []
    if mark.number is not None and spot != here:
        line = f"M{x} {y}L{svg.number(spot[0])} {svg.number(spot[1])}"
        pieces.append(svg.element("path", {"class": "mark-leader", "d": line}))
    pieces.append(svg.element("circle", {"class": "mark-ring", "cx": x, "cy": y, "r": "2.6"}))
    return svg.element("g", {"class": f"mark mark-{mark.kind}"}, pieces)


def _words(
    mark: Mark,
    spot: tuple[float, float],
    label: tuple[str, float, float] | None,
) -> str:
    """Write the number or the label of a mark, over all rings."""
    if mark.number is not None:
        x, y = svg.number(spot[0]), svg.number(spot[1])
        disc = svg.element("circle", {"class": "mark-disc", "cx": x, "cy": y, "r": "6.2"})
        number = svg.text("text", str(mark.number), {"class": "mark-number", "x": x, "y": y})
        told = [svg.text("title", mark.label)] if mark.label else []
        return svg.element("g", {"class": f"mark mark-{mark.kind}"}, [*told, disc, number])
    if label:
        anchor, right, down = label
        at = {"x": svg.number(right), "y": svg.number(down), "text-anchor": anchor}
        return svg.text("text", mark.label, {"class": "mark-label", **at})
    return ""
