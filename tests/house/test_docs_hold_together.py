"""The pages of the documentation lead where they say, and the decisions are in order."""

import re

import pytest

from tests.house.source import ROOT

LINK = re.compile(r"\[[^\]]*\]\((?!https?:|mailto:|#)([^)#]+)(?:#[^)]*)?\)")
FILE = re.compile(r"`((?:src|tests|docs|scripts|requirements|benchmarks)/[\w./-]+)`")
PAGES = [*sorted((ROOT / "docs").rglob("*.md")), *sorted(ROOT.glob("*.md"))]
DECISIONS = sorted((ROOT / "docs/adr").glob("*.md"))
PARTS = ["## Context", "## Decision", "## Consequences", "## What would change our mind"]


def broken_links(text, folder):
    """Links to pages that are not there, and files of the house that are named in vain."""
    leads = [link for link in LINK.findall(text) if not (folder / link).exists()]
    return leads + [name for name in FILE.findall(text) if not (ROOT / name).exists()]


@pytest.mark.parametrize("document", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_page_leads_astray(document):
    assert broken_links(document.read_text(encoding="utf-8"), document.parent) == []


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_a_decision_is_told_in_one_screen_and_in_full(decision):
    text = decision.read_text(encoding="utf-8")
    number = decision.name[:4].lstrip("0")
    assert text.startswith(f"# {number}. ")
    assert re.search(r"^- Date: \d{4}-\d\d-\d\d$", text, re.MULTILINE)
    assert re.search(r"^- Status: (accepted|superseded by .+)$", text, re.MULTILINE)
    assert [part for part in PARTS if part not in text] == []
    assert len(text.splitlines()) <= 70


def test_the_decisions_are_numbered_without_a_gap():
    assert [path.name[:4] for path in DECISIONS] == [
        f"{number:04}" for number in range(1, len(DECISIONS) + 1)
    ]


def test_the_rule_sees_a_link_that_leads_nowhere(tmp_path):
    text = "[here](nowhere.md) and `src/entrecidades/attic.py`"
    assert broken_links(text, tmp_path) == ["nowhere.md", "src/entrecidades/attic.py"]
