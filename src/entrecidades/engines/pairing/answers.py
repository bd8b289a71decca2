"""The answer: the pairs, what they are worth, the bound that proves it, and who is left over."""

from dataclasses import dataclass
from enum import StrEnum


class Why(StrEnum):
    """Why somebody is paired with fewer than could be."""

    NO_CANDIDATE = "no_candidate"
    """Nobody on the other side has a score with it."""
    FORBIDDEN = "forbidden"
    """Everybody with whom it has a score is forbidden to it."""
    NOTHING_GAINED = "nothing_gained"
    """No score of it is above nothing."""
    LIMIT = "limit"
    """As many pairs are made as may be made, and the others are worth more."""
    REGION_FULL = "region_full"
    """Its region has as many pairs as it may have."""
    OUTBID = "outbid"
    """All with whom it could be paired are worth more, together, with others."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two that are paired.

    Attributes
    ----------
    row, column : the two, as they were given
    score : what the pair is worth
    pinned : whether it had to be
    regret : what the best pairing without it would be worth less, exactly; None when it was not
        computed, or when there is none without it (``needed``)
    instead : the column that its row would get then; None for nobody else
    needed : whether no pairing without it keeps all limits
    """

    row: int
    column: int
    score: float
    pinned: bool = False
    regret: float | None = None
    instead: int | None = None
    needed: bool = False


@dataclass(frozen=True, slots=True)
class LeftOver:
    """Somebody without any pair, and why."""

    index: int
    why: Why


@dataclass(frozen=True, slots=True)
class RegionShare:
    """How one region fares."""

    region: str
    pairs: int
    places: int
    least: int
    most: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    """A pairing and its proof.

    Attributes
    ----------
    pairs : by row, then column
    total : the sum of their scores
    bound : no pairing within the limits is worth more
    rows_left, columns_left : those without a pair
    row_regions, column_regions : how each region fares
    candidates : how many pairs have a score and are not forbidden
    considered : how many of them the solver was given; the others are proven not to matter
    final : whether the solver is done; a first answer is not
    """

    pairs: tuple[Pair, ...]
    total: float
    bound: float | None
    rows_left: tuple[LeftOver, ...] = ()
    columns_left: tuple[LeftOver, ...] = ()
    row_regions: tuple[RegionShare, ...] = ()
    column_regions: tuple[RegionShare, ...] = ()
    candidates: int = 0
    considered: int = 0
    final: bool = True

    @property
    def gap(self) -> float | None:
        """By what share of the total the bound is above it; 0 is a proof."""
        if self.bound is None:
            return None
        return (self.bound - self.total) / max(abs(self.total), 1e-9)

    @property
    def proven(self) -> bool:
        """Whether nothing within the limits is worth more."""
        return self.bound is not None and self.bound <= self.total
