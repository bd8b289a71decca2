"""The gallery of components: every part of the pages in one place, for those who build them.

Its samples are facts of the relations the platform was made for. They stay in
English: only builders see this page, and the components' own words change with
the language, which is what the page is there to show.
"""

from typing import Any

import numpy as np
from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from entrecidades.engines.marks import Mark
from entrecidades.web.presenters import pictures

_CITIES = {
    "Maputo": (-25.97, 32.58, 1.1e6),
    "Beira": (-19.84, 34.84, 5.3e5),
    "Nampula": (-15.12, 39.27, 7.4e5),
    "Pemba": (-12.97, 40.52, 2.0e5),
    "Belo Horizonte": (-19.92, -43.94, 2.3e6),
    "Porto Alegre": (-30.03, -51.23, 1.3e6),
    "Marseille": (43.30, 5.37, 8.7e5),
    "Lyon": (45.75, 4.85, 5.2e5),
    "Torino": (45.07, 7.69, 8.5e5),
    "Washington": (38.90, -77.04, 6.9e5),
}
#: The signs of static/web/icons.svg; a test keeps the two alike.
SIGNS = [
    "search",
    "menu",
    "close",
    "globe",
    "theme",
    "help",
    "city",
    "country",
    "entity",
    "route",
    "tag",
    "people",
    "language",
    "calendar",
    "document",
    "money",
    "download",
    "external",
    "link",
    "filter",
    "sort",
    "before",
    "after",
    "forward",
    "info",
    "success",
    "warn",
    "error",
    "check",
    "unconfirmed",
    "example",
    "mail",
    "compare",
    "source",
    "person",
]


