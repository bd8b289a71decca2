"""A round of pairing is made, and told what must be, what must not, and who has left."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.audit.changes import changes_since, made_with, snapshot
from entrecidades.audit.services import record
from entrecidades.calls.choices import Act, PairSide, TieKind
from entrecidades.calls.models import Call, Member, Round, Tie
from entrecidades.calls.rules.life import NotReady
from entrecidades.calls.rules.pairing import (
    MOST_CAPACITY,
    ChangedMeanwhile,
    Limit,
    NotASide,
    NotOfThisRound,
    problems_of_limits,
    problems_of_sides,
)
from entrecidades.calls.selectors import require_runner
from entrecidades.calls.selectors.rounds import regions_of, standing_members, together_in
from entrecidades.cooperation.models import Programme
from entrecidades.network.models import Entity

Joining = Sequence[tuple[Entity, int]]
"""Bodies of one side, each with how many it may be paired."""


@transaction.atomic
def make_round(
    *,
    call: Call | None = None,
    programme: Programme | None = None,
    title: str,
    firsts: Joining,
    seconds: Joining,
    by: AbstractBaseUser,
    at: datetime,
) -> Round:
    """Set two sides of bodies against each other, for a call or for a programme alone.

    Of a call, those that applied together are pinned.

    Raises
    ------
    NotAllowed
        When the person does not run the programme.
    NotASide
        When a side is empty or too large, or a body stands on both; every reason at once.
    """
    programme = call.programme if call else programme
    if programme is None:
        raise NotASide([_("A round belongs to a programme.")])
    body = require_runner(by, programme, on=at.date())
    sides = {PairSide.FIRST: dict(firsts), PairSide.SECOND: dict(seconds)}
    wrong = problems_of_sides(list(sides[PairSide.FIRST]), list(sides[PairSide.SECOND]))
    if wrong:
        raise NotASide(wrong)
    made = Round(programme=programme, call=call, entity=body, title=title.strip(), made_at=at)
    made.full_clean()
    made.save()
    _seat(made, sides)
    pins = _pin_those_together(made)
    record(
        Act.MAKE_ROUND,
        subject=made,
        by=by,
        body=body,
        changes=made_with(made, "title"),
        programme=programme.pk,
        call=made.call_id,
        firsts=len(sides[PairSide.FIRST]),
        seconds=len(sides[PairSide.SECOND]),
        pins=pins,
    )
    return made


def _seat(made: Round, sides: dict[PairSide, dict[Entity, int]]) -> None:
    """Give every body its place on its side."""
    Member.objects.bulk_create(
        Member(
            round=made,
            entity=entity,
            side=side,
            region=str(entity.region or ""),
            capacity=min(max(capacity, 0), MOST_CAPACITY),
        )
        for side, bodies in sides.items()
        for entity, capacity in bodies.items()
    )


def _pin_those_together(made: Round) -> int:
    """Pin the bodies of the two sides that have applied together; how many pairs."""
    firsts, seconds = (
        {one.entity_id: one for one in made.members.filter(side=side)} for side in PairSide.values
    )
    pairs = [
        (firsts[one], seconds[other])
        for both in sorted(map(sorted, together_in(made.call) if made.call else ()))
        for one, other in (both, both[::-1])
        if one in firsts and other in seconds
    ]
    Tie.objects.bulk_create(
        Tie(round=made, first=first, second=second, kind=TieKind.PIN) for first, second in pairs
    )
    return len(pairs)


@transaction.atomic
def limit_round(
    *,
    round_id: int,
    version: int,
    most: int | None,
    limits: Iterable[Limit],
    capacities: dict[int, int],
    by: AbstractBaseUser,
    at: datetime,
) -> Round:
    """Say how many pairs there may be, in all, of each region and of each body.

    Raises
    ------
    ChangedMeanwhile
        When somebody else has changed the round since it was shown.
    NotReady
        When a region is unknown or its numbers contradict; everything at once.
    """
    row, body = held(round_id, by, at, version=version)
    said = list(limits)
    members = {one.pk: one for one in standing_members(row)}
    wrong = problems_of_limits(said, regions_of(members.values()))
    if unknown := [key for key in capacities if key not in members]:
        raise NotOfThisRound(
            _("%(count)s bodies are not in this round.") % {"count": len(unknown)}
        )
    if wrong:
        raise NotReady(wrong)
    before = snapshot(row, "most", "shares")
    row.most = most
    row.shares = [
        {"side": one.side, "region": one.region, "least": one.least, "most": one.most}
        for one in said
        if one.least or one.most is not None
    ]
    told = _let_take(members, capacities)
    changes = changes_since(before, row)
    if changes or told:
        _count_on(row, "most", "shares")
        record(Act.LIMIT, subject=row, by=by, body=body, changes=changes, capacities=told)
    return row


def _let_take(members: dict[int, Member], capacities: dict[int, int]) -> dict[str, list[int]]:
    """Let bodies be paired with so many; what changed, by the key of the body."""
    changed = [
        members[key] for key, number in capacities.items() if number != members[key].capacity
    ]
    told = {str(one.entity_id): [one.capacity, capacities[one.pk]] for one in changed}
    for one in changed:
        one.capacity = capacities[one.pk]
    Member.objects.bulk_update(changed, ["capacity"])
    return told


@transaction.atomic
def tie_pair(
    *,
    round_id: int,
    version: int,
    kind: TieKind,
    first_id: int,
    second_id: int,
    by: AbstractBaseUser,
    at: datetime,
) -> Tie:
    """Say that two must, or must not, be a pair; what was said of the two before is replaced.

    Raises
    ------
    ChangedMeanwhile
        When somebody else has changed the round since it was shown.
    NotOfThisRound
        When one of the two is not on its side of the round.
    """
    row, body = held(round_id, by, at, version=version)
    ends = [
        row.members.filter(pk=key, side=side, left_at=None).select_related("entity").first()
        for key, side in ((first_id, PairSide.FIRST), (second_id, PairSide.SECOND))
    ]
    first, second = ends
    if first is None or second is None:
        raise NotOfThisRound(_("One of the two is not in this round."))
    Tie.objects.filter(round=row, first=first, second=second).delete()
    tie = Tie(round=row, first=first, second=second, kind=kind)
    tie.full_clean()
    tie.save()
    _count_on(row)
    record(
        Act.TIE,
        subject=row,
        by=by,
        body=body,
        kind=kind,
        first=first.entity_id,
        second=second.entity_id,
    )
    return tie


@transaction.atomic
def untie_pair(*, tie_id: int, version: int, by: AbstractBaseUser, at: datetime) -> Round:
    """Take back what was said of two.

    Raises
    ------
    ChangedMeanwhile
        When somebody else has changed the round since it was shown.
    """
    tie = Tie.objects.select_related("first", "second").get(pk=tie_id)
    row, body = held(tie.round_id, by, at, version=version)
    record(
        Act.UNTIE,
        subject=row,
        by=by,
        body=body,
        kind=tie.kind,
        first=tie.first.entity_id,
        second=tie.second.entity_id,
    )
    tie.delete()
    _count_on(row)
    return row


@transaction.atomic
def leave_round(
    *, member_id: int, version: int, reason: str, by: AbstractBaseUser, at: datetime
) -> Round:
    """Note that a body takes part no longer; its published pairs end, and the others stand.

    Raises
    ------
    NotReady
        When no reason is given.
    NotOfThisRound
        When the body has left already.
    """
    member = Member.objects.get(pk=member_id)
    row, body = held(member.round_id, by, at, version=version)
    member.refresh_from_db()
    if member.left_at is not None:
        raise NotOfThisRound(_("It has left already."))
    if not reason.strip():
        raise NotReady([_("Say why.")])
    member.left_at, member.reason = at, reason.strip()
    member.full_clean()
    member.save(update_fields=["left_at", "reason"])
    side = "first" if member.side == PairSide.FIRST else "second"
    ended = row.pairs.standing().filter(**{side: member}).update(ended_at=at)
    _count_on(row)
    record(
        Act.LEAVE_ROUND,
        subject=row,
        by=by,
        body=body,
        entity=member.entity_id,
        reason=member.reason,
        pairs=ended,
    )
    return row


def held(
    round_id: int, by: AbstractBaseUser, at: datetime, *, version: int | None = None
) -> tuple[Round, Entity]:
    """The round's row, held until the transaction ends, and for whom the person acts.

    Raises
    ------
    NotAllowed
        When the person does not run its programme.
    ChangedMeanwhile
        When it is not the version that was shown.
    """
    rows = Round.objects.select_for_update(of=("self",)).select_related("programme")
    row = rows.get(pk=round_id)
    body = require_runner(by, row.programme, on=at.date())
    if version is not None and row.version != version:
        raise ChangedMeanwhile(
            _("Somebody else has changed the round meanwhile. Look at it again, then decide.")
        )
    return row, body


def _count_on(row: Round, *fields: str) -> None:
    """Note that what is asked has changed: answers to what was asked before are not published."""
    row.version += 1
    row.save(update_fields=["version", *fields])
