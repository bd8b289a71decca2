"""Measuring beside a peer: turn by turn on the same data, told as ratios."""

import math
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Spread:
    """Least, middle and greatest of some measurements."""

    least: float
    middle: float
    greatest: float

    @classmethod
    def of(cls, values: Iterable[float]) -> "Spread":
        """The spread of some values, at least one."""
        known = sorted(values)
        return cls(known[0], median(known), known[-1])


@dataclass(frozen=True, slots=True)
class Goal:
    """What is to be reached: ``at_least`` or ``at_most``, in the finding's unit."""

    at_least: float = -math.inf
    at_most: float = math.inf

    def met(self, value: float) -> bool:
        """Whether a value reaches the goal."""
        return self.at_least <= value <= self.at_most

    def __str__(self) -> str:
        if self.at_least > -math.inf:
            return f"≥ {self.at_least:g}"
        return f"≤ {self.at_most:g}"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was measured.

    Attributes
    ----------
    work : what was done
    size : on how many places (documents, rows ...)
    told : what the spread says, such as "times as fast as FAISS flat"
    unit : of the spread; "×" for ratios
    spread : of all rounds
    goal : what the middle is to reach, if anything
    here, peer : seconds that we and the peer needed, when a ratio is told
    wall : the same ratio by the clock on the wall, when processor time is told
    """

    work: str
    size: int
    told: str
    unit: str
    spread: Spread
    goal: Goal | None = None
    here: Spread | None = None
    peer: Spread | None = None
    wall: Spread | None = None

    @property
    def missed(self) -> bool:
        """Whether there is a goal, and it is not reached."""
        return self.goal is not None and not self.goal.met(self.spread.middle)


@dataclass(slots=True)
class Race:
    """Seconds of each contestant, round by round, by the clock of the race and on the wall.

    Examples
    --------
    >>> race = Race({"here": [1.0, 2.0], "peer": [3.0, 4.0]})
    >>> race.ratio("peer", "here")
    Spread(least=2.0, middle=2.5, greatest=3.0)
    """

    seconds: dict[str, list[float]] = field(default_factory=dict)
    wall: dict[str, list[float]] = field(default_factory=dict)

    def ratio(self, slower: str, faster: str) -> Spread:
        """How many times as long one took as the other, within each round."""
        return quotient(self.seconds[slower], self.seconds[faster])

    def ratio_on_the_wall(self, slower: str, faster: str) -> Spread | None:
        """The same by the clock on the wall; None when nobody looked at it."""
        if not self.wall:
            return None
        return quotient(self.wall[slower], self.wall[faster])

    def spread(self, name: str) -> Spread:
        """Seconds of one contestant."""
        return Spread.of(self.seconds[name])


def quotient(long: Iterable[float], short: Iterable[float]) -> Spread:
    """The spread of the ratios of rounds."""
    return Spread.of(one / other for one, other in zip(long, short, strict=True))


Clock = Callable[[], float]

WALL: Clock = time.perf_counter
PROCESSOR: Clock = time.process_time
"""Seconds of this process's threads alone: fair between contestants that use one core each, and
hardly disturbed by what else the machine does."""


def clocked(act: Callable[[], Any], clock: Clock = WALL) -> float:
    """Seconds that an act takes."""
    return clocked_by(act, clock)[0]


def clocked_by(act: Callable[[], Any], *clocks: Clock) -> list[float]:
    """Seconds that an act takes, by each clock."""
    starts = [clock() for clock in clocks]
    act()
    return [clock() - start for clock, start in zip(clocks, starts, strict=True)]


def race(rounds: Iterable[Mapping[str, Callable[[], Any]]], clock: Clock = WALL) -> Race:
    """Let the contestants of each round run in turn; who begins changes from round to round.

    Taking turns is what makes ratios hold on a machine that others use too.
    """
    told = Race()
    for number, contestants in enumerate(rounds):
        names = list(contestants)
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            seconds, wall = clocked_by(contestants[name], clock, WALL)
            told.seconds.setdefault(name, []).append(seconds)
            told.wall.setdefault(name, []).append(wall)
    return told


def compared(
    race_run: Race, work: str, size: int, peers: Mapping[str, Goal | None], here: str = "here"
) -> list[Finding]:
    """How many times as fast as each peer we were."""
    return [
        Finding(
            work=work,
            size=size,
            told=f"times as fast as {peer}",
            unit="×",
            spread=race_run.ratio(peer, here),
            goal=goal,
            here=race_run.spread(here),
            peer=race_run.spread(peer),
            wall=race_run.ratio_on_the_wall(peer, here),
        )
        for peer, goal in peers.items()
    ]
