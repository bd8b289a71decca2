"""What the law of each country asks of a body before it is bound: dated files, each with sources.

Of no item it is claimed that it is all that the law asks: a page that shows one says that it is
to be confirmed with one's legal service, and whether the house could compare it with a source.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from entrecidades.agreements.choices import Stage
from entrecidades.network.choices import Kind

#: The file of what every body needs of which no other file speaks.
HOUSE = "house"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that is to be there, where that is written, and whether that was compared."""

    key: str
    title: Mapping[str, str]
    law: Mapping[str, str]
    source_url: str
    stage: Stage
    is_required: bool
    is_verified: bool
    tiers: frozenset[str]
    noted_on: date


@cache
def checklists() -> dict[str, tuple[Item, ...]]:
    """Every item by country; those of the house under `HOUSE`."""
    found = dict[str, tuple[Item, ...]]()
    for path in sorted(Path(__file__).parent.glob("*.toml")):
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
        items = tuple(_read(one, raw["noted_on"]) for one in raw["item"])
        found |= dict.fromkeys(raw["countries"] or [HOUSE], items)
    return found


def _read(raw: Mapping[str, Any], noted_on: date) -> Item:
    """One item of a file."""
    told = {**raw}
    return Item(
        stage=Stage(told.pop("stage")),
        is_required=bool(told.pop("required")),
        is_verified=bool(told.pop("verified")),
        tiers=frozenset(told.pop("tiers", ())),
        noted_on=noted_on,
        **told,
    )


def checklist_for(country: str, kind: str, tier: str) -> tuple[Item, ...]:
    """What a body of a country needs: of a local government as its tier says, else the house's.

    Examples
    --------
    >>> [item.key for item in checklist_for("IT", "local_government", "region")]
    ['it-region-notice']
    >>> [item.key for item in checklist_for("IT", "association", "")]
    ['house-organ']
    """
    items = checklists().get(country, ()) if kind == Kind.LOCAL_GOVERNMENT else ()
    fitting = tuple(one for one in items if not one.tiers or tier in one.tiers)
    return fitting or checklists()[HOUSE]
