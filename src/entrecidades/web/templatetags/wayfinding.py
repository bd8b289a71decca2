"""Where the reader is: entries of the navigation that know the current page."""

from typing import Any

from django import template
from django.urls import reverse

register = template.Library()


@register.inclusion_tag("web/components/nav_item.html", takes_context=True)
def nav_item(context: dict[str, Any], url_name: str, words: str) -> dict[str, Any]:
    """An entry of the navigation; marked when the reader is on or below its page."""
    url = reverse(url_name)
    request = context.get("request")
    path = request.path if request else ""
    current = "page" if path == url else "true" if path.startswith(url) else ""
    return {"url": url, "words": words, "current": current}
