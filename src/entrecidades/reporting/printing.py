"""The report of a year as PDF: PDF/A-2a and PDF/UA-1, from the facts that its page shows."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from django.utils.translation import gettext as _

from entrecidades.engines import dotmap
from entrecidades.engines.typesetting import printable, typeset
from entrecidades.reporting.selectors.facts import locale_of_reader

TEMPLATE = Path(__file__).with_name("year.typ")
#: On paper the drawing brings its colours itself.
STYLE = (
    "<style>.map{stroke:#34597a}.dots{stroke-linecap:round}.arc{stroke:#a0125c;fill:none}"
    ".arc-casing{stroke:#fbfcfb;stroke-width:2.4;fill:none}.mark-ring{fill:#a0125c;stroke:none}"
    ".dot-0{opacity:.5}.dot-1{opacity:.72}</style>"
)


def printed(facts: dict[str, Any], points: Sequence[tuple[float, float, int]]) -> bytes:
    """The file; the same facts and the same land are the same bytes."""
    told = {
        **printable({**facts, "words": _words(facts)}),
        **locale_of_reader(),
        "site": settings.PUBLIC_URL,
        "map": picture(facts["pairs"], points, title=_map_title(facts)),
        "map_alt": _map_title(facts),
    }
    return typeset(TEMPLATE, told)


def picture(
    pairs: Sequence[dict[str, Any]],
    points: Sequence[tuple[float, float, int]],
    *,
    title: str,
    styled: bool = True,
) -> str:
    """The pairs of a year as arcs over the inhabited land; nothing where there are none."""
    if not pairs:
        return ""
    table = np.array(list(points), np.float64).reshape(-1, 3)
    arcs = [_arc(pair) for pair in pairs]
    drawing = dotmap.world_map(
        table[:, 0], table[:, 1], table[:, 2], arcs, columns=200, title=title, name="year"
    )
    if not styled:
        return drawing
    opening, bracket, rest = drawing.partition(">")
    namespace = "" if "xmlns=" in opening else ' xmlns="http://www.w3.org/2000/svg"'
    return f"{opening}{namespace}{bracket}{STYLE}{rest}"


def _arc(pair: dict[str, Any]) -> dotmap.Arc:
    """The line between two that work together."""
    lat_one, lon_one, lat_other, lon_other = pair["ends"]
    label = f"{pair['one']} – {pair['other']}"
    return dotmap.Arc(lat_one, lon_one, lat_other, lon_other, 1, "mission", label)


def _map_title(facts: dict[str, Any]) -> str:
    """What the map says to those who do not see it."""
    pairs = ", ".join(f"{one['one']} – {one['other']}" for one in facts["pairs"])
    return _("Who worked together: %(pairs)s") % {"pairs": pairs}


def _words(facts: dict[str, Any]) -> dict[str, str]:
    """What stands on every report."""
    return {
        "title": _("Annual report"),
        "contents": _("Contents"),
        "foreword": _("Foreword"),
        "figures": _("The year in figures"),
        "states": _("How far the projects are"),
        "themes": _("On which themes"),
        "money": _("Budgets"),
        "money_note": _("Amounts of different currencies are not added."),
        "currency": _("Currency"),
        "amount": _("Amount"),
        "spent": _("Spent"),
        "pairs": _("Who worked together"),
        "projects": _("Projects and actions"),
        "calls": _("Calls"),
        "rounds": _("Who was paired"),
        "baseline": _("Baseline"),
        "target": _("Target"),
        "actual": _("Actual"),
        "what": _("What is measured"),
        "done": _("Done in the year"),
        "none": _("Nothing was shown to everybody for this year."),
        "by": _("Published by %(body)s") % {"body": facts["body"]},
        "languages": _("The foreword stands in"),
        "page_of": _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
    }
