"""What a round asks of the engine, and how two of its answers differ; no database, no clock."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from entrecidades.calls.choices import PairSide, RunState, RunStep, TieKind
from entrecidades.engines.pairing import Answer, Contradiction, Problem, Rule, Side
from entrecidades.kernel.errors import Refusal

R, S = RunState, RunStep
RUN_LIFE: dict[tuple[RunState, RunStep], RunState] = {
    (R.ASKED, S.BEGIN): R.WORKING,
    # A worker that died has left it so; the next begins anew, and finds the same answer.
    (R.WORKING, S.BEGIN): R.WORKING,
    (R.WORKING, S.END): R.DONE,
    (R.WORKING, S.REFUSE): R.IMPOSSIBLE,
    (R.WORKING, S.FAIL): R.FAILED,
    (R.ASKED, S.STOP): R.STOPPED,
    (R.WORKING, S.STOP): R.STOPPED,
    (R.STOPPED, S.RESUME): R.ASKED,
    (R.FAILED, S.RESUME): R.ASKED,
}
WORKER, RUNNER = "worker", "runner"
RUN_STEP_OF: dict[RunStep, str] = {
    S.BEGIN: WORKER,
    S.END: WORKER,
    S.REFUSE: WORKER,
    S.FAIL: WORKER,
    S.STOP: RUNNER,
    S.RESUME: RUNNER,
}

#: So many may stand on one side of a round.
MOST_MEMBERS = 5_000
MOST_CAPACITY = 100
#: More pairs than these nobody can form, so no limit needs to say more.
MOST_PAIRS = MOST_MEMBERS * MOST_CAPACITY


class ChangedMeanwhile(Refusal):
    """Somebody else has changed the round since it was shown."""


class NotYetPaired(Refusal):
    """There is no answer that fits what the round asks now."""


class UnderWay(Refusal):
    """The round is being computed."""


class NothingToOpen(Refusal):
    """Every pair that was chosen has its first contact, or is a pair no longer."""


class NotOfThisRound(Refusal):
    """What is named does not belong to the round."""


class NotASide(Refusal):
    """The sides cannot be paired as they are; each sentence names one thing."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A member as the engine asks of it; ``name`` is its public id, which never changes."""

    key: int
    name: str
    side: str
    region: str
    capacity: int


@dataclass(frozen=True, slots=True)
class Limit:
    """How many pairs a region must, and may, have."""

    side: str
    region: str
    least: int
    most: int | None


Link = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that is asked: who stands on each side, and the engine's problem."""

    firsts: tuple[Standing, ...]
    seconds: tuple[Standing, ...]
    problem: Problem


def sheet_of(
    members: Iterable[Standing],
    ties: Iterable[tuple[Link, str]],
    kept: Iterable[Link],
    limits: Sequence[Limit],
    most: int | None,
) -> Sheet:
    """What a round asks; pairs that are kept are pins, unless they are forbidden meanwhile.

    What was said of members who have left is no longer said.
    """
    all_of = list(members)
    firsts = tuple(one for one in all_of if one.side == PairSide.FIRST)
    seconds = tuple(one for one in all_of if one.side == PairSide.SECOND)
    rows = {one.key: number for number, one in enumerate(firsts)}
    columns = {one.key: number for number, one in enumerate(seconds)}
    said = [
        ((rows[first], columns[second]), kind)
        for (first, second), kind in ties
        if first in rows and second in columns
    ]
    forbids = {link for link, kind in said if kind == TieKind.FORBID}
    pins = {link for link, kind in said if kind == TieKind.PIN}
    pins |= {
        (rows[first], columns[second])
        for first, second in kept
        if first in rows and second in columns and (rows[first], columns[second]) not in forbids
    }
    sides = (_side(firsts, PairSide.FIRST, limits), _side(seconds, PairSide.SECOND, limits))
    problem = Problem(*sides, tuple(sorted(pins)), tuple(sorted(forbids)), most)
    return Sheet(firsts, seconds, problem)


