"""A file is read in one sitting, a function is a screen, and a name says what is inside."""

import ast

import pytest

from tests.house.source import TESTS, modules, plain, templates, tree_of

MODULE, FUNCTION, TEMPLATE, TEST_FILE, TEST_FUNCTION = 400, 40, 150, 400, 30
ATTICS = {"utils", "util", "helpers", "common", "misc"}
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def too_long(paths, limit):
    lengths = {plain(path): len(path.read_text(encoding="utf-8").splitlines()) for path in paths}
    return {name: length for name, length in lengths.items() if length > limit}


def length_of(function):
    """Lines of code: what a docstring or the decorators take does not count."""
    body = function.body
    told = isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant)
    docstring = body[0].end_lineno - body[0].lineno + 1 if told else 0
    return function.end_lineno - function.lineno + 1 - docstring


def long_functions(paths, limit):
    for path in paths:
        for node in ast.walk(tree_of(path)):
            if isinstance(node, FUNCTIONS) and (length := length_of(node)) > limit:
                yield f"{plain(path)}:{node.lineno} {node.name} has {length} lines"


def test_no_module_is_longer_than_a_sitting():
    assert too_long(modules(), MODULE) == {}


def test_no_template_is_longer_than_two_screens():
    assert too_long(templates(), TEMPLATE) == {}


def test_no_test_file_is_longer_than_a_sitting():
    assert too_long(TESTS.rglob("*.py"), TEST_FILE) == {}


def test_no_function_is_longer_than_a_screen():
    assert list(long_functions(modules(), FUNCTION)) == []


def test_no_test_is_longer_than_a_paragraph():
    assert list(long_functions(TESTS.rglob("test_*.py"), TEST_FUNCTION)) == []


def test_no_module_is_an_attic():
    assert [
        plain(path) for path in [*modules(), *TESTS.rglob("*.py")] if path.stem in ATTICS
    ] == []


@pytest.mark.parametrize(("lines", "seen"), [(39, 0), (40, 1)])
def test_the_rule_sees_a_long_function(tmp_path, lines, seen):
    (tmp_path / "long.py").write_text("def long():\n" + "    pass\n" * lines, encoding="utf-8")
    assert len(list(long_functions([tmp_path / "long.py"], FUNCTION))) == seen
    assert len(too_long([tmp_path / "long.py"], FUNCTION)) == seen
