"""When a row of a list is joined to a place, when it is new, and when a person must look."""

from collections.abc import Sequence
from enum import Enum
from math import exp

from entrecidades.engines.sameplace import ENDS_ONLY, Likeness, Piece

# From this score on a place is the row's, if no other place comes near.
JOIN_FROM = 0.9
# The runner-up must have fewer points by so many; one point is a factor of e in the odds.
LEAD = 1.0
# A place so many times smaller or larger needs more than its name to be the row's.
OTHER_SIZE = 10.0
# By so many points a piece of evidence may fall behind and still be as good.
SLACK = 0.5
# Points for about as many inhabitants: up to one and a half times.
AS_MANY = 0.75
# Below this score a place is not worth a person's look.
DOUBT_FROM = 0.35


class Decision(Enum):
    """What becomes of a row."""

    JOIN = "join"
    CREATE = "create"
    DOUBT = "doubt"


def decide(ranked: Sequence[Likeness]) -> Decision:
    """Decide from the likenesses of a row to places, the likeliest first.

    Examples
    --------
    >>> decide([])
    <Decision.CREATE: 'create'>
    """
    if not ranked or not _is_worth_a_look(ranked[0]):
        return Decision.CREATE
    first = ranked[0]
    alone = len(ranked) == 1 or _is_ahead(first, ranked[1])
    sure = first.score >= JOIN_FROM and alone and not may_be_hamlet(first)
    return Decision.JOIN if sure else Decision.DOUBT


def _is_worth_a_look(first: Likeness) -> bool:
    """Whether a person should see the likeliest place.

    That it is only the second half of a merged name speaks against joining it
    unseen, not against showing it.
    """
    halves = any(one.piece is Piece.TAIL for one in first.evidence)
    points = first.points + (ENDS_ONLY if halves else 0.0)
    return 1 / (1 + exp(-points)) >= DOUBT_FROM


def may_be_hamlet(like: Likeness) -> bool:
    """Whether a place of quite another size is known only by another name, or not to be near.

    So a hamlet that bears its municipality's name is not taken for it:
    Bricco di Neive, 57 inhabitants, for Neive, 3,341.
    """
    pieces = {one.piece: one.number for one in like.evidence}
    sure = Piece.NAME in pieces and Piece.DISTANCE in pieces
    return not sure and pieces.get(Piece.POPULATION, 1.0) >= OTHER_SIZE


def _is_ahead(first: Likeness, second: Likeness) -> bool:
    """Whether the first leads by points, or alone bears the name and is as good in all else.

    It is ahead, too, of a twin close by that nobody counted: gazetteers hold
    some places twice.
    """
    if first.points - second.points >= LEAD or _is_twin(first, second):
        return True
    ours = {one.piece: one.points for one in first.evidence}
    theirs = {one.piece: one.points for one in second.evidence}
    if Piece.NAME not in ours or Piece.NAME in theirs:
        return False
    rest = (ours.keys() & theirs.keys()) - {Piece.NAME}
    as_good = all(ours[piece] >= theirs[piece] - SLACK for piece in rest)
    return as_good and Piece.UNCOUNTED not in ours


def _is_twin(first: Likeness, second: Likeness) -> bool:
    """Whether both bear the name and are near, and only the first has inhabitants: as many."""
    ours = {one.piece: one.points for one in first.evidence}
    theirs = {one.piece: one.points for one in second.evidence}
    named_and_near = all(
        Piece.NAME in found and found.get(Piece.DISTANCE, -1.0) > 0 for found in (ours, theirs)
    )
    as_many = ours.get(Piece.POPULATION, 0.0) >= AS_MANY
    return named_and_near and as_many and Piece.UNCOUNTED in theirs
