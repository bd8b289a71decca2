"""What the house tests read: the files of the house, parsed once."""

import ast
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOUSE = ROOT / "src/entrecidades"
TESTS = ROOT / "tests"
REFERENCE = ROOT / "docs/reference"


def modules(*rooms):
    """Every module of the house, or of some of its rooms; migrations are Django's handwriting."""
    roots = [HOUSE / room for room in rooms] or [HOUSE]
    found = (path for root in roots for path in sorted(root.rglob("*.py")))
    return [path for path in found if "migrations" not in path.parts]


def templates():
    """Every template of the house."""
    return sorted(path for root in HOUSE.glob("*/templates") for path in root.rglob("*.*"))


@cache
def tree_of(path):
    """A module's syntax tree."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def pyproject():
    """The only configuration of tools."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def floors():
    """Map each room to its height; the ground floor is 0."""
    layers = pyproject()["tool"]["importlinter"]["contracts"][0]["layers"]
    return {
        room.strip(): height
        for height, layer in enumerate(reversed(layers))
        for room in layer.split("|")
    }


def rows_of(page):
    """The rows of every table on a reference page whose first cell is one `code` word."""
    for line in (REFERENCE / page).read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("| `") and cells[0].count("`") == 2:
            yield cells[0].strip("`"), *cells[1:]


def plain(path):
    """A path as people write it."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else path.name
