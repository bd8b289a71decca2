"""The pairs of a round as records for files: the rows of the page, all of them, in its order."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count, islice
from typing import Any, TypeVar

from entrecidades.calls.choices import TieKind
from entrecidades.calls.models import Member, Pair, Run, Tie
from entrecidades.calls.rules.pairing import Link
from entrecidades.engines.affinity import PARTS
from entrecidades.exchange.exports.sheet import Position, Record, Value
from entrecidades.matching.pairing import Fit
from entrecidades.network.models import Entity
from entrecidades.web.presenters import rounds as told

#: So many pairs are compared with the world at a time.
CHUNK = 200
#: What is said of a pair that was neither pinned nor forbidden, and was told to stay.
KEPT = "kept"
Row = TypeVar("Row")


def _some(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows, some at a time."""
    left = iter(rows)
    while some := list(islice(left, CHUNK)):
        yield some


def answer_records(
    found: Sequence[Mapping[str, Any]], members: told.Members, ties: Mapping[Link, Tie]
) -> Iterator[Record]:
    """Pairs of an answer, as the studio shows them."""
    numbers = count(1)
    for some in _some(found):
        fits = told.fits_of([(one["first"], one["second"]) for one in some], members)
        for one, fit in zip(some, fits, strict=True):
            first, second = members[one["first"]], members[one["second"]]
            points = {part.part: round(part.points, 4) for part in fit.parts}
            values = (
                *_named(next(numbers), first.entity, second.entity),
                *(round(one["score"], 4), *_eyes(fit)),
                *(points.get(part) for part in PARTS),
                *(_reasons(fit), _said(one, ties), *_instead(one, members)),
            )
            yield Record(values, _placed(first.entity, second.entity))


def published_records(pairs: Iterable[Pair]) -> Iterator[Record]:
    """Published pairs, as everybody reads them."""
    numbers = count(1)
    for some in _some(pairs):
        both = [(one.first.entity, one.second.entity) for one in some]
        for (first, second), fit in zip(both, told.fits_between(both), strict=True):
            values = (*_named(next(numbers), first, second), *_eyes(fit), _reasons(fit))
            yield Record(values, _placed(first, second))


def _named(number: int, first: Entity, second: Entity) -> tuple[Value, ...]:
    """A pair and who it is."""
    ends = ((str(one.public_id), one.name_in(), one.country_id) for one in (first, second))
    return (number, *(value for end in ends for value in end))


def _eyes(fit: Fit) -> tuple[Value, Value]:
    """How each sees the other; empty where nothing is known."""
    return (round(fit.first, 4), round(fit.second, 4)) if fit.parts else (None, None)


def _reasons(fit: Fit) -> tuple[str, ...]:
    """The reasons that carry a pair most, in the reader's language."""
    return tuple(str(one.text) for one in fit.strongest(told.REASONS))


def _said(one: Mapping[str, Any], ties: Mapping[Link, Tie]) -> str | None:
    """Whether the pair was pinned, forbidden since, or kept."""
    if tie := ties.get((one["first"], one["second"])):
        return str(tie.kind)
    return KEPT if one["pinned"] else None


def _instead(one: Mapping[str, Any], members: told.Members) -> tuple[Value, ...]:
    """The second best of the first city, and what it would cost all together."""
    there = members.get(one["instead"] or 0)
    named = (str(there.entity.public_id), there.entity.name_in()) if there else (None, None)
    return (*named, one["regret"], "yes" if one["needed"] else "no")


def _placed(first: Entity, second: Entity) -> tuple[Position, ...]:
    """Where the two have their seats."""
    seats = (one.seat for one in (first, second))
    return tuple((seat.longitude, seat.latitude) for seat in seats if seat)


def facts_of_answer(run: Run, members: told.Members, ties: Mapping[Link, Tie]) -> dict[str, Any]:
    """What programs learn of an answer beside its pairs: its proof, and what was asked."""
    return {
        "answer": run.number,
        "worth": run.worth,
        "bound": run.bound,
        "gap": run.gap,
        "proven": run.gap is not None and run.gap <= 0,
        **{
            words: [_ends(link, members) for link, tie in ties.items() if tie.kind == kind]
            for words, kind in (("pinned", TieKind.PIN), ("forbidden", TieKind.FORBID))
        },
        "left": [
            {**_end(members[one["key"]]), "why": one["why"]}
            for one in run.answer.get("left", [])
            if one["key"] in members
        ],
    }


def _ends(link: Link, members: told.Members) -> dict[str, Any]:
    """Two members, for programs."""
    return {"first": _end(members[link[0]]), "second": _end(members[link[1]])}


def _end(member: Member) -> dict[str, str]:
    """A member, for programs."""
    return {"id": str(member.entity.public_id), "name": member.entity.name_in()}
