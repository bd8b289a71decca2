"""Matching beside FAISS, scikit-learn and an SQL join.

``one``: one place against all, 20 best with the score of each part; the peers only know the fit of
needs. ``all``: 10 best of each, exact. ``worker``: from nothing to the first answer.
"""

import argparse
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import peers
from benchmarks.fresh import Fresh, in_a_fresh_process
from benchmarks.matching_world import SEED, Stage, dense, stages
from benchmarks.measure import PROCESSOR, Finding, Goal, Spread, compared, race
from entrecidades.engines.affinity import Matcher

ASKED = 40
WARMED = 3
BEST, EACH = 20, 10
ALL_ROUNDS = 3
WHOLE = 200_000
FAISS_UP_TO = 34_000
"""All against all of the whole world would take FAISS minutes a round, and proves nothing more."""
SAMPLE = 60
CORES = 2
STARTS = 5

ONE, ALL, START = "one against all", "all against all", "start of a worker"


def findings(options: argparse.Namespace) -> Iterator[Finding]:
    """Every work at every size, small worlds first."""
    peers.threads(1)
    works = {ONE: one_against_all, ALL: all_against_all, START: starts}
    for stage in stages(options.up_to, options.pairs):
        for name, work in works.items():
            if name.startswith(options.only):
                yield from work(stage)


def one_against_all(stage: Stage) -> Iterator[Finding]:
    """One place, 120 themes, 20 best with reasons."""
    matcher, size = stage.themed, len(stage)
    offers = dense(matcher.atlas.places.offers)
    queries = dense(matcher.atlas.seekers.transposed(size))
    searches = {
        "FAISS flat": peers.faiss_flat(offers),
        "scikit-learn": peers.sklearn_brute(offers),
    }
    sql = peers.Sql(matcher)
    asked = np.random.default_rng(SEED).choice(size, ASKED + WARMED, replace=False)
    for place in asked[:WARMED].tolist():
        agree(matcher, place, queries[place : place + 1], searches, sql)
        matcher.suggest(place, limit=BEST)
    rounds = (
        {
            "here": partial(matcher.suggest, place, limit=BEST),
            **{
                name: partial(search, queries[place : place + 1], BEST)
                for name, search in searches.items()
            },
            "the SQL join": partial(sql.ask, place, BEST),
        }
        for place in asked[WARMED:].tolist()
    )
    told = race(rounds, PROCESSOR)
    whole = size > WHOLE
    goals = {
        "FAISS flat": Goal(at_least=1) if whole else None,
        "scikit-learn": Goal(at_least=10) if whole else None,
        "the SQL join": Goal(at_least=100) if whole else None,
    }
    yield from compared(told, ONE, size, goals)
    late = 1000 * float(np.quantile(told.seconds["here"], 0.95))
    goal = Goal(at_most=15) if whole else None
    yield Finding(ONE, size, "p95 of one answer", "ms", Spread(late, late, late), goal)


def agree(
    matcher: Matcher,
    place: int,
    query: NDArray[np.float32],
    searches: dict[str, peers.Search],
    sql: peers.Sql,
) -> None:
    """Refuse to compare with a peer that computes something else."""
    for name, search in searches.items():
        fits, ids = search(query, BEST)
        expected = peers.needs_fit(matcher.atlas, place, ids[0])
        assert np.allclose(fits[0], expected, atol=1e-3), f"{name} fits otherwise"
    answer = sql.ask(place, BEST)
    ids = np.array([row for row, _ in answer])
    ours = peers.parts_sum(matcher, place, ids)
    assert np.allclose([total for _, total in answer], ours, atol=1e-3), "the SQL sums otherwise"


def all_against_all(stage: Stage) -> Iterator[Finding]:
    """The 10 best of each, with themes and without."""
    whole = len(stage) > WHOLE
    for name, matcher in (("with themes", stage.themed), ("no themes", stage.plain)):
        work = f"{ALL}, {name}"
        if whole:
            yield from of_the_world(matcher, work)
        else:
            yield from beside_faiss(stage, matcher, work)


