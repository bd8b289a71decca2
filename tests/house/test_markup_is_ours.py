"""Text becomes markup only where it is listed here, with who made it."""

import ast
import re

from tests.house.source import modules, plain, templates, tree_of

#: Where something is declared to be markup, and why nobody else's words are in it.
DRAWN = {
    "src/entrecidades/web/templatetags/texts.py": "what people write, through an allow-list",
    "src/entrecidades/web/presenters/world.py": "the engine draws it and escapes every name",
    "src/entrecidades/web/presenters/pictures.py": "the engine draws it and escapes every name",
    "src/entrecidades/web/presenters/projects.py": "strips: the engine writes numbers only",
    "src/entrecidades/web/presenters/call_pictures.py": "the engine escapes every word",
    "src/entrecidades/web/presenters/round_pictures.py": "the engine escapes every word",
    "src/entrecidades/web/presenters/years.py": "the engine draws it and escapes every name",
    "src/entrecidades/web/presenters/land.py": "coordinates only",
    "src/entrecidades/web/presenters/relation_pictures.py": "the engine escapes every name",
}
MAKERS = {"mark_safe", "SafeString", "SafeText", "html_safe"}
#: A script has an address of ours, or is data for one that has.
SCRIPT = r'<script(?![^>]*\b(src="{% static|type="application/json"))'
OPEN = re.compile(rf"\|\s*(safe|safeseq)\b|autoescape\s+off|{SCRIPT}|\son\w+=[\"']")


def makers_in(tree):
    """The calls that declare something to be markup."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            if name in MAKERS:
                yield name


def built(tree):
    """Calls of format_html whose pattern is put together at run time."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "format_html":
            first = node.args[0]
            named = isinstance(first, ast.Name) and first.id.isupper()
            if not named and not (isinstance(first, ast.Constant) and first.value):
                yield ast.unparse(first)


def openings(path):
    """What opens a template to markup or code; plain letters escape nothing."""
    is_letter = path.suffix == ".txt"
    return not is_letter and bool(OPEN.search(path.read_text(encoding="utf-8")))


def test_only_what_is_listed_is_declared_markup():
    assert {plain(path) for path in modules() if any(makers_in(tree_of(path)))} == set(DRAWN)


def test_no_pattern_of_markup_is_put_together_at_run_time():
    assert [(plain(path), one) for path in modules() for one in built(tree_of(path))] == []


def test_no_template_opens_itself():
    assert [plain(path) for path in templates() if openings(path)] == []


def test_the_rules_see_what_they_forbid(tmp_path):
    assert list(makers_in(ast.parse("x = mark_safe(name)"))) == ["mark_safe"]
    assert list(built(ast.parse("format_html(f'<b>{name}')")))
    for words in (
        "{{ name|safe }}",
        "{% autoescape off %}",
        "<script>1</script>",
        '<a onclick="x">',
    ):
        page = tmp_path / "page.html"
        page.write_text(words)
        assert openings(page)
