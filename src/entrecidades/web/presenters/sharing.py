"""What lists of practices and postings share: their pages and the facets beside them."""

from typing import Any

from django.core.paginator import Page

from entrecidades.themes.models import Theme
from entrecidades.web.filters.reading import Filters
from entrecidades.web.lists import options


def axis_options(filters: Filters) -> list[dict[str, Any]]:
    """The axes as boxes; a theme that is asked for stands among them, so that it is kept."""
    axes = [theme.slug for theme in Theme.objects.axes()]
    kept = [slug for slug in filters.all("theme") if slug not in axes]
    return options(filters, "theme", only=[*kept, *axes])


def shared_context(filters: Filters, page: Page[Any], notice: str) -> dict[str, Any]:
    """What the templates of both lists are given."""
    query = filters.query()
    return {
        "filters": filters,
        "chips": list(filters.chips()),
        "notices": [text for text in (filters.notice, notice) if text],
        "page": page,
        "page_query": f"{query}&" if query else "",
        "axes": axis_options(filters),
    }
