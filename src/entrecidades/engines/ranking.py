"""How well ranked lists agree with partnerships that were held back.

A question is (place A, country of B): all candidates of the country are ranked for A, and the
rank of B is what counts. Ties share the mean of their ranks, so that a scorer that knows
nothing scores like chance.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Answer:
    """Where the right candidate stood.

    Attributes
    ----------
    rank : from 1; half ranks come from ties
    candidates : how many were ranked, the right one included
    """

    rank: float
    candidates: int


@dataclass(frozen=True, slots=True)
class Quality:
    """The mean over questions.

    Attributes
    ----------
    queries : number of questions
    auc : chance that the right one stands above another, ties half
    recall_at_10, recall_at_100 : share of right ones among the first
    mrr : mean of 1 / rank
    """

    queries: int
    auc: float
    recall_at_10: float
    recall_at_100: float
    mrr: float


def answered(
    scores: NDArray[np.floating], right: int, barred: NDArray[np.bool_] | None = None
) -> Answer:
    """Rank one candidate among the others.

    Parameters
    ----------
    scores : one for each candidate, the higher the better
    right : index of the right candidate
    barred : candidates that do not compete (other known partners)

    Examples
    --------
    Torino asks for its Brazilian partner; Salvador stands second of four, level with Recife:

    >>> answered(np.array([3.0, 2.0, 2.0, 1.0]), 1)
    Answer(rank=2.5, candidates=4)
    """
    others = np.ones(len(scores), bool) if barred is None else ~barred
    others[right] = False
    rivals = scores[others]
    above = int(np.count_nonzero(rivals > scores[right]))
    level = int(np.count_nonzero(rivals == scores[right]))
    return Answer(1 + above + level / 2, rivals.size + 1)


def quality(answers: Sequence[Answer]) -> Quality:
    """The mean over questions; all zero when nothing was asked.

    Examples
    --------
    >>> found = quality([Answer(1, 101), Answer(51, 101)])
    >>> found.auc, found.recall_at_10, round(found.mrr, 2)
    (0.75, 0.5, 0.51)
    """
    if not answers:
        return Quality(0, 0.0, 0.0, 0.0, 0.0)
    rank = np.array([answer.rank for answer in answers])
    rivals = np.array([answer.candidates - 1 for answer in answers])
    above = np.where(rivals > 0, 1 - (rank - 1) / np.maximum(rivals, 1), 1.0)
    return Quality(
        queries=len(answers),
        auc=float(above.mean()),
        recall_at_10=float((rank <= 10).mean()),  # noqa: PLR2004 named in the attribute
        recall_at_100=float((rank <= 100).mean()),  # noqa: PLR2004
        mrr=float((1 / rank).mean()),
    )


def quality_by(answers: Sequence[Answer], keys: Sequence[Key]) -> dict[Key, Quality]:
    """The mean over the questions of each key (country pair, size class ...), most asked first."""
    groups: dict[Key, list[Answer]] = {}
    for answer, key in zip(answers, keys, strict=True):
        groups.setdefault(key, []).append(answer)
    ordered = sorted(groups, key=lambda key: (-len(groups[key]), str(key)))
    return {key: quality(groups[key]) for key in ordered}
