"""A room imports only from the floors below it, and every room has its floor."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import HOUSE, ROOT, floors

LINTER = Path(sys.executable).with_name("lint-imports")


def lint(config):
    command = [str(LINTER), "--no-cache", "--config", str(config)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own tool


@pytest.mark.slow
def test_every_contract_is_kept():
    outcome = lint(ROOT / "pyproject.toml")
    assert outcome.returncode == 0, outcome.stdout


@pytest.mark.slow
def test_the_rule_sees_an_import_that_climbs(tmp_path):
    upside_down = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    upside_down = upside_down.replace('  "network",\n', "").replace(
        '  "engines",\n]', '  "engines",\n  "network",\n]'
    )
    (tmp_path / "pyproject.toml").write_text(upside_down, encoding="utf-8")
    outcome = lint(tmp_path / "pyproject.toml")
    assert outcome.returncode != 0
    assert "entrecidades.network" in outcome.stdout


def test_every_room_has_its_floor():
    rooms = {path.parent.name for path in HOUSE.glob("*/__init__.py")}
    assert rooms - floors().keys() == set()
