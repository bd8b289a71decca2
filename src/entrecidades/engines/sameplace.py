"""Say how likely a row of one list and a place of another are the same place, and why.

Four pieces of evidence are weighed and added: the name, the distance, the
first-level division, the population. Each is a number of points; the logistic
curve turns their sum into a score between 0 and 1. What the row does not tell
counts for nothing either way.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from math import asin, cos, exp, log, radians, sin, sqrt
from typing import Any, Protocol, TypeVar

EARTH_KM = 6371.0
# Below this share of common letters two names say nothing about each other.
ALIKE_FROM = 0.75
# From this share on a similar name speaks for the place.
CLOSE = 0.9
# What it costs that two names have only their ends in common.
ENDS_ONLY = 1.0
PLATEAU_KM = 60.0


class _Ordered(Protocol):
    """Something that can be put in order."""

    def __lt__(self, other: Any, /) -> bool: ...


Key = TypeVar("Key", bound=_Ordered)


class Piece(StrEnum):
    """A piece of evidence; its number means what stands beside it."""

    NAME = "name"
    """1: the place's own name."""
    OTHER_NAME = "other_name"
    """1: one of its other names."""
    ALIKE = "alike"
    """The share of letters in common with its most similar name, 0 to 1."""
    PART = "part"
    """1: all words of one name stand in a longer one, and both begin alike."""
    TAIL = "tail"
    """1: all words of one name stand in a longer one, which begins with another."""
    UNLIKE = "unlike"
    """The share of letters in common, too low to speak for it."""
    DISTANCE = "distance"
    """Kilometres between the two."""
    DIVISION = "division"
    """1: in the same first-level division; 0: in another."""
    POPULATION = "population"
    """The larger number of inhabitants divided by the smaller."""
    UNCOUNTED = "uncounted"
    """1: the row counts inhabitants, the place has no number of them."""


@dataclass(frozen=True, slots=True)
class Described:
    """A place as one list describes it.

    ``names`` are folded, its own first; ``division`` is "" , coordinates and
    ``population`` are None, where the list does not tell.
    """

    names: tuple[str, ...]
    division: str = ""
    latitude: float | None = None
    longitude: float | None = None
    population: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece: what was seen, and for how many points it speaks (for: positive)."""

    piece: Piece
    number: float
    points: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely two descriptions are of one place, with the evidence."""

    score: float
    evidence: tuple[Evidence, ...]

    @property
    def points(self) -> float:
        """The sum of the evidence; unlike the score it still tells the very likely apart."""
        return sum(one.points for one in self.evidence)


def km_between(lat_a: float, lon_a: float, lat_b: float, lon_b: float) -> float:
    """Kilometres over the ground between two points given in degrees.

    Examples
    --------
    Marseille to Genoa:

    >>> round(km_between(43.29695, 5.38107, 44.40478, 8.94439))
    311
    """
    north, east = radians(lat_b - lat_a) / 2, radians(lon_b - lon_a) / 2
    half = sin(north) ** 2 + cos(radians(lat_a)) * cos(radians(lat_b)) * sin(east) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(half)))


def likeness(row: Described, place: Described) -> Likeness:
    """Weigh whether two descriptions are of one place.

    Parameters
    ----------
    row, place : Described
        What the two lists say.

    Returns
    -------
    Likeness
        A score from 0 (certainly not) to 1 (certainly), and the evidence in the
        order name, distance, division, population, as far as both lists tell.

    Examples
    --------
    Turin as Italy's statistics office and as a gazetteer describe it:

    >>> istat = Described(("torino",), "Piemonte", 45.0667, 7.7, 872_367)
    >>> turin = Described(("turin", "torino"), "Piemonte", 45.07049, 7.68682, 847_287)
    >>> same = likeness(istat, turin)
    >>> round(same.score, 3), [str(one.piece) for one in same.evidence]
    (0.999, ['other_name', 'distance', 'division', 'population'])

    Two Italian towns called Samone, in Piedmont and in Trentino:

    >>> one = Described(("samone",), "Piemonte", 45.45, 7.84, 1_600)
    >>> other = Described(("samone",), "Trentino-Alto Adige", 46.08, 11.52, 530)
    >>> likeness(one, other).score < 0.01
    True
    """
    evidence = [_of_names(row.names, place.names)]
    if None not in {row.latitude, row.longitude, place.latitude, place.longitude}:
        evidence.append(_of_distance(row, place))
    if row.division and place.division:
        same = row.division == place.division
        evidence.append(Evidence(Piece.DIVISION, float(same), 1.0 if same else -4.0))
    if row.population:
        evidence.append(_of_population(row.population, place.population))
    points = sum(one.points for one in evidence)
    return Likeness(1 / (1 + exp(-points)), tuple(evidence))


