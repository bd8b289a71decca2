"""No file names a package registry or a path of the machine it was written on."""

import re
import subprocess

import pytest

from tests.house.source import ROOT

TEXT = {".cfg", ".css", ".csv", ".html", ".js", ".md", ".po", ".py", ".sh", ".toml", ".txt", ""}
# Written in two parts, so that this file does not name what it forbids.
FORBIDDEN = re.compile(
    "|".join(
        [
            r"(?:files\.)?python" + r"hosted\.org",
            r"pypi\." + r"(?:org|python)",
            r"registry\." + r"(?:npm|yarn)",
            r"--(?:extra-)?index" + r"-url",
            r"/" + r"(?:work|root)/\w+",
            r"/home" + r"/\w+/",
        ]
    )
)


def tracked():
    """The files that git knows; a release has no git, and was checked before it became one."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - git, and our own words
    if listed.returncode:
        pytest.skip("not a git checkout")
    found = [ROOT / name for name in listed.stdout.split("\0") if name]
    return [path for path in found if path.suffix in TEXT and path.is_file()]


def test_no_file_names_a_registry_or_a_machine():
    found = {
        path.name: hits
        for path in tracked()
        if (hits := FORBIDDEN.findall(path.read_text(encoding="utf-8", errors="replace")))
    }
    assert found == {}


@pytest.mark.parametrize(
    "line", ["https://py" + "pi.org/simple", "cd /wor" + "k/main", "--index" + "-url x"]
)
def test_the_rule_sees_what_is_not_ours(line):
    assert FORBIDDEN.search(line)
