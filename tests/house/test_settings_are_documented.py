"""Every setting read from the environment is explained in docs/reference/settings.md."""

import ast
import re

from tests.house.source import HOUSE, ROOT, modules, rows_of, tree_of

READERS = re.compile(r"(^|\.)(env(\.\w+)?|environ\.get|getenv)$")


def variables_in(path):
    """The names of environment variables that a module reads."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and READERS.search(ast.unparse(node.func)) and node.args:
            names = [node.args[0]]
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith("environ"):
            names = [node.slice]
        else:
            continue
        yield from (name.value for name in names if isinstance(name, ast.Constant))


def variables_in_scripts():
    for path in [*(ROOT / "scripts").iterdir(), ROOT / ".ci/run"]:
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            yield from re.findall(r"\b(ENTRECIDADES_[A-Z_]+|DATABASE_URL)\b", text)


def test_every_setting_is_documented_and_nothing_else():
    read = {name for path in modules() for name in variables_in(path)} | {*variables_in_scripts()}
    documented = {row[0] for row in rows_of("settings.md")}
    ours = {name for name in read if name.startswith("ENTRECIDADES_") or name == "DATABASE_URL"}
    assert documented == ours


def test_the_environment_is_read_in_the_composition_root_alone():
    elsewhere = {path: [*variables_in(path)] for path in modules() if not is_root(path)}
    assert {path.name: names for path, names in elsewhere.items() if names} == {}


def is_root(path):
    return path.is_relative_to(HOUSE / "config") or path.is_relative_to(HOUSE / "cli")


def test_the_rule_sees_a_setting(tmp_path):
    (tmp_path / "settings.py").write_text(
        'A = env.bool("A")\nB = os.environ.get("B", "")\nC = os.environ["C"]\n', encoding="utf-8"
    )
    assert [*variables_in(tmp_path / "settings.py")] == ["A", "B", "C"]
