"""What contradicts itself before anything is computed: every contradiction at once."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from entrecidades.engines.pairing.sides import NO_REGION, Problem, Side


class Rule(StrEnum):
    """Which rule is contradicted."""

    PIN_AND_FORBID = "pin_and_forbid"
    """The same two must and must not be paired."""
    PINS_OVER_CAPACITY = "pins_over_capacity"
    """One must be paired with more than it can take."""
    PINS_OVER_REGION = "pins_over_region"
    """The pins alone give a region more than its greatest number."""
    PINS_OVER_TOTAL = "pins_over_total"
    """There are more pins than there may be pairs."""
    LEAST_OVER_MOST = "least_over_most"
    """A region must have more than it may have."""
    LEAST_OVER_TOTAL = "least_over_total"
    """The regions of a side must have more, together, than there may be pairs."""
    LEAST_OUT_OF_REACH = "least_out_of_reach"
    """A region cannot have its least number, whatever the others get."""
    LEAST_TOGETHER = "least_together"
    """Some regions cannot all have their least number at once."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One rule that cannot hold.

    Attributes
    ----------
    rule : which
    side : "rows", "columns", or nothing where both are meant
    names : whom it concerns: keys or regions
    asked, possible : the two numbers that do not fit, where there are any
    """

    rule: Rule
    side: str = ""
    names: tuple[str, ...] = ()
    asked: int = 0
    possible: int = 0


class Contradictory(ValueError):
    """What is asked cannot be; ``found`` names every contradiction."""

    def __init__(self, found: Iterable[Contradiction]) -> None:
        self.found = list(found)
        super().__init__("; ".join(_told(one) for one in self.found))


def _told(one: Contradiction) -> str:
    """A contradiction for programmers; interfaces say it in their own words."""
    numbers = f" ({one.asked} > {one.possible})" if one.asked else ""
    return f"{one.rule} {one.side} {', '.join(one.names)}{numbers}"


def check(problem: Problem) -> None:
    """Refuse what contradicts itself.

    Raises
    ------
    Contradictory
        With everything that was found.

    Examples
    --------
    >>> rows, columns = Side.of(["Lyon"]), Side.of(["Recife", "Natal"])
    >>> check(Problem(rows, columns, pins=((0, 0), (0, 1)), forbids=((0, 1),)))
    Traceback (most recent call last):
    ...
    entrecidades.engines.pairing.checks.Contradictory: pin_and_forbid  Lyon, Natal; \
pins_over_capacity rows Lyon (2 > 1)
    """
    if found := list(_contradictions(problem)):
        raise Contradictory(found)


def _contradictions(problem: Problem) -> Iterator[Contradiction]:
    """All that can be seen without computing."""
    pins = sorted(set(problem.pins))
    for row, column in sorted(set(pins) & set(problem.forbids)):
        names = problem.rows.keys[row], problem.columns.keys[column]
        yield Contradiction(Rule.PIN_AND_FORBID, names=names)
    if len(pins) > problem.total:
        yield Contradiction(Rule.PINS_OVER_TOTAL, asked=len(pins), possible=problem.total)
    yield from _of_side("rows", problem.rows, [row for row, _column in pins], problem.total)
    yield from _of_side("columns", problem.columns, [at for _row, at in pins], problem.total)


def _of_side(name: str, side: Side, pinned: list[int], total: int) -> Iterator[Contradiction]:
    """What one side contradicts."""
    for index, count in sorted(Counter(pinned).items()):
        room = int(side.capacity[index])
        if count > room:
            names = (side.keys[index],)
            yield Contradiction(Rule.PINS_OVER_CAPACITY, name, names, count, room)
    at_home = Counter(int(side.region[index]) for index in pinned)
    for number, region in enumerate(side.regions):
        least, most = int(side.least[number]), int(side.most[number])
        if least > most:
            yield Contradiction(Rule.LEAST_OVER_MOST, name, (region,), least, most)
        if at_home[number] > most:
            found = at_home[number]
            yield Contradiction(Rule.PINS_OVER_REGION, name, (region,), found, most)
    needed = int(side.least.sum())
    if needed > total:
        regions = tuple(
            region for region, least in zip(side.regions, side.least, strict=True) if least
        )
        yield Contradiction(Rule.LEAST_OVER_TOTAL, name, regions, needed, total)


def without_pins(problem: Problem) -> Problem:
    """What is left to decide once the pins are made."""
    pins = sorted(set(problem.pins))
    return Problem(
        rows=_left(problem.rows, [row for row, _column in pins]),
        columns=_left(problem.columns, [column for _row, column in pins]),
        forbids=problem.forbids,
        most=None if problem.most is None else problem.most - len(pins),
    )


def _left(side: Side, pinned: list[int]) -> Side:
    """A side whose pins have taken their room, and given their regions their pairs."""
    capacity, least, most = side.capacity.copy(), side.least.copy(), side.most.copy()
    for index in pinned:
        capacity[index] -= 1
        region = side.region[index]
        if region != NO_REGION:
            least[region] -= 1
            most[region] -= 1
    return Side(side.keys, capacity, side.region, side.regions, least.clip(0), most)
