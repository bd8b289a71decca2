"""Two sides to pair, dealt from a seed: structured scores, as cities have, not noise alone."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from entrecidades.engines.pairing import Answer, Blocks, Problem, Scores, Side, Sparse, pair

SEED = 22
LIKING, TASTE = 40.0, 12
EACH = 30


@dataclass(frozen=True, slots=True)
class Wishes:
    """Candidates: row, column and score; ``matrix`` where all pairs are candidates."""

    size: int
    row: NDArray[np.int64]
    column: NDArray[np.int64]
    score: NDArray[np.float64]
    matrix: NDArray[np.float64] | None


def scores(size: int) -> NDArray[np.float64]:
    """What each pair is worth, 0 to 100: tastes of two sides that meet, popularity, and chance.

    Everybody likes the popular ones, which is what makes such problems hard: with chance alone
    everybody could have one of his first choices.
    """
    rng = np.random.default_rng(SEED)
    firsts, seconds = (rng.normal(size=(size, TASTE)) for _side in range(2))
    liked = rng.gamma(2.0, 6.0, size)
    worth = LIKING + 2.5 * firsts @ seconds.T + liked + rng.normal(0, 4, (size, size))
    return np.round(np.clip(worth, 0.01, 100), 2)


def dense(size: int) -> Wishes:
    """Everybody is a candidate of everybody."""
    matrix = scores(size)
    row, column = np.indices(matrix.shape)
    return Wishes(size, row.ravel(), column.ravel(), matrix.ravel(), matrix)


def sparse(size: int) -> Wishes:
    """The 30 best of each are its candidates; not everybody can have one of them."""
    matrix = scores(size)
    column = np.sort(np.argpartition(-matrix, EACH, axis=1)[:, :EACH], axis=1).ravel()
    row = np.repeat(np.arange(size), EACH)
    return Wishes(size, row, column, matrix[row, column], None)


def ours(wishes: Wishes, *, alternatives: bool) -> Answer:
    """The pairing of this house, proven."""
    keys = [f"{number:06}" for number in range(wishes.size)]
    scores: Scores = (
        Sparse.of(wishes.row, wishes.column, wishes.score)
        if wishes.matrix is None
        else Blocks.dense(wishes.matrix)
    )
    answer = pair(Problem(Side.of(keys), Side.of(keys)), scores, alternatives=alternatives)
    assert answer.proven
    return answer


def keep(wishes: Wishes, folder: Path) -> None:
    """Write them, for a process of its own."""
    np.savez(
        folder / "wishes.npz",
        row=wishes.row,
        column=wishes.column,
        score=wishes.score,
        size=wishes.size,
    )


def kept(folder: Path) -> Wishes:
    """What ``keep`` has written."""
    with np.load(folder / "wishes.npz") as all_of:
        row, column, score = (all_of[name] for name in ("row", "column", "score"))
        size = int(all_of["size"])
    matrix = score.reshape(size, size) if score.size == size**2 else None
    return Wishes(size, row, column, score, matrix)