def _side(members: Sequence[Standing], side: str, limits: Sequence[Limit]) -> Side:
    """One side for the engine."""
    mine = [limit for limit in limits if limit.side == side]
    return Side.of(
        [one.name for one in members],
        capacity=[one.capacity for one in members],
        regions=[one.region or None for one in members],
        least={limit.region: limit.least for limit in mine},
        most={limit.region: limit.most for limit in mine if limit.most is not None},
    )


def told_of(sheet: Sheet, answer: Answer) -> dict[str, Any]:
    """The engine's answer by the keys of members, as it is kept."""
    firsts, seconds = ([one.key for one in side] for side in (sheet.firsts, sheet.seconds))
    left = ((firsts, answer.rows_left), (seconds, answer.columns_left))
    shares = ((PairSide.FIRST, answer.row_regions), (PairSide.SECOND, answer.column_regions))
    return {
        "pairs": [
            {
                "first": firsts[one.row],
                "second": seconds[one.column],
                "score": round(one.score, 6),
                "pinned": one.pinned,
                "regret": one.regret,
                "instead": None if one.instead is None else seconds[one.instead],
                "needed": one.needed,
            }
            for one in answer.pairs
        ],
        "left": [
            {"key": keys[one.index], "why": one.why.value} for keys, of in left for one in of
        ],
        "regions": [
            {"side": side.value, **asdict(one)} for side, regions in shares for one in regions
        ],
        "candidates": answer.candidates,
    }


def kept_of(found: Iterable[Contradiction]) -> list[dict[str, Any]]:
    """Contradictions as they are kept."""
    return [{**asdict(one), "rule": one.rule.value} for one in found]


def contradiction_of(kept: Mapping[str, Any], names: Mapping[str, str]) -> Contradiction:
    """A contradiction that was kept, with members by the names that readers know."""
    told = tuple(names.get(name, name) for name in kept["names"])
    return Contradiction(Rule(kept["rule"]), kept["side"], told, kept["asked"], kept["possible"])


@dataclass(frozen=True, slots=True)
class Difference:
    """How an answer differs from the one before: pairs that came and went, and by how much."""

    came: tuple[Link, ...]
    went: tuple[Link, ...]
    stayed: int
    by: float


def difference(before: Iterable[Link], after: Iterable[Link], *, by: float = 0.0) -> Difference:
    """What changed between two answers.

    Examples
    --------
    >>> difference([(1, 8), (2, 9)], [(1, 8), (2, 7)], by=-1.5)
    Difference(came=((2, 7),), went=((2, 9),), stayed=1, by=-1.5)
    """
    was, now = set(before), set(after)
    came, went = tuple(sorted(now - was)), tuple(sorted(was - now))
    return Difference(came, went, len(was & now), by)


def problems_of_sides(firsts: Sequence[Any], seconds: Sequence[Any]) -> list[str]:
    """Why two lists cannot be the sides of a round, everything at once."""
    found = []
    for words, side in ((_("first"), firsts), (_("second"), seconds)):
        if not side:
            found.append(_("Nobody stands on the %(side)s side.") % {"side": words})
        if len(side) > MOST_MEMBERS:
            said = {"side": words, "most": MOST_MEMBERS, "count": len(side)}
            found.append(_("%(count)s stand on the %(side)s side; at most %(most)s can.") % said)
    both = sorted({str(one) for one in firsts} & {str(one) for one in seconds})
    if both:
        found.append(_("On both sides stand: %(names)s.") % {"names": ", ".join(both[:10])})
    return found


def problems_of_limits(limits: Sequence[Limit], regions: Mapping[str, Iterable[str]]) -> list[str]:
    """What is wrong with the numbers of regions, everything at once."""
    found = []
    for one in limits:
        if one.region not in set(regions.get(one.side, ())):
            found.append(_("No region is called “%(name)s”.") % {"name": one.region})
        elif one.most is not None and one.most < one.least:
            said = {"name": one.region, "least": one.least, "most": one.most}
            found.append(
                _("“%(name)s” must have at least %(least)s pairs, and at most %(most)s.") % said
            )
    return found
