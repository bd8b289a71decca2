"""No template lies about unused, and none is asked for that is not there."""

import ast
import re

from tests.house.source import HOUSE, modules, plain, templates, tree_of

ASKED = re.compile(r"""{%-?\s*(?:include|extends)\s+["']([^"']+)["']""")
# Pages that a library renders under its own names; ours stand in their place.
OF_LIBRARIES = ("account/", "allauth/", "mfa/", "socialaccount/")


def name_of(path):
    """A template's name, as Django's loaders know it."""
    parts = path.relative_to(HOUSE).parts
    return "/".join(parts[2:])


def asked_for():
    """Every template name that a template or a module mentions."""
    for path in templates():
        yield from ASKED.findall(path.read_text(encoding="utf-8"))
    for path in modules("web", "mail", "api"):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield from re.findall(r"\b[\w/]+\.(?:html|txt|xml)\b", node.value)


def unused(names, asked):
    return sorted(name for name in names - asked if not name.startswith(OF_LIBRARIES))


def test_no_template_is_unused():
    assert unused({name_of(path) for path in templates()}, {*asked_for()}) == []


def test_no_template_is_missing():
    ours = {name for name in asked_for() if name.startswith(("web/", "mail/"))}
    assert sorted(ours - {name_of(path) for path in templates()}) == []


def test_the_rule_sees_an_unused_template():
    assert unused({"web/attic.html", "account/login.html"}, set()) == ["web/attic.html"]


def test_a_part_is_told_by_its_underscore_and_included_somewhere():
    included = {name for path in templates() for name in ASKED.findall(path.read_text("utf-8"))}
    parts = {name_of(path) for path in templates() if path.name.startswith("_")}
    assert [plain(HOUSE / name) for name in sorted(parts - included)] == []