_TAIL = Evidence(Piece.TAIL, 1.0, -2.0 - ENDS_ONLY)


def _of_names(names: Sequence[str], others: Sequence[str]) -> Evidence:
    """The best agreement between two sets of names."""
    if names[0] == others[0]:
        return Evidence(Piece.NAME, 1.0, 3.0)
    if set(names) & set(others):
        return Evidence(Piece.OTHER_NAME, 1.0, 2.5)
    share, alike = max(
        (_share(one, other), _begin_alike(one, other)) for one in names for other in others
    )
    found = [Evidence(Piece.UNLIKE, round(share, 3), -5.0)]
    if share >= ALIKE_FROM:
        # Few letters in common, and not from the beginning: the other half of a merged commune.
        lost = ENDS_ONLY if share < CLOSE and not alike else 0.0
        points = min(2.0, 20.0 * (share - CLOSE)) - lost
        found.append(Evidence(Piece.ALIKE, round(share, 3), points))
    parts = [(one, other) for one in names for other in others if _contains(one, other)]
    if parts:
        begin = any(_begin_alike(*pair) for pair in parts)
        found.append(Evidence(Piece.PART, 1.0, -2.0) if begin else _TAIL)
    return max(found, key=lambda one: one.points)


def _begin_alike(one: str, other: str) -> bool:
    """Whether two names have their first word in common."""
    return one.split()[:1] == other.split()[:1]


def _share(one: str, other: str) -> float:
    """The share of letters two names have in common, in order; the same both ways."""
    # The matcher itself is not symmetric: of two longest blocks it takes the first it meets.
    first, second = sorted((one, other))
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _contains(one: str, other: str) -> bool:
    """Whether all words of one name stand in the other, and are more than a saint's title."""
    words, others = set(one.split()), set(other.split())
    shorter = min(words, others, key=len)
    return words & others == shorter and len("".join(shorter)) > 3  # noqa: PLR2004 - "san", "la"


def _of_distance(row: Described, place: Described) -> Evidence:
    """Near speaks for, far against: three points at 0 km, none at 12, −4 from 28 to 60, then less.

    The plateau is there because lists place the seat of a wide municipality
    elsewhere than the gazetteer does, and copy a wrong digit now and then.
    """
    km = km_between(
        row.latitude or 0.0, row.longitude or 0.0, place.latitude or 0.0, place.longitude or 0.0
    )
    points = (
        max(-4.0, 3.0 * (1 - km / 12.0)) if km <= PLATEAU_KM else -4.0 - (km - PLATEAU_KM) / 20
    )
    return Evidence(Piece.DISTANCE, round(km, 1), max(-8.0, points))


def _of_population(one: int, other: int | None) -> Evidence:
    """As large speaks for a little; lists draw different bounds, so a difference says little.

    Gazetteers that hold a place twice count its inhabitants only once.
    """
    if not other:
        return Evidence(Piece.UNCOUNTED, 1.0, -1.0)
    ratio = max(one, other) / min(one, other)
    return Evidence(Piece.POPULATION, round(ratio, 1), max(-1.5, 1.0 - log(ratio) / log(5)))


def ranked(row: Described, places: Iterable[tuple[Key, Described]]) -> list[tuple[Key, Likeness]]:
    """Weigh a row against several places, the likeliest first; equals in the order of their keys.

    Examples
    --------
    >>> lyon = Described(("lyon",), "", 45.75, 4.85)
    >>> near, far = Described(("lyon",), "", 45.76, 4.84), Described(("lyon",), "", 47.0, 2.0)
    >>> [key for key, _likeness in ranked(lyon, [(1, far), (2, near)])]
    [2, 1]
    """
    weighed = [(key, likeness(row, place)) for key, place in places]
    return sorted(weighed, key=lambda one: (-one[1].points, one[0]))
