"""What every stored field is, read from `register.toml`: its class, and whose it is.

The same register as docs/reference/personal-data.md, for programs; a house test compares the two.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db.models import Model

CLASSES = ("public", "internal", "personal", "sensitive")
FATES = ("delete", "blank", "mask", "keep")


class Leads(StrEnum):
    """What the path from a row to a person ends in."""

    PERSON = "person"
    NUMBER = "number"
    ADDRESS = "address"
    FACT = "fact"
    SESSION = "session"


class Basis(StrEnum):
    """Why the house may hold it at all."""

    PUBLIC_TASK = "public task"
    CONSENT = "consent"
    SECURITY = "security"
    ACCOUNTABILITY = "accountability"


@dataclass(frozen=True, slots=True)
class Way:
    """One way in which a row can be hers, and what an erasure does with each field of hers."""

    by: str
    leads: Leads
    basis: Basis
    fates: Mapping[str, tuple[str, ...]]

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that are hers when a row leads to her in this way."""
        return tuple(name for fate in FATES for name in self.fates[fate])

    @property
    def deletes(self) -> bool:
        """Whether an erasure deletes the row."""
        return bool(self.fates["delete"])


@dataclass(frozen=True, slots=True)
class Clearing:
    """What time takes away: so many days after a moment of the row, it or some fields of it."""

    after: str
    days: int
    when: Mapping[str, Any]
    blank: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A model: the class of each field, the ways to a person, the texts people write freely."""

    label: str
    classes: Mapping[str, str]
    ways: tuple[Way, ...]
    texts: tuple[str, ...]
    clearings: tuple[Clearing, ...]
    unused: bool
    made: str = ""

    @property
    def model(self) -> type[Model]:
        """The model itself."""
        return apps.get_model(self.label)

    def of(self, *kinds: str) -> list[str]:
        """The fields of some classes."""
        return [name for name, kind in self.classes.items() if kind in kinds]


@cache
def register() -> Mapping[str, Entry]:
    """The whole register, by model."""
    raw = tomllib.loads(Path(__file__).with_name("register.toml").read_text(encoding="utf-8"))
    return {label: _entry(label, facts) for label, facts in raw.items()}


def ways() -> Iterator[tuple[Entry, Way]]:
    """Every way from a row to a person."""
    for entry in register().values():
        for way in entry.ways:
            yield entry, way


def _entry(label: str, facts: dict[str, Any]) -> Entry:
    """One model's part of the register."""
    return Entry(
        label=label,
        classes={name: kind for kind in CLASSES for name in facts.get(kind, ())},
        ways=tuple(_way(way) for way in facts.get("hers", ())),
        texts=tuple(facts.get("texts", ())),
        clearings=tuple(_clearing(one) for one in facts.get("clears", ())),
        unused=bool(facts.get("unused", False)),
        made=str(facts.get("made", "")),
    )


def _way(facts: dict[str, Any]) -> Way:
    """One way to a person."""
    fates = {fate: tuple(facts.get(fate, ())) for fate in FATES}
    return Way(facts["by"], Leads(facts["as"]), Basis(facts["basis"]), fates)


def _clearing(facts: dict[str, Any]) -> Clearing:
    """One thing that time takes away."""
    blank = tuple(facts.get("blank", ()))
    return Clearing(facts["after"], facts["days"], facts.get("when", {}), blank)
