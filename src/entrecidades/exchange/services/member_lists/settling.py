"""Who the rows of a list are: what is certain, what somebody has answered, and what is open."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from entrecidades.exchange.progress import Progress
from entrecidades.exchange.readers.members import MemberRow
from entrecidades.exchange.services.member_lists.roll import BODY, Found, Roll, Target
from entrecidades.network.models import Membership

STEP = 200
#: The answer that a row is none of those it may be.
NOBODY = "nobody"
#: From this score on a member is taken for the row that may be it and no other member.
AS_A_MEMBER = 0.5


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody has decided: who rows are, by number, and whose membership ends on a day.

    ``ending`` are keys of bodies; None means all that a list no longer names.
    """

    rows: Mapping[int, str] = field(default_factory=dict)
    ending: Collection[int] | None = ()
    ends_on: date | None = None

    @classmethod
    def kept(cls, told: Mapping[str, Any]) -> "Answers":
        """The answers as a list that was handed in keeps them."""
        rows = {int(number): str(key) for number, key in told.get("rows", {}).items()}
        ends_on = date.fromisoformat(told["ends_on"]) if told.get("ends_on") else None
        ending = told.get("ending", ())
        return cls(rows, None if ending is None else tuple(ending), ends_on)


@dataclass(slots=True)
class Settled:
    """The rows by what became of them: somebody's, open, nobody's, or one too many."""

    certain: list[tuple[MemberRow, Target]] = field(default_factory=list)
    doubtful: list[tuple[MemberRow, Found]] = field(default_factory=list)
    passed: list[MemberRow] = field(default_factory=list)
    unknown: list[MemberRow] = field(default_factory=list)
    twice: list[tuple[MemberRow, MemberRow]] = field(default_factory=list)


def settle(
    rows: Iterable[MemberRow],
    roll: Roll,
    known: Mapping[int, Collection[Membership]],
    answers: Answers,
    progress: Progress,
) -> Settled:
    """Say who each row is; two rows are one body only if they tell of two times."""
    result, every = Settled(), list(rows)
    open_rows: list[tuple[MemberRow, Found]] = []
    taken: dict[Target, list[MemberRow]] = defaultdict(list)
    for done, row in enumerate(every, 1):
        found = roll.find(row)
        answer = answers.rows.get(row.row, "")
        asked = {str(one): one for one, _like in found.ranking}
        target = asked.get(answer, found.target)
        if answer == NOBODY and not found.by_id:
            result.passed.append(row)
        elif target is not None:
            _take(row, target, taken, result)
        elif found.by_id:
            result.unknown.append(row)
        else:
            open_rows.append((row, found))
        if done % STEP == 0 or done == len(every):
            progress("compare", done, len(every))
    for row, found in open_rows:
        target = _member_among(row, found, known, taken)
        if target is None:
            result.doubtful.append((row, found))
        else:
            _take(row, target, taken, result)
    return result


def _take(
    row: MemberRow, target: Target, taken: dict[Target, list[MemberRow]], result: Settled
) -> None:
    """Give a row to somebody, unless another row has told of the same time."""
    for other in taken[target]:
        if _overlap(row, other):
            result.twice.append((row, other))
            return
    taken[target].append(row)
    result.certain.append((row, target))


def _overlap(one: MemberRow, other: MemberRow) -> bool:
    """Whether two memberships share a day, as far as the list tells."""
    begun = one.since is None or other.until is None or one.since <= other.until
    return begun and (other.since is None or one.until is None or other.since <= one.until)


def _member_among(
    row: MemberRow,
    found: Found,
    known: Mapping[int, Collection[Membership]],
    taken: Mapping[Target, Collection[MemberRow]],
) -> Target | None:
    """The only one of those a row may be that is a member already, since the same day."""
    members = [
        one
        for one, like in found.ranking
        if one.kind == BODY and like.score >= AS_A_MEMBER and one not in taken
        if any(_agree(row, held) for held in known.get(one.key, ()))
    ]
    return members[0] if len(members) == 1 else None


def _agree(row: MemberRow, held: Membership) -> bool:
    """Whether a row may tell of a membership."""
    return row.since is None or held.valid_from is None or row.since == held.valid_from
