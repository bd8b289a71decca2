"""Compare the register with itself, and keep the queue of pairs as it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from entrecidades.duplicates.selectors.queue import bodies_described, told_apart
from entrecidades.engines.lookalikes import Found, duplicates
from entrecidades.network.choices import DuplicateState
from entrecidades.network.models import Duplicate, Entity

CHUNK = 500


@dataclass(frozen=True, slots=True)
class Finding:
    """How many entries were compared, how many pairs are new, and how many wait no longer."""

    compared: int
    new: int
    gone: int


def find_duplicates(*, at: datetime) -> Finding:
    """Compare every entry with those that resemble it; the queue holds what was found.

    Open pairs get their new score; those that resemble each other no longer
    leave, unless a person proposed them. What somebody decided stays decided.
    """
    bodies = bodies_described()
    apart = told_apart()
    found = {
        (one.one, one.other): one
        for one in duplicates(bodies)
        if (one.one, one.other) not in apart
    }
    return Finding(len(bodies), *_keep(found, at))


@transaction.atomic
def _keep(found: Mapping[tuple[int, int], Found], at: datetime) -> tuple[int, int]:
    """Write the queue: how many pairs are new in it, and how many left it."""
    known = {
        (pair.one_id, pair.other_id): pair
        for pair in Duplicate.objects.select_for_update(of=("self",))
    }
    there = set(Entity.objects.unmerged().order_by().values_list("pk", flat=True))
    new = [
        Duplicate(one_id=one, other_id=other, found_at=at, **_told(it))
        for (one, other), it in found.items()
        if (one, other) not in known and {one, other} <= there
    ]
    # Somebody may have proposed one of them meanwhile.
    Duplicate.objects.bulk_create(new, batch_size=CHUNK, ignore_conflicts=True)
    waiting = {pair: row for pair, row in known.items() if row.state == DuplicateState.OPEN}
    again = [row for pair, row in waiting.items() if pair in found]
    for row in again:
        told = _told(found[row.one_id, row.other_id])
        row.score, row.reasons = told["score"], told["reasons"]
    Duplicate.objects.bulk_update(again, ["score", "reasons"], batch_size=CHUNK)
    gone = [
        row.pk for pair, row in waiting.items() if pair not in found and row.proposed_by_id is None
    ]
    for start in range(0, len(gone), CHUNK):
        Duplicate.objects.filter(pk__in=gone[start : start + CHUNK]).delete()
    return len(new), len(gone)


def _told(found: Found) -> dict[str, Any]:
    """Score and reasons as a pair keeps them."""
    return {
        "score": round(found.likeness.score, 4),
        "reasons": [
            {"piece": str(one.piece), "number": one.number, "points": round(one.points, 2)}
            for one in found.likeness.evidence
        ],
    }
