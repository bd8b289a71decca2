"""Nobody takes more than is allowed, whatever the order, and whoever else takes at the moment."""

import multiprocessing
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.kernel.allowances import Allowance, Limit, give_back, take

START = 1_000_000.0
ONE = Allowance("one", Limit(3, 60))


@pytest.fixture
def file(tmp_path):
    return tmp_path / "limits.sqlite3"


@given(steps=st.lists(st.floats(0, 90), max_size=40), amount=st.integers(1, 5))
def test_within_any_stretch_counted_from_the_first_no_more_are_let_in(
    tmp_path_factory, steps, amount
):
    file = tmp_path_factory.mktemp("counts") / "limits.sqlite3"
    limit, at, let_in, begun = Limit(amount, 60), START, 0, None
    for step in steps:
        at += step
        if begun is None or at >= begun + 60:
            let_in = 0
        wait = take(file, [Allowance("k", limit)], at=at)
        begun = at if not wait and let_in == 0 else begun
        let_in += not wait
        assert let_in <= amount
        assert bool(wait) == (let_in == amount and wait > 0)


def test_who_waits_as_told_is_let_in(file):
    assert [take(file, [ONE], at=START) for _ in range(3)] == [0, 0, 0]
    wait = take(file, [ONE], at=START + 20)
    assert wait == 40
    assert take(file, [ONE], at=START + 20 + wait) == 0


def test_a_refused_try_uses_up_no_other_allowance(file):
    wide = Allowance("wide", Limit(5, 60))
    for _ in range(9):
        take(file, [ONE, wide], at=START)
    assert [take(file, [wide], at=START) > 0 for _ in range(3)] == [False, False, True]


def test_a_try_that_went_well_is_given_back(file):
    for _ in range(10):
        assert take(file, [ONE], at=START) == 0
        give_back(file, [ONE])
    give_back(file, [ONE])
    assert [take(file, [ONE], at=START) > 0 for _ in range(4)] == [False] * 3 + [True]


def test_limits_of_different_lengths_count_apart(file):
    both = [Allowance("k", Limit(1, 1)), Allowance("k", Limit(2, 60))]
    waits = [take(file, both, at=START + second) for second in range(3)]
    assert [wait > 0 for wait in waits] == [False, False, True]


def test_a_machine_that_cannot_count_lets_nobody_in(tmp_path):
    broken = tmp_path / "limits.sqlite3"
    broken.write_text("this is no database, and long enough to be read as one" * 99)
    assert take(broken, [ONE], at=START) > 0
    give_back(broken, [ONE])


def _worker(arguments):
    file, times = arguments
    return sum(take(file, [Allowance("k", Limit(50, 60))], at=START) == 0 for _ in range(times))


@pytest.mark.slow
def test_four_processes_together_take_no_more(file):
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        let_in = pool.map(_worker, [(file, 40)] * 4)
    assert sum(let_in) == 50


def look_then_count(file, meet):
    """The control: look first and count afterwards, as a cache without a lock does."""
    with closing(sqlite3.connect(file, isolation_level=None, timeout=9)) as line:
        seen = line.execute("SELECT count(*) FROM n").fetchone()[0]
        meet()
        if seen < 1:
            line.execute("INSERT INTO n VALUES (1)")
        return seen < 1


def test_the_race_is_real(file):
    one = Allowance("one", Limit(1, 60))
    together = threading.Barrier(2)
    with closing(sqlite3.connect(file)) as line:
        line.execute("CREATE TABLE n (n INTEGER)")
        line.commit()

    def safe_take():
        together.wait(9)
        return take(file, [one], at=START) == 0

    with ThreadPoolExecutor(2) as threads:
        unsafe = [threads.submit(look_then_count, file, lambda: together.wait(9)) for _ in "ab"]
        assert [taken.result() for taken in unsafe] == [True, True]
        safe = [threads.submit(safe_take) for _ in "ab"]
        assert sorted(taken.result() for taken in safe) == [False, True]
