"""Propose a pair, or say that two entries are two bodies."""

from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.audit.services import record
from entrecidades.duplicates.choices import Act
from entrecidades.duplicates.rules import CannotMerge
from entrecidades.duplicates.selectors.preview import plan_merge
from entrecidades.duplicates.selectors.queue import described
from entrecidades.duplicates.services.rights import require_operator, require_proposer
from entrecidades.engines.samebody import likeness
from entrecidades.network.choices import DuplicateState
from entrecidades.network.models import Duplicate, Entity


@transaction.atomic
def propose_duplicate(
    *, one: Entity, other: Entity, by: AbstractBaseUser, on: date, at: datetime
) -> Duplicate:
    """Put two entries before the operators as one body; proposed twice, it is one pair.

    That somebody decided they are two is not overruled: the pair comes back as it was decided.

    Raises
    ------
    NotAllowed
        Neither of the two belongs to an association she coordinates.
    CannotMerge
        The two cannot be one body.
    """
    require_proposer(by, (one, other), on=on)
    plan_merge(one, other, {})
    first, second = sorted((one, other), key=lambda entity: entity.pk)
    # The first body's row is the lock: two who propose one pair find one pair.
    Entity.objects.select_for_update(of=("self",)).get(pk=first.pk)
    known = Duplicate.objects.filter(one=first, other=second).first()
    if known:
        return known
    weighed = likeness(*described([first.pk, second.pk]))
    pair = Duplicate.objects.create(
        one=first,
        other=second,
        score=round(weighed.score, 4),
        reasons=[
            {"piece": str(piece.piece), "number": piece.number, "points": round(piece.points, 2)}
            for piece in weighed.evidence
        ],
        proposed_by_id=by.pk,
        found_at=at,
    )
    record(Act.PROPOSE, subject=pair, by=by, one=first.name, other=second.name)
    return pair


@transaction.atomic
def dismiss_duplicate(*, pair: Duplicate, by: AbstractBaseUser | None, at: datetime) -> Duplicate:
    """Say that the two are two bodies: nobody is asked again. Said twice, it was said once.

    Raises
    ------
    NotAllowed
        She is no operator.
    CannotMerge
        The two were merged: that is undone first.
    """
    require_operator(by)
    fresh = Duplicate.objects.select_for_update(of=("self",)).get(pk=pair.pk)
    if fresh.state == DuplicateState.MERGED:
        raise CannotMerge(_("The two are merged. Undo the merge first."))
    if fresh.state == DuplicateState.OPEN:
        fresh.state = DuplicateState.DIFFERENT
        fresh.decided_by_id, fresh.decided_at = by.pk if by else None, at
        fresh.save(update_fields=["state", "decided_by", "decided_at"])
        one, other = fresh.one.name, fresh.other.name
        record(Act.DISMISS, subject=fresh, by=by, one=one, other=other)
    return fresh
