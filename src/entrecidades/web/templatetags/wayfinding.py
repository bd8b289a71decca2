"""Where the reader is: entries of the navigation that know the current page, and the way here."""

from typing import Any

from django import template
from django.urls import reverse

register = template.Library()


@register.simple_tag
def trail(*steps: Any) -> list[dict[str, Any]]:
    """The way to a page, for its head: addresses or their names, each with its words.

    Examples
    --------
    >>> trail("/fr/entities/br/fnp/", "FNP")
    [{'url': '/fr/entities/br/fnp/', 'words': 'FNP'}]
    """
    pairs = zip(steps[::2], steps[1::2], strict=True)
    return [
        {"url": where if where.startswith("/") else reverse(where), "words": words}
        for where, words in pairs
    ]


@register.inclusion_tag("web/components/nav_item.html", takes_context=True)
def nav_item(context: dict[str, Any], url_name: str, words: str) -> dict[str, Any]:
    """An entry of the navigation; marked when the reader is on or below its page."""
    url = reverse(url_name)
    request = context.get("request")
    path = request.path if request else ""
    current = "page" if path == url else "true" if path.startswith(url) else ""
    return {"url": url, "words": words, "current": current}