class SampleForm(forms.Form):
    """One field of each kind, to be shown with its errors."""

    name = forms.CharField(help_text="As it is written in the city's own language.")
    modality = forms.ChoiceField(
        choices=[("visit", "Study visit"), ("remote", "Remote advice"), ("hosting", "Hosting")]
    )
    languages = forms.MultipleChoiceField(
        choices=[("pt", "Português"), ("fr", "Français"), ("it", "Italiano")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    text = forms.CharField(widget=forms.Textarea, required=False)
    letters = forms.BooleanField(label="Send me a weekly letter", required=False)


@login_not_required
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Show every component; only where the house is being built."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "web/gallery.html", samples())


def samples() -> dict[str, Any]:
    """What the gallery shows in each component."""
    return {
        **_pictures(),
        **_matches(),
        **_tables(),
        **_sides(),
        "form": SampleForm({"name": "", "modality": "visit"}),
        "signs": SIGNS,
        "page": Paginator(range(5570), 50).page(4),
        "trail": [{"words": "Cities", "url": "#"}, {"words": "Mozambique", "url": "#"}],
        "stats": [
            {"value": 5570, "words": "municipalities in Brazil", "note": "IBGE"},
            {"value": 4, "words": "relations of the mission"},
            {"value": 2003, "words": "start of the programme with Italy"},
        ],
        "filters": [
            {"label": "Country", "value": "Mozambique", "remove_url": "#"},
            {"label": "Theme", "value": "Solid waste", "remove_url": "#"},
        ],
        "options": [
            {"value": "BR", "words": "Brazil", "count": 5570, "checked": True},
            {"value": "MZ", "words": "Mozambique", "count": 154, "checked": False},
        ],
        "tabs": [
            {"words": "Overview", "url": "#", "current": True},
            {"words": "Partners", "url": "#", "current": False},
            {"words": "Practices", "url": "#", "current": False},
        ],
        "first": {"name": "Maputo", "note": "Mozambique", "url": "#"},
        "second": {"name": "Porto Alegre", "note": "Brazil", "url": "#"},
    }


def _tables() -> dict[str, Any]:
    """Rows, facts, events and files."""
    return {
        "columns": [
            {"words": "Encounter"},
            {"words": "Country"},
            {"words": "Year", "end": True},
        ],
        "rows": [_row("Marseille", "France", "2006"), _row("Belo Horizonte", "Brazil", "2007")],
        "facts": [
            {"words": "Formalised", "value": "2013"},
            {"words": "Modality", "value": "South–South"},
        ],
        "events": [
            {"when": "2006", "title": "Marseille", "text": "First encounter of the series."},
            {"when": "2007", "title": "Belo Horizonte", "text": "Second encounter."},
            {"when": "2009", "title": "Lyon", "text": "Third encounter.", "url": "#"},
        ],
        "downloads": [
            {"format": name, "url": "#", "words": words}
            for name, words in (
                ("CSV", "plain table"),
                ("XLSX", "spreadsheet"),
                ("JSON", "programs"),
                ("GeoJSON", "maps"),
            )
        ],
    }


def _sides() -> dict[str, Any]:
    """Two cities side by side, and an index of countries."""
    chips = [{"words": "Solid waste", "url": "#"}]
    cells: tuple[tuple[str, str, list[dict[str, str]]], ...] = (
        ("Maputo", "1.3 million", chips),
        ("Porto Alegre", "1.5 million", []),
    )
    return {
        "sides": [{"words": name, "url": "#"} for name, _people, _themes in cells],
        "sheet": [
            {
                "title": "Inhabitants",
                "cells": [{"label": name, "text": people} for name, people, _themes in cells],
            },
            {
                "title": "Needs",
                "cells": [{"label": name, "chips": themes} for name, _people, themes in cells],
            },
        ],
        "entries": [
            {"words": "Mozambique", "url": "#", "number": "27"},
            {"words": "São Tomé and Príncipe", "url": "#"},
        ],
    }


def _row(name: str, country: str, year: str) -> list[dict[str, Any]]:
    """One line of the sample table."""
    return [
        {"text": name, "url": "#"},
        {"text": country, "label": "Country"},
        {"text": year, "label": "Year", "end": True},
    ]


def _matches() -> dict[str, Any]:
    """A suggestion with its reasons, and a comparison."""
    reasons = [
        {
            "label": "Needs and offers",
            "text": "Looks for solid waste; the other side offers technical advice on it.",
            "score": 0.82,
            "weight": 30,
        },
        {"label": "Language", "text": "Both work in Portuguese.", "score": 1.0, "weight": 10},
        {"label": "Size", "text": "1.1 and 1.3 million people.", "score": 0.64, "weight": 15},
    ]
    suggestion = {
        "name": "Porto Alegre",
        "place": "Brazil · Rio Grande do Sul",
        "url": "#",
        "score": 78.4,
        "reasons": reasons,
        "chips": ["Solid waste", "Portuguese"],
    }
    plot = [
        {"label": "Maputo", "share": 0.46, "text": "1.1 million"},
        {"label": "Porto Alegre", "share": 0.54, "text": "1.3 million"},
        {"label": "Belo Horizonte", "share": 0.95, "text": "2.3 million"},
    ]
    return {"reasons": reasons, "suggestion": suggestion, "plot": plot}


def _pictures() -> dict[str, Any]:
    """The maps, drawn by a handful of cities."""
    lat, lon, people = (np.array(column) for column in zip(*_CITIES.values(), strict=True))
    world = pictures.Places(lat, lon, people)
    ties = pictures.country_ties(
        ["BR", "BR", "BR", "BR"],
        ["FR", "IT", "MZ", "US"],
        (lat[[4] * 4], lon[[4] * 4], lat[[6, 8, 0, 9]], lon[[6, 8, 0, 9]]),
    )
    ours = ("Maputo", "Beira", "Nampula", "Pemba")
    country = pictures.Places(lat[:4], lon[:4], people[:4])
    found = [
        pictures.Suggested(name, *_CITIES[name][:2]) for name in ("Porto Alegre", "Belo Horizonte")
    ]
    maputo = pictures.Suggested("Maputo", *_CITIES["Maputo"][:2])
    return {
        "world": pictures.world_picture(world, ties),
        "known": pictures.ties_table(ties),
        "country": pictures.country_picture(
            country, [Mark(*_CITIES[name][:2], name) for name in ours], "Mozambique"
        ),
        "locator": pictures.locator_picture(world, maputo.lat, maputo.lon, "Maputo"),
        "suggested": pictures.suggestions_picture(world, maputo, found, "Maputo"),
    }
