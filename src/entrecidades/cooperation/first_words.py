"""How a conversation may begin, in the language of each side."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from entrecidades.network.countries import official_languages
from entrecidades.network.models import Entity


@cache
def first_words() -> Mapping[str, str]:
    """The suggestions, by language."""
    read = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {language: words.strip() for language, words in read.items()}


def suggestions(body: Entity, other: Entity) -> dict[str, str]:
    """How a body may begin to write to another: in its own language, then in the other's.

    Where a country works in none of our five languages, English stands for it.
    """
    known = first_words()
    found = {}
    for country in (body.country_id, other.country_id):
        language = next((one for one in official_languages(country) if one in known), "en")
        found[language] = known[language].format(body=body.name, other=other.name)
    return found
