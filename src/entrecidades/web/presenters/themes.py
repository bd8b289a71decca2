"""What the pages about themes say."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entrecidades.network.countries import language_name
from entrecidades.practices.choices import Side
from entrecidades.themes.crosswalk import divisions_of, goals_of, sectors_of
from entrecidades.themes.models import Theme
from entrecidades.themes.selectors import Branch

Tally = Mapping[str, int]
LANGUAGES = ("pt-br", "pt", "fr", "en", "it", "es")


def tree_shown(tree: Sequence[Branch], tally: Mapping[int, Tally]) -> list[dict[str, Any]]:
    """The axes with their themes, each with how much stands under it."""
    return [
        {
            "axis": branch.axis,
            "themes": [
                {"theme": theme, "counts": _counts(tally.get(theme.pk, {}))}
                for theme in branch.themes
            ],
        }
        for branch in tree
    ]


def _counts(tally: Tally) -> str:
    """How many practices, offers and needs stand under a theme, in words; perhaps nothing."""
    words = {
        "practices": _("practices: %(n)s"),
        Side.OFFER.value: _("offers: %(n)s"),
        Side.NEED.value: _("needs: %(n)s"),
    }
    return " · ".join(said % {"n": tally[key]} for key, said in words.items() if tally.get(key))


def names_of(theme: Theme) -> list[dict[str, Any]]:
    """A theme's label and synonyms, language by language."""
    here = get_language()
    rows = []
    for code in LANGUAGES:
        label = theme.label.get(code)
        if label:
            words = theme.synonyms.get(code) or theme.synonyms.get(code.split("-")[0], [])
            named = _("Portuguese (Brazil)") if code == "pt-br" else language_name(code, here)
            rows.append({"code": code, "language": named, "label": label, "words": words})
    return rows


def codes_of(theme: Theme) -> list[dict[str, Any]]:
    """The theme in the lists of others, list by list."""
    lists = [
        ("SDG", _("Sustainable Development Goals"), goals_of(theme), "https://sdgs.un.org/goals"),
        (
            "DAC",
            _("OECD DAC purpose codes"),
            sectors_of(theme),
            "https://web-archive.oecd.org/temp/2024-06-19/57753-dacandcrscodelists.htm",
        ),
        (
            "COFOG",
            _("Functions of government (United Nations)"),
            divisions_of(theme),
            "https://unstats.un.org/unsd/classifications/Econ/Structure/Detail/EN/4",
        ),
    ]
    return [
        {"key": key, "title": title, "codes": codes, "url": url}
        for key, title, codes, url in lists
        if codes
    ]


def board_url(theme: Theme, side: str = "") -> str:
    """The board, filtered by a theme and perhaps a side."""
    query = f"?theme={theme.slug}" + (f"&side={side}" if side else "")
    return reverse("web:posting-list") + query
