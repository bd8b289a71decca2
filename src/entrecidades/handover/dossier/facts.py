"""What the dossier prints, in the reader's language: every text ready, every sign printable."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.accounts.roles import roles_with
from entrecidades.engines.typeface import MISSING
from entrecidades.engines.typesetting import printable
from entrecidades.handover.selectors.desk import Cell, Desk, Section
from entrecidades.handover.selectors.sections.past import full
from entrecidades.network.selectors.joining import team_of

#: A day in a table: short, and in words, so that nobody takes the month for the day.
IN_A_TABLE = "j M Y"


def dossier_facts(desk: Desk, sections: Sequence[Section]) -> dict[str, Any]:
    """Everything that the typesetter is given."""
    facts = {
        **_locale(),
        "date": [desk.on.year, desk.on.month, desk.on.day],
        "body": desk.body.name_in(),
        "country": str(desk.body.country),
        "day": str(date_format(desk.on, "DATE_FORMAT")),
        "hands": _hands(desk),
        "words": _words(),
        "chapters": [
            {"title": str(chapter.label), "sections": [_section(one) for one in some]}
            for chapter, some in groupby(sections, key=lambda one: one.chapter)
        ],
    }
    made: dict[str, Any] = printable(facts)
    made["boxes"] = MISSING in str({**made, "words": {}})
    return made


def _locale() -> dict[str, str]:
    """Language and region, for hyphens and for those who are read to."""
    language, _hyphen, region = (get_language() or "en").partition("-")
    return {"lang": language, "region": region}


def _hands(desk: Desk) -> list[str]:
    """Who may hand the body over on the day: in whose hands it is."""
    inviters = team_of(desk.body, on=desk.on).filter(role__in=roles_with(Permission.HAND_OVER))
    return [f"{one.person} · {one.get_role_display()}" for one in inviters]


def _words() -> dict[str, str]:
    """What stands on every dossier."""
    return {
        "title": _("Hand-over dossier"),
        "as_of": _("As of"),
        "in_hands": _("In the hands of"),
        "nobody": _("nobody yet"),
        "contents": _("Contents"),
        "page_of": _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
        "lead": _(
            "What is in force, what runs out, what was promised and what is open. It belongs to "
            "the body, whoever acts for it."
        ),
        "confidential": _("For the body’s own people. It names people and tells of drafts."),
        "boxes": _(
            "A box (□) stands for a sign that this file cannot print; the tables in the pack "
            "have all of them."
        ),
    }


def _section(section: Section) -> dict[str, Any]:
    """A section, its cells in words."""
    return {
        "title": section.title,
        "empty": section.empty,
        "columns": [{"label": one.label, "share": one.share} for one in section.columns],
        "rows": [
            {
                "cells": [_cell(cell) for cell in line.cells],
                "link": line.address and full(line.address),
            }
            for line in section.lines
        ],
    }


def _cell(cell: Cell) -> str:
    """A value in words; what is not known is a dash."""
    if isinstance(cell, date):
        return str(date_format(cell, IN_A_TABLE)).replace(" ", "\N{NO-BREAK SPACE}")
    return "–" if cell in (None, "") else str(cell)
