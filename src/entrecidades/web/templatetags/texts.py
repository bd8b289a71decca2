"""Texts in several languages and numbers, as one reader gets them."""

from collections.abc import Mapping

from django import template
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from entrecidades.kernel import prose as writing
from entrecidades.kernel.text import Picked, pick
from entrecidades.web.links import on_the_web

register = template.Library()
register.filter("on_the_web", on_the_web)


@register.simple_tag
def told(text: Mapping[str, str]) -> Picked:
    """The text nearest to the reader's language, and which language that is."""
    return pick(text)


@register.simple_tag
def colon() -> str:
    """The colon after a name; French keeps a space before it, at which no line may break."""
    return "\N{NO-BREAK SPACE}:" if (get_language() or "").startswith("fr") else ":"


@register.filter
def grouped(number: int) -> str:
    """A number whose digits stand in groups; a year is none and stays as it is."""
    return str(number_format(number, force_grouping=True))


@register.filter
def prose(words: str) -> SafeString:
    """What somebody wrote, with its paragraphs, lists, emphasis and links, and nothing else."""
    return SafeString(writing.prose(words))
