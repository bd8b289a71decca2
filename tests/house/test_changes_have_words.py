"""Every field whose change is written into history is called by words of the house."""

import ast

from entrecidades.web.presenters.history_words import FIELDS
from tests.house.source import modules, tree_of

TOLD_BY = {"snapshot", "made_with"}


def fields_told(tree):
    """The names of fields that a module's services write into history."""
    lists = {
        node.targets[0].id: node.value.elts
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign)
        and isinstance(node.targets[0], ast.Name)
        and isinstance(node.value, ast.Tuple)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in TOLD_BY:
            for told in node.args[1:]:
                named = getattr(told.value, "id", "") if isinstance(told, ast.Starred) else ""
                yield from (
                    one.value for one in lists.get(named, [told]) if isinstance(one, ast.Constant)
                )


def test_every_field_told_in_history_has_words():
    told = {name for path in modules() for name in fields_told(tree_of(path))}
    assert sorted(told - {*FIELDS}) == []


def test_the_rule_sees_names_and_lists_of_names():
    seen = fields_told(ast.parse("MOVED = ('state', 'day')\nmade_with(row, 'lead', *MOVED)"))
    assert [*seen] == ["lead", "state", "day"]
