"""What the house holds about a person, in words: for the page, and for the file she takes away."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entrecidades.kernel.text import pick
from entrecidades.privacy.clocks import clock_for
from entrecidades.privacy.fates_told import BASES
from entrecidades.privacy.fates_told import FATES as SENTENCES
from entrecidades.privacy.field_words import FIELDS
from entrecidades.privacy.models import DataRequest
from entrecidades.privacy.register import FATES
from entrecidades.privacy.rules import share_gone
from entrecidades.privacy.selectors.copy import Kind
from entrecidades.privacy.words import KINDS


def shelves(kinds: Sequence[Kind]) -> list[dict[str, Any]]:
    """Each kind of row that is hers: how many, why, and what an erasure does with it."""
    return [
        {
            "title": KINDS[kind.label][0],
            "text": KINDS[kind.label][1],
            "count": len(kind.records),
            "why": [BASES[basis] for basis in kind.bases],
            "fates": [SENTENCES[fate] for fate in FATES if fate in kind.fates],
        }
        for kind in kinds
    ]


def what_stays(kinds: Sequence[Kind]) -> list[dict[str, Any]]:
    """Of what is hers, what an erasure leaves, and why."""
    staying = [kind for kind in kinds if kind.fates - {"delete"}]
    return shelves(staying)


def what_goes(kinds: Sequence[Kind]) -> list[dict[str, Any]]:
    """Of what is hers, what an erasure deletes."""
    return shelves([kind for kind in kinds if not kind.fates - {"delete"}])


def pages_of(kinds: Sequence[Kind]) -> list[dict[str, Any]]:
    """Each kind with all its rows, field by field, in words."""
    return [
        {
            "title": KINDS[kind.label][0],
            "text": KINDS[kind.label][1],
            "records": [_lines(record.values.items()) for record in kind.records],
        }
        for kind in kinds
    ]


def _lines(values: Iterable[tuple[str, Any]]) -> list[tuple[Any, str]]:
    """The fields of a row that hold something, as words and value."""
    return [
        (FIELDS[name], _told(value)) for name, value in values if value not in (None, "", {}, [])
    ]


def _told(value: Any) -> str:
    """A value as one reads it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def clocks_of(requests: Iterable[DataRequest], *, at: datetime) -> list[dict[str, Any]]:
    """Each request with what is left of its clock."""
    return [
        {
            "request": one,
            "left": left_of(one.due_at, at=at) if one.is_open else "",
            "gone": min(share_gone(one.began_at, one.due_at, at), 100),
            "overdue": one.is_open and at > one.due_at,
        }
        for one in requests
    ]


def left_of(due_at: datetime, *, at: datetime) -> str:
    """How long is left, as one says it."""
    left = due_at - at
    if left < timedelta(0):
        days = -left // DAY
        said = ngettext("%(n)s day over time", "%(n)s days over time", days)
        return said % {"n": days} if days else _("over time")
    if left < 2 * DAY:
        hours = left // HOUR
        return ngettext("%(n)s hour left", "%(n)s hours left", hours) % {"n": hours}
    return ngettext("%(n)s day left", "%(n)s days left", left // DAY) % {"n": left // DAY}


def law_told(kind: str, country: str, on: date) -> dict[str, Any]:
    """Which law gives how long, where it stands, and when the house noted it."""
    found = clock_for(kind, country, on=on)
    if found is None:
        return {}
    law, clock = found
    return {
        "name": pick(law.name),
        "title": pick(law.title),
        "url": law.source_url,
        "article": pick(clock.article),
        "noted_on": law.noted_on,
        "can_extend": bool(clock.extended),
    }
