"""What both sides say of a record, side by side with what is recorded."""

from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from entrecidades.network.choices import Stance
from entrecidades.network.models import Confirmable
from entrecidades.network.partnership_sources import public_list
from entrecidades.network.selectors.statements import SideSaid, sides_said
from entrecidades.web.forms.statements import LABELS


def record_told(record: Confirmable) -> dict[str, Any]:
    """The two sides, the comparison of what they say, and where the record comes from."""
    sides = sides_said(record)
    first, second = (_end(side) for side in sides)
    return {
        "record": record,
        "first": first,
        "second": second,
        "sheet": _sheet(record, sides),
        "notes": [_note(side) for side in sides if side.said and side.said.note],
        "sources": [public_list(key) for key in getattr(record, "sources", [])],
        "source_title": getattr(record, "source_title", ""),
        "source_url": getattr(record, "source_url", ""),
    }


def _end(side: SideSaid) -> dict[str, str]:
    """One end of the pair."""
    names = side.names
    return {"name": _name(side), "note": str(names.country), "url": names.get_absolute_url()}


def _name(side: SideSaid) -> str:
    """What a side is called."""
    name_in = getattr(side.names, "name_in", None)
    return name_in() if name_in else str(side.names)


def _sheet(record: Confirmable, sides: Any) -> dict[str, Any]:
    """A row for each thing that can be said, with a column for the record and for each side."""
    names = [_("On record"), *(_name(side) for side in sides)]
    rows: list[tuple[str, list[str]]] = [
        (_("What they say"), [str(record.get_confirmation_display()), *map(_stance, sides)])
    ]
    for field in record.SAID:
        told = [shown(getattr(record, field)), *(_instead(side, field, record) for side in sides)]
        rows.append((str(LABELS[field]), told))
    return {
        "columns": [{"words": name, "url": ""} for name in names],
        "rows": [
            {
                "title": title,
                "cells": [
                    {"label": label, "text": text}
                    for label, text in zip(names, texts, strict=True)
                ],
            }
            for title, texts in rows
        ],
    }


def _stance(side: SideSaid) -> str:
    """What a side says, in the words of the vocabulary."""
    return str(Stance(side.said.stance).label) if side.said else _("has not spoken yet")


def _instead(side: SideSaid, field: str, record: Confirmable) -> str:
    """What a side says of one field; that it agrees, when it confirms."""
    if side.said is None:
        return "–"
    if field in side.said.otherwise:
        return shown(side.said.otherwise[field])
    agrees = side.said.stance == Stance.CONFIRMS
    return shown(getattr(record, field)) if agrees else "–"


def shown(value: Any) -> str:
    """A year or a day as the reader writes it."""
    if value in (None, ""):
        return "–"
    if isinstance(value, str):
        value = formats.parse_date(value) if hasattr(formats, "parse_date") else value
    return str(value) if isinstance(value, (int, str)) else formats.date_format(value)


def _note(side: SideSaid) -> dict[str, Any]:
    """A side's own words."""
    said = side.said
    return {"name": _name(side), "words": said.note, "language": said.language} if said else {}
