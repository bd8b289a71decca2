"""Pairing beside SciPy and beside HiGHS given everything at once.

SciPy pairs everybody once and knows neither capacities, limits nor what a second best costs;
here the answer carries its bound and, up to 2,100 places, the second best of each pair.
``dense``: every pair is a candidate. ``30 candidates``: the best of each.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from itertools import repeat
from pathlib import Path

import highspy
import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from benchmarks.fresh import in_a_fresh_process
from benchmarks.measure import PROCESSOR, Finding, Goal, Spread, compared, race
from benchmarks.pairing_world import Wishes, dense, keep, ours, sparse

DENSE = {100: Goal(at_most=1), 1_000: Goal(at_most=10)}
SPARSE = {1_000: None, 5_000: Goal(at_most=10)}
ROUNDS = {100: 9, 1_000: 3, 5_000: 3}
FULL, FEW = "pair, dense", "pair, 30 candidates"
LARGEST = 200.0
"""Above any score: SciPy's sparse matching reads nothing where a weight is 0."""


def findings(options: argparse.Namespace) -> Iterator[Finding]:
    """Every work at every size, small ones first."""
    for name, sizes, wishes in ((FULL, DENSE, dense), (FEW, SPARSE, sparse)):
        for size, goal in sizes.items():
            if name.startswith(options.only) and size <= options.up_to:
                yield from beside_peers(name, wishes(size), goal)


def beside_peers(name: str, wishes: Wishes, goal: Goal | None) -> Iterator[Finding]:
    """In turn with the peers, each checked to be worth the same."""
    size = wishes.size
    peers = peers_of(wishes)
    worth = ours(wishes, alternatives=False).total
    for peer, run in peers.items():
        assert abs(run() - worth) < 1e-6 * worth, f"{peer} finds another optimum"
    contestants: dict[str, Callable[[], object]] = {
        "here": partial(ours, wishes, alternatives=False),
        **peers,
    }
    told = race(repeat(contestants, ROUNDS[size]), PROCESSOR)
    yield from compared(told, name, size, dict.fromkeys(peers))
    yield Finding(name, size, "seconds of the proven optimum", "s", told.spread("here"), goal)
    with_second = race(
        repeat({"here": partial(ours, wishes, alternatives=True)}, ROUNDS[size]), PROCESSOR
    )
    told_as = "seconds with every second best"
    if 2 * size <= 2_100:  # noqa: PLR2004 - engines.pairing.regrets.MOST_NODES
        yield Finding(name, size, told_as, "s", with_second.spread("here"), goal)
    yield from in_memory(name, wishes)


def in_memory(name: str, wishes: Wishes) -> Iterator[Finding]:
    """What a process of its own holds at most beyond the scores and what it needs to begin."""
    with tempfile.TemporaryDirectory() as folder:
        keep(wishes, Path(folder))
        held, paired = (in_a_fresh_process(act, folder) for act in ("open_wishes", "pair_wishes"))
    more = Spread.of([(paired.peak_bytes - held.peak_bytes) / 2**20])
    yield Finding(name, wishes.size, "memory beyond the scores, at most", "MB", more)


def peers_of(wishes: Wishes) -> dict[str, Callable[[], float]]:
    """What a user would reach for; each tells what its pairing is worth."""
    peers: dict[str, Callable[[], float]] = {"HiGHS, all at once": partial(highs, wishes)}
    if wishes.matrix is None:
        return {"SciPy, sparse matching": partial(scipy_sparse, wishes), **peers}
    return {"SciPy, assignment": partial(scipy_dense, wishes), **peers}


def scipy_dense(wishes: Wishes) -> float:
    """``linear_sum_assignment``."""
    matrix = wishes.matrix
    assert matrix is not None
    rows, columns = linear_sum_assignment(matrix, maximize=True)
    return float(matrix[rows, columns].sum())


def scipy_sparse(wishes: Wishes) -> float:
    """``min_weight_full_bipartite_matching``, in which everybody may also have nobody."""
    size = wishes.size
    everybody = np.arange(size)
    weight = np.concatenate([LARGEST - wishes.score, np.full(size, LARGEST)])
    row = np.concatenate([wishes.row, everybody])
    column = np.concatenate([wishes.column, everybody + size])
    graph = csr_array((weight, (row, column)), shape=(size, 2 * size))
    rows, columns = min_weight_full_bipartite_matching(graph)
    return float((LARGEST - graph[rows, columns]).sum())


def highs(wishes: Wishes) -> float:
    """The whole linear programme, as one would write it down, with the solver's own choices."""
    size, count = wishes.size, wishes.row.size
    programme = highspy.HighsLp()
    programme.num_col_, programme.num_row_ = count, 2 * size
    programme.sense_ = highspy.ObjSense.kMaximize
    programme.col_cost_ = wishes.score
    programme.col_lower_, programme.col_upper_ = np.zeros(count), np.ones(count)
    programme.row_lower_, programme.row_upper_ = np.zeros(2 * size), np.ones(2 * size)
    programme.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    programme.a_matrix_.start_ = np.arange(0, 2 * count + 1, 2)
    programme.a_matrix_.index_ = np.stack([wishes.row, wishes.column + size], 1).ravel()
    programme.a_matrix_.value_ = np.ones(2 * count)
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)  # noqa: FBT003 - the library's own signature
    solver.setOptionValue("threads", 1)
    solver.passModel(programme)
    solver.run()
    return float(solver.getObjectiveValue())
