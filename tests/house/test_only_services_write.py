"""Only services write: pages, the API, letters, questions and rules never do it by themselves."""

import ast

import pytest

from tests.house.source import modules, plain, tree_of

WRITES = {
    "abulk_create",
    "acreate",
    "adelete",
    "asave",
    "bulk_create",
    "bulk_update",
    "create",
    "delete",
    "get_or_create",
    "save",
    "update_or_create",
}
# How a person comes to exist is Django's own convention for managers.
MAY_WRITE = {"src/entrecidades/accounts/models.py"}


def is_service(path):
    return path.stem == "services" or "services" in path.parts


def writes_in(path):
    for node in ast.walk(tree_of(path)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        receiver = node.func.value
        # What is saved under a path is a file; a row is saved without being told where.
        if node.func.attr == "save" and (node.args or ast.unparse(receiver) == "super()"):
            continue
        rows = node.func.attr == "update" and isinstance(receiver, ast.Call)
        if node.func.attr in WRITES or (rows and "objects" in ast.unparse(receiver)):
            yield f"{plain(path)}:{node.lineno} calls .{node.func.attr}()"


def test_only_services_write():
    readers = [path for path in modules() if not is_service(path) and plain(path) not in MAY_WRITE]
    assert [line for path in readers for line in writes_in(path)] == []


@pytest.mark.parametrize(
    "line",
    ["introduction.save()", "Place.objects.filter(pk=1).update(name='')", "Job.objects.create()"],
)
def test_the_rule_sees_a_write(tmp_path, line):
    (tmp_path / "view.py").write_text(f"{line}\n", encoding="utf-8")
    assert len(list(writes_in(tmp_path / "view.py"))) == 1


@pytest.mark.parametrize("line", ["atlas.save(path)", "facts.update(more)"])
def test_the_rule_lets_pass_what_is_no_row(tmp_path, line):
    (tmp_path / "view.py").write_text(f"{line}\n", encoding="utf-8")
    assert list(writes_in(tmp_path / "view.py")) == []
