"""What two people wrote of a call, an answer or a programme at once, in words."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from entrecidades.calls.models import Call
from entrecidades.kernel.editing import Clash
from entrecidades.kernel.text import pick
from entrecidades.kernel.versions import Versioned
from entrecidades.web.presenters.calls import moment
from entrecidades.web.presenters.history_told import field_of, field_words, value_words


def clashes_told(record: Versioned, clashes: Iterable[Clash]) -> list[dict[str, Any]]:
    """Each disputed unit: what it was, what the other saved, what the reader wrote."""
    return [
        {
            "label": field_words(clash.unit),
            "was": _told(record, clash.unit, clash.was),
            "theirs": _told(record, clash.unit, clash.theirs),
            "mine": _told(record, clash.unit, clash.mine),
        }
        for clash in clashes
    ]


def _told(record: Versioned, unit: str, value: Any) -> str:
    """A value of a unit in words; of a list, the names of what is in it."""
    if unit in {"criteria", "questions"}:
        name = "name" if unit == "criteria" else "label"
        weights = [f" ({one['weight']})" if "weight" in one else "" for one in value or []]
        named = [pick(one[name]).words for one in value or []]
        return "; ".join(f"{words}{weight}" for words, weight in zip(named, weights, strict=True))
    if isinstance(record, Call) and unit in {"opens_at", "closes_at"} and value:
        return moment(record, datetime.fromisoformat(value))
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_flat(said)}" for key, said in value.items())
    stem = unit.partition(".")[0]
    return value_words(field_of(type(record), stem), stem, value, {})


def _flat(said: Any) -> str:
    """What a condition asks for, as one line."""
    return ", ".join(map(str, said)) if isinstance(said, list) else str(said)
