"""Pairs are the best there are: compared with trying everything, and with the bound."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.engines.pairing import (
    Answer,
    Blocks,
    Contradictory,
    Problem,
    Rule,
    Side,
    Sparse,
    Why,
    pair,
)
from tests.engines.pairings import best_by_trying, drawn, keeps

CASES, SETS = 500, 10


def answered(problem, scores):
    """The answer, or None where the house says that the limits contradict each other."""
    try:
        return pair(problem, Blocks.dense(scores))
    except Contradictory:
        return None


@pytest.mark.slow
@pytest.mark.parametrize("part", range(SETS))
def test_five_hundred_small_problems_end_as_when_everything_is_tried(part):
    refused = 0
    for seed in range(part, CASES, SETS):
        problem, scores = drawn(seed)
        best, answer = best_by_trying(problem, scores), answered(problem, scores)
        assert (answer is None) == (best is None), seed
        if answer is None:
            refused += 1
            continue
        assert keeps(problem, [(one.row, one.column) for one in answer.pairs]), seed
        assert answer.total == answer.bound == best, seed
        assert answer.proven, seed
    assert 0 < refused < CASES / SETS / 2  # both kinds are there


@pytest.mark.slow
@pytest.mark.parametrize("part", range(5))
def test_what_a_pair_is_worth_more_than_its_best_alternative_is_exact(part):
    seen = 0
    for seed in range(1000 + part, 1100, 5):
        problem, scores = drawn(seed)
        answer = answered(problem, scores)
        for one in answer.pairs if answer else ():
            if one.pinned:
                assert one.regret is None
                continue
            seen += 1
            best = best_by_trying(problem, scores, without=(one.row, one.column))
            assert one.needed == (best is None), seed
            assert one.needed or one.regret == answer.total - best, seed
    assert seen > 20


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_the_order_in_which_things_are_given_changes_nothing(seed, shuffle):
    problem, scores = drawn(seed)
    rng = np.random.default_rng(shuffle)
    rows, columns = (rng.permutation(len(one)) for one in (problem.rows, problem.columns))
    one = answered(problem, scores)
    other = answered(problem.ordered(rows, columns), scores[np.ix_(rows, columns)])
    assert (one is None) == (other is None)
    if one and other:
        assert named(problem, one) == named(problem.ordered(rows, columns), other)


def named(problem, answer):
    """The pairs by the names of the two, with what is told of them."""
    return {
        (problem.rows.keys[one.row], problem.columns.keys[one.column], one.score, one.regret)
        for one in answer.pairs
    }


@pytest.mark.slow
def test_nothing_of_the_solver_is_printed():
    script = "from entrecidades.engines.pairing import *; one = Side.of('a');"
    script += "pair(Problem(one, one), Blocks.dense([[1.0]])); print('ours')"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True)  # noqa: S603 - our own
    assert (done.stdout, done.stderr) == (b"ours\n", b"")


def sides_of(size, seed=1):
    """A problem without limits, and scores for it."""
    side = Side.of([f"{number:04}" for number in range(size)])
    scores = np.random.default_rng(seed).random((size, size))
    return Problem(side, side), Blocks.dense(scores)


def test_the_few_that_the_solver_is_given_do_not_decide():
    problem, scores = sides_of(60)
    wide, narrow = (pair(problem, scores, candidates=count) for count in (60, 1))
    assert wide.total == narrow.total == narrow.bound
    assert [(one.row, one.column) for one in wide.pairs] == [
        (one.row, one.column) for one in narrow.pairs
    ]
    assert narrow.considered < narrow.candidates == 3600


def test_a_first_answer_comes_without_a_proof_and_the_last_is_no_worse():
    heard: list[Answer] = []
    problem, scores = sides_of(40)
    last = pair(problem, scores, first=heard.append)
    (first,) = heard
    assert not first.final
    assert first.bound is None
    assert not first.proven
    assert 0 < first.total <= last.total


def test_scores_may_come_as_a_list_of_candidates():
    problem, _scores = sides_of(3)
    answer = pair(problem, Sparse.of([0, 1, 1], [0, 0, 2], [5.0, 6.0, 2.5]))
    assert [(one.row, one.column) for one in answer.pairs] == [(0, 0), (1, 2)]
    assert [(one.index, one.why) for one in answer.rows_left] == [(2, Why.NO_CANDIDATE)]
    assert [(one.index, one.why) for one in answer.columns_left] == [(1, Why.NO_CANDIDATE)]


def test_who_is_left_over_is_told_why():
    rows = Side.of(["a", "b", "c", "d"], regions=["S", "S", None, None], most={"S": 1})
    columns = Side.of(["p", "q", "r"])
    scores = np.array([[9, 1, 1], [8, 1, 1], [-1, -1, -1], [1, np.nan, np.nan]])
    answer = pair(Problem(rows, columns, forbids=((3, 0),)), Blocks.dense(scores))
    assert {rows.keys[one.index]: one.why for one in answer.rows_left} == {
        "b": Why.REGION_FULL,
        "c": Why.NOTHING_GAINED,
        "d": Why.FORBIDDEN,
    }


def test_everything_that_contradicts_itself_is_named_at_once():
    rows = Side.of(["a", "b"], regions=["N", "N"], least={"N": 3}, most={"N": 2})
    problem = Problem(rows, Side.of(["p", "q"]), ((0, 0), (0, 1)), ((0, 0),), most=1)
    with pytest.raises(Contradictory) as refusal:
        pair(problem, Blocks.dense(np.ones((2, 2))))
    assert {one.rule for one in refusal.value.found} == {
        Rule.PIN_AND_FORBID,
        Rule.PINS_OVER_TOTAL,
        Rule.PINS_OVER_CAPACITY,
        Rule.LEAST_OVER_MOST,
        Rule.LEAST_OVER_TOTAL,
    }


def test_regions_that_cannot_have_their_least_number_are_named():
    rows = Side.of(["a", "b", "c"], regions=["N", "N", "S"], least={"N": 2, "S": 1})
    scores = np.array([[1, np.nan], [1, np.nan], [1, 1]])
    with pytest.raises(Contradictory) as refusal:
        pair(Problem(rows, Side.of(["p", "q"])), Blocks.dense(scores))
    (found,) = refusal.value.found
    assert (found.rule, found.names, found.asked, found.possible) == (
        Rule.LEAST_OUT_OF_REACH,
        ("N",),
        2,
        1,
    )


@pytest.mark.slow
def test_a_whole_programme_of_hundreds_is_proven_with_pins_and_regions():
    rng = np.random.default_rng(7)
    regions = [f"region {number % 9}" for number in range(300)]
    side = Side.of([f"{number:03}" for number in range(300)], regions=regions, least=3, most=30)
    ranks = rng.random(300)
    scores = np.outer(ranks, ranks) + rng.random((300, 300)) / 5
    problem = Problem(side, side, pins=((0, 299), (1, 298)), forbids=((5, 5),), most=100)
    answer = pair(problem, Blocks.dense(scores))
    links = [(one.row, one.column) for one in answer.pairs]
    assert keeps(problem, links)
    assert len(links) == 100
    assert answer.proven
    assert sum(one.pairs for one in answer.row_regions) == 100
