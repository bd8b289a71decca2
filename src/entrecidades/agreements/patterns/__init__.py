"""Model texts of agreements, as dated files beside this module: a beginning, not legal advice.

A pattern is a list of clauses, each in several languages; those that several patterns have stand
in ``shared.toml``. A language that is missing is spoken by its sister (``pt`` for ``pt-br``).
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from entrecidades.agreements.choices import AgreementKind
from entrecidades.engines.wording.blanks import fill
from entrecidades.engines.wording.clauses import PARTS, Clause

FOLDER = Path(__file__).parent
SHARED = "shared"


@dataclass(frozen=True, slots=True)
class Pattern:
    """A model text: what kind of agreement, its title by language, and its clauses in order."""

    name: str
    noted_on: date
    title: Mapping[str, str]
    clauses: tuple[Clause, ...]

    @property
    def languages(self) -> list[str]:
        """The languages in which all of it is written."""
        return [code for code in self.title if all(code in one.body for one in self.clauses)]


@cache
def patterns() -> Mapping[str, Pattern]:
    """Every model text, by its name: the kind of agreement it is for."""
    shared = _read(SHARED)
    names = sorted(path.stem for path in FOLDER.glob("*.toml") if path.stem != SHARED)
    return {name: _pattern(name, _read(name), shared) for name in names}


def pattern_for(kind: str) -> Pattern | None:
    """The model for a kind of agreement, if there is one."""
    return patterns().get(AgreementKind(kind).value)


def filled(
    pattern: Pattern, languages: Sequence[str], values: Mapping[str, Mapping[str, str]]
) -> tuple[dict[str, str], list[Clause]]:
    """A model's title and clauses in some languages, its blanks filled with values by language."""
    said = [
        Clause(
            one.key,
            {code: spoken(one.heading, code) for code in languages},
            {code: fill(spoken(one.body, code), values[code]) for code in languages},
            one.numbered,
        )
        for one in pattern.clauses
    ]
    return {code: spoken(pattern.title, code) for code in languages}, said


def spoken(words: Mapping[str, str], code: str) -> str:
    """Words in a language, or in its sister; nothing in a language that no model has.

    Examples
    --------
    >>> spoken({"pt": "Fim"}, "pt-br"), spoken({"pt": "Fim"}, "fr")
    ('Fim', '')
    """
    return words.get(code) or words.get(code.partition("-")[0], "")


def _pattern(name: str, told: Mapping[str, Any], shared: Mapping[str, Any]) -> Pattern:
    """A pattern from its file."""
    clauses = tuple(_clause(key, told.get(key) or shared[key]) for key in told["order"])
    return Pattern(name, shared["noted_on"], told["title"], clauses)


def _clause(key: str, told: Mapping[str, Any]) -> Clause:
    """A clause from its table."""
    heading, body = (
        {code: words.strip() for code, words in told.get(part, {}).items()} for part in PARTS
    )
    return Clause(key, heading, body, told.get("numbered", True))


def _read(name: str) -> Mapping[str, Any]:
    """One of the files."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
