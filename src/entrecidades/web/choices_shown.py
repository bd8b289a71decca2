"""The choices that several forms show: countries, roles, themes by axis."""

from collections.abc import Collection
from typing import Any

from django.utils.translation import get_language

from entrecidades.network.choices import ROLE_LABELS, Role
from entrecidades.network.countries import country_name
from entrecidades.network.models import Country
from entrecidades.themes.models import Theme

# The countries of the relations the platform was made for come first in a long list.
FIRST = ("BR", "MZ", "FR", "IT", "US")


def country_options(chosen: Collection[str]) -> list[dict[str, Any]]:
    """Every country, those of the mission first, then by name."""
    language = get_language()
    named = [
        (code, country_name(code, language))
        for code in Country.objects.values_list("code", flat=True)
    ]
    named.sort(key=lambda it: (it[0] not in chosen, it[0] not in FIRST, it[1]))
    return [
        {"value": code, "words": name, "count": None, "checked": code in chosen}
        for code, name in named
    ]


def role_options(mask: int) -> list[dict[str, Any]]:
    """Every role a city may have."""
    return [
        {"value": (role.name or "").lower(), "words": str(ROLE_LABELS[role]), "count": None,
         "checked": bool(mask & role)}
        for role in Role
    ]  # fmt: skip


def theme_groups(chosen: Collection[str]) -> list[dict[str, Any]]:
    """The themes by axis, in one query."""
    axes: dict[int, dict[str, Any]] = {}
    themes = list(Theme.objects.all())
    for theme in themes:
        if theme.axis_id is None:
            axes[theme.pk] = {"title": str(theme), "options": [], "open": False}
    for theme in themes:
        if theme.axis_id is not None:
            checked = theme.slug in chosen
            group = axes[theme.axis_id]
            group["open"] = group["open"] or checked
            group["options"].append(
                {"value": theme.slug, "words": str(theme), "count": None, "checked": checked}
            )
    return [group for group in axes.values() if group["options"]]
