"""The bench measures in turn, compares within a round, and fails when a goal is missed."""

import argparse
import json
import sys
import types

import pytest

from benchmarks import __main__ as bench
from benchmarks.measure import Finding, Goal, Spread, compared, race


def finding(value, goal=None):
    return Finding("work", 5, "times as fast", "×", Spread(value, value, value), goal)


def area(monkeypatch, *told):
    """An area that finds what it is told to."""
    module = types.ModuleType("benchmarks.told")
    module.findings = lambda options: iter(told) if isinstance(options, argparse.Namespace) else ()
    monkeypatch.setitem(sys.modules, "benchmarks.told", module)
    monkeypatch.setattr(bench, "AREAS", {"told": "benchmarks.told"})


def test_contestants_take_turns_and_each_begins_as_often():
    ran = []
    one = {name: lambda name=name: ran.append(name) for name in ("here", "peer")}
    told = race([one] * 4)
    assert ran == ["here", "peer", "peer", "here"] * 2
    assert {name: len(seconds) for name, seconds in told.seconds.items()} == {"here": 4, "peer": 4}


def test_the_clock_on_the_wall_is_told_beside_that_of_the_race():
    told = race(
        [{"here": lambda: None, "peer": lambda: None}] * 3, clock=iter(range(100)).__next__
    )
    assert told.seconds == {"here": [1, 1, 1], "peer": [1, 1, 1]}
    assert all(0 < seconds < 1 for seconds in told.wall["here"])
    told.wall.update({"here": [1.0, 2.0, 1.0], "peer": [5.0, 8.0, 6.0]})
    (found,) = compared(told, "work", 5, {"peer": None})
    assert (found.spread.middle, found.wall.middle) == (1, 5)


def test_a_ratio_is_taken_within_a_round():
    told = race([])
    told.seconds.update({"here": [1.0, 10.0, 1.0], "peer": [2.0, 30.0, 4.0]})
    (found,) = compared(told, "work", 5, {"peer": Goal(at_least=3)})
    assert (found.spread.least, found.spread.middle, found.spread.greatest) == (2, 3, 4)
    assert not found.missed
    assert found.here.middle == 1


@pytest.mark.parametrize(("value", "missed"), [(1.9, True), (2.0, False), (2.1, False)])
def test_a_goal_is_missed_below_it(value, missed):
    assert finding(value, Goal(at_least=2)).missed is missed
    assert finding(-value, Goal(at_most=-2)).missed is missed
    assert not finding(value).missed


def test_check_fails_when_a_goal_is_missed_and_only_then(monkeypatch, capsys):
    area(monkeypatch, finding(1, Goal(at_least=2)), finding(3, Goal(at_least=2)))
    assert bench.main(["told", "--check"]) == 1
    assert bench.main(["told"]) == 0
    told = capsys.readouterr().out
    assert "≥ 2 MISSED" in told
    assert "≥ 2 reached" in told
    area(monkeypatch, finding(3, Goal(at_least=2)))
    assert bench.main(["told", "--check"]) == 0


def test_json_holds_every_finding(monkeypatch, capsys):
    area(monkeypatch, finding(1, Goal(at_least=2)), finding(3))
    bench.main(["--format", "json"])
    told = json.loads(capsys.readouterr().out)
    assert [one["missed"] for one in told["findings"]] == [True, False]
    assert told["findings"][0]["spread"] == {"least": 1, "middle": 1, "greatest": 1}
    assert told["machine"]["cores"] >= 1
