"""What the search finds by words: countries and themes in every language of the house."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language

from entrecidades.engines.folding import fold
from entrecidades.network.countries import country_name
from entrecidades.network.models import Country
from entrecidades.themes.models import Theme

MOST = 20
EXAMPLES = ("Maputo", "Belo Horizonte", "FNP", "Moçambique")


def examples() -> list[dict[str, str]]:
    """Searches that find something, for a reader who has not typed anything yet."""
    return [{"words": words, "url": f"{reverse('web:search')}?q={words}"} for words in EXAMPLES]


def _begins_a_word(key: str, names: list[str]) -> bool:
    """Whether a word of one of the names begins so."""
    return any(f" {key}" in f" {fold(name)}" for name in names)


def countries_called(words: str) -> list[Country]:
    """The countries so named in one of the languages of the house, or of this code."""
    key = fold(words)
    languages = [code for code, _name in settings.LANGUAGES]
    found = [
        country
        for country in Country.objects.all()
        if country.code.lower() == key
        or _begins_a_word(key, [country_name(country.code, code) for code in languages])
    ]
    return sorted(found, key=lambda country: fold(str(country)))[:MOST]


def themes_called(words: str) -> list[dict[str, Any]]:
    """The themes so named, by label or synonym in any language; those of the reader's first."""
    key, language = fold(words), str(get_language())
    found = []
    for theme in Theme.objects.select_related("axis"):
        own = [theme.label.get(language, ""), *theme.synonyms.get(language, [])]
        every = [
            *theme.label.values(),
            *(word for some in theme.synonyms.values() for word in some),
        ]
        if _begins_a_word(key, every):
            found.append((not _begins_a_word(key, own), theme.position, theme))
    found.sort(key=lambda one: one[:2])
    return [{"theme": theme, "axis": theme.axis} for _other, _place, theme in found[:MOST]]
