"""Texts in several languages, stored as one JSON object per text, and how one is chosen.

A text is ``{"pt-br": "…", "fr": "…"}``. The reader is given the nearest
language there is and told which one it was: a fallback is never silent.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

# Readers of a language are offered its sisters before strangers.
NEAREST: dict[str, tuple[str, ...]] = {
    "pt-br": ("pt-br", "pt", "es", "it", "fr", "en"),
    "pt": ("pt", "pt-br", "es", "fr", "it", "en"),
    "fr": ("fr", "it", "es", "pt", "pt-br", "en"),
    "en": ("en", "fr", "es", "pt", "pt-br", "it"),
    "it": ("it", "es", "fr", "pt", "pt-br", "en"),
    "es": ("es", "pt", "pt-br", "it", "fr", "en"),
}


@dataclass(frozen=True, slots=True)
class Picked:
    """A text as one reader gets it: the words, and the language they are in."""

    words: str
    language: str
    wanted: str

    @property
    def is_fallback(self) -> bool:
        """Whether the reader's own language is missing (pt and pt-br count as one)."""
        return self.language.split("-")[0] != self.wanted.split("-")[0]

    def __str__(self) -> str:
        return self.words


def with_colon(name: object, words: object) -> str:
    """A name, and what is said of it, with the colon of the reader's language between them.

    Examples
    --------
    >>> with_colon("Administrator", "invites colleagues")
    'Administrator: invites colleagues'
    """
    joined = pgettext("a name, and what is said of it", "%(name)s: %(words)s")
    return joined % {"name": name, "words": words}


def pick(texts: Mapping[str, str], language: str | None = None) -> Picked:
    """Choose the text nearest to a language; the reader's own when none is named.

    Examples
    --------
    >>> pick({"pt": "lixo", "en": "waste"}, "pt-br")
    Picked(words='lixo', language='pt', wanted='pt-br')
    >>> pick({"en": "waste"}, "fr").is_fallback
    True
    """
    wanted = (language or get_language() or settings.LANGUAGE_CODE).lower()
    for code in NEAREST.get(wanted, NEAREST["en"]):
        if texts.get(code):
            return Picked(texts[code], code, wanted)
    for code, words in texts.items():
        if words:
            return Picked(words, code, wanted)
    return Picked("", wanted, wanted)


def check_texts(value: Any) -> None:
    """Refuse anything but an object of language code → words."""
    if not isinstance(value, dict) or not all(
        isinstance(code, str) and isinstance(words, str) for code, words in value.items()
    ):
        raise ValidationError(_("A text is an object of language codes and words."))


class TextsField(models.JSONField):
    """A text in several languages."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("default", dict)
        options.setdefault("blank", True)
        super().__init__(**options)
        if check_texts not in self.validators:
            self.validators = [*self.validators, check_texts]