def beside_faiss(stage: Stage, matcher: Matcher, work: str) -> Iterator[Finding]:
    """In turn with FAISS, on one core."""
    size = len(stage)
    themed = stage.themed.atlas
    search = peers.faiss_flat(dense(themed.places.offers))
    queries = dense(themed.seekers.transposed(size))
    run = {"here": partial(everybody, matcher), "FAISS flat": partial(search, queries, EACH)}
    told = race(repeat(run, ALL_ROUNDS), PROCESSOR)
    goal = Goal(at_least=2) if size == FAISS_UP_TO else None
    yield from compared(told, work, size, {"FAISS flat": goal})
    if size == FAISS_UP_TO:
        with shared_out(matcher) as here:
            peers.threads(CORES)
            told = race(repeat(run | {"here": here}, ALL_ROUNDS))
            peers.threads(1)
        yield from compared(told, f"{work}, {CORES} cores", size, {"FAISS flat": None})


@contextmanager
def shared_out(matcher: Matcher) -> Iterator[Callable[[], object]]:
    """The lists of all by several processes, each with as many seekers, whole countries first."""
    order = np.argsort(matcher.atlas.places.country, kind="stable")
    parts = np.array_split(order, CORES)
    matcher.eye  # noqa: B018 - looked at before, so that the processes share it
    with get_context("fork").Pool(CORES, initializer=HELD.append, initargs=(matcher,)) as pool:
        yield partial(pool.map, lists_of, parts)


HELD: list[Matcher] = []
"""In a process that works for others: the matcher that it was born with."""


def lists_of(seekers: NDArray[np.int64]) -> NDArray[np.int64]:
    """The lists of some, one crowd after the other."""
    return np.concatenate(
        [block.ids for block in HELD[-1].suggest_all(limit=EACH, seekers=seekers)]
    )


def everybody(matcher: Matcher) -> NDArray[np.int64]:
    """The lists of all, by row."""
    lists = np.empty((len(matcher.atlas), EACH), np.int64)
    for block in matcher.suggest_all(limit=EACH):
        lists[block.seekers] = block.ids
    return lists


def of_the_world(matcher: Matcher, work: str) -> Iterator[Finding]:
    """In a process of its own, for its memory; some lists are compared with brute force."""
    size = len(matcher.atlas)
    with tempfile.TemporaryDirectory() as folder:
        matcher.atlas.save(Path(folder) / "atlas")
        fresh = in_a_fresh_process("all_lists", folder)
        lists = np.load(Path(folder) / "lists.npy")
    sample = np.random.default_rng(SEED).choice(size, SAMPLE, replace=False)
    for place in sample.tolist():
        expected = matcher.suggest(place, limit=EACH).ids
        found = lists[place]
        assert np.array_equal(found[found >= 0], expected), f"the list of {place} is another"
    goal = Goal(at_most=30)
    for told, seconds in (("minutes", fresh.processor), ("minutes on the wall", fresh.seconds)):
        yield Finding(work, size, told, "min", Spread.of([seconds / 60]), goal)
        goal = None
    memory = Spread.of([fresh.peak_bytes / 2**30])
    yield Finding(work, size, "memory at most", "GB", memory, Goal(at_most=2))


def starts(stage: Stage) -> Iterator[Finding]:
    """A new process maps the snapshot and answers its first question."""
    size = len(stage)
    with tempfile.TemporaryDirectory() as folder:
        stage.themed.atlas.save(Path(folder) / "atlas")
        runs: list[Fresh] = [in_a_fresh_process("open_atlas", folder) for _ in range(STARTS)]
        first = [in_a_fresh_process("first_answer", folder).seconds for _ in range(STARTS)]
    goal = Goal(at_most=100) if size > WHOLE else None
    opened = Spread.of(1000 * run.seconds for run in runs)
    yield Finding(START, size, "snapshot mapped", "ms", opened, goal)
    answered = Spread.of(1000 * seconds for seconds in first)
    yield Finding(START, size, "mapped and first answer", "ms", answered)
