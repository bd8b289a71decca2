"""Each dependency stands on its own line with the reason why it is there, and is pinned."""

import re

from tests.house.source import ROOT, pyproject

LINE = re.compile(r'^\s+"(?P<name>[\w.-]+)[^"]*",(?:\s+#\s*(?P<reason>\S.*))?$')
# Their names say what they are for.
SPEAK_FOR_THEMSELVES = {
    "coverage",
    "django-stubs",
    "factory-boy",
    "mypy",
    "pytest",
    "pytest-django",
    "ruff",
}


def listed(text):
    """Each dependency with its reason."""
    inside = False
    for line in text.splitlines():
        inside = (inside or bool(re.match(r"(dependencies|dev|bench) = \[", line))) and line != "]"
        if inside and (found := LINE.match(line)):
            yield found["name"], found["reason"]


def unexplained(text):
    return [
        name for name, reason in listed(text) if not reason and name not in SPEAK_FOR_THEMSELVES
    ]


def test_each_dependency_has_its_reason():
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    everything = [*pyproject()["project"]["dependencies"]]
    assert len(list(listed(text))) >= len(everything)
    assert unexplained(text) == []


def test_each_dependency_is_pinned_with_its_hashes():
    pinned = (ROOT / "requirements/run.txt").read_text(encoding="utf-8")
    for requirement in pyproject()["project"]["dependencies"]:
        name = re.match(r"[\w.-]+", requirement)[0]
        assert re.search(
            rf"^{name}(\[[\w,]+\])?==\S+.*\\\n +--hash=sha256:",
            pinned,
            re.MULTILINE | re.IGNORECASE,
        ), name


def test_the_rule_sees_a_dependency_without_a_reason():
    assert unexplained('dependencies = [\n  "left-pad",\n  "numpy",  # arrays\n]\n') == [
        "left-pad"
    ]
