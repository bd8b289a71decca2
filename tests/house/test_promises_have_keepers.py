"""Every job that is promised has a keeper, who takes the facts that are promised."""

import ast
import inspect

from entrecidades.config.jobs import KEEPERS, RECURRING
from entrecidades.queue.services import Outward
from tests.house.source import modules, plain, tree_of


def promises_in(path):
    """Each promise: the job's name, and the names of its facts."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == "enqueue":
            name = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
            yield name, {keyword.arg for keyword in node.keywords}


def promises():
    return [(plain(path), *promise) for path in modules() for promise in promises_in(path)]


def test_every_promise_has_a_keeper_and_every_keeper_a_promise():
    assert {name for _path, name, _facts in promises()} | RECURRING.keys() == KEEPERS.keys()


def bind(name, facts):
    """Call nobody, but fail as the call would: an outward keeper also takes the key."""
    keeper = KEEPERS[name]
    if isinstance(keeper, Outward):
        inspect.signature(keeper.keeper).bind(**dict.fromkeys({*facts, "key"}))
    else:
        inspect.signature(keeper).bind(**dict.fromkeys(facts))


def test_a_keeper_of_what_recurs_takes_the_day():
    for name in RECURRING:
        bind(name, {"on"})


def test_a_keeper_takes_the_facts_that_are_promised():
    for path, name, facts in promises():
        bind(name, facts)
        assert name.split(".")[0] in path


def test_the_rule_sees_a_promise(tmp_path):
    (tmp_path / "services.py").write_text('enqueue("a.b", x=1)\nenqueue(name)\n', encoding="utf-8")
    assert [*promises_in(tmp_path / "services.py")] == [("a.b", {"x"}), (None, set())]
