"""Two to four places or bodies side by side."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

import numpy as np
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entrecidades.matching.selectors import Subject
from entrecidades.network.choices import Kind, Tier
from entrecidades.network.countries import language_name
from entrecidades.network.models import Entity, Place
from entrecidades.network.selectors import Reader
from entrecidades.practices.selectors import themes_of
from entrecidades.themes.models import Theme
from entrecidades.web.presenters.partners import public_id, where
from entrecidades.web.presenters.registry import grouped, people

Cell = dict[str, Any]


def chosen(subjects: Sequence[Subject]) -> list[dict[str, str]]:
    """What is compared, each with the address that leaves it out."""
    ids = [public_id(subject) for subject in subjects]
    return [
        {
            "id": ids[at],
            "name": subject.name,
            "country": str(subject.country),
            "remove_url": f"?{urlencode([('place', one) for one in ids if one != ids[at]])}",
        }
        for at, subject in enumerate(subjects)
    ]


def sheet(subjects: Sequence[Subject], reader: Reader) -> dict[str, Any]:
    """The ``columns`` and ``rows`` of side_by_side.html: a fact, and each one's value."""
    profiles = [themes_of(subject, reader=reader) for subject in subjects]
    words: list[tuple[str, list[str]]] = [
        (_("Country and region"), [where(subject) for subject in subjects]),
        (_("Kind"), [kind_of(subject) for subject in subjects]),
        (_("Inhabitants"), [people(subject.population) for subject in subjects]),
        (_("Roles"), [roles_of(subject) for subject in subjects]),
        (_("Languages"), [spoken(subject) for subject in subjects]),
    ]
    themes: list[tuple[str, list[list[Theme]]]] = [
        (_("Does well or offers"), [profile.offers for profile in profiles]),
        (_("Needs"), [profile.needs for profile in profiles]),
    ]
    names = [subject.name for subject in subjects]
    told: list[tuple[str, list[Cell]]] = [
        (title, [{"text": text} for text in values]) for title, values in words
    ]
    told += [(title, [{"chips": _chips(some)} for some in lists]) for title, lists in themes]
    return {
        "columns": [
            {"words": subject.name, "url": subject.get_absolute_url()} for subject in subjects
        ],
        "rows": [
            {
                "title": title,
                "cells": [
                    {"label": name, **cell} for name, cell in zip(names, cells, strict=True)
                ],
            }
            for title, cells in told
        ],
    }


def _chips(themes: Sequence[Theme]) -> list[dict[str, str]]:
    """Themes as chips that lead to their pages."""
    return [{"words": str(theme), "url": theme.get_absolute_url()} for theme in themes]


def kind_of(subject: Subject) -> str:
    """What the subject is: its tier if it governs, else its kind."""
    if isinstance(subject, Place):
        return str(Tier.MUNICIPALITY.label)
    return str(Tier(subject.tier).label if subject.tier else Kind(subject.kind).label)


def roles_of(subject: Subject) -> str:
    """What a place is beside its size."""
    return ", ".join(subject.role_labels) if isinstance(subject, Place) else ""


def languages_of(subject: Subject) -> list[str]:
    """The languages one works in: a body's own, else its country's."""
    own = subject.languages if isinstance(subject, Entity) else []
    return list(own or subject.country.languages)


def spoken(subject: Subject) -> str:
    """The languages one works in, in the reader's words."""
    return ", ".join(language_name(code, get_language()) for code in languages_of(subject))


def population_rows(subjects: Sequence[Subject]) -> list[dict[str, Any]]:
    """The populations on one scale, whose steps are doublings."""
    sizes = [float(subject.population or 0) for subject in subjects]
    top = max(np.log2(max(sizes) + 1), 1.0)
    return [
        {
            "label": subject.name,
            "share": float(np.log2(size + 1) / top),
            "text": grouped(int(size)) if size else _("unknown"),
        }
        for subject, size in zip(subjects, sizes, strict=True)
    ]
