"""What all lists share: pages that cost the same however deep, and the list as files."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from entrecidades.exchange.exports.formats import FORMATS
from entrecidades.network.selectors import in_order
from entrecidades.web.filters.reading import Filters
from entrecidades.web.presenters.registry import grouped

PAGE = 50
DIGITS = 7
Row = TypeVar("Row", bound=Model)


def page_of(
    found: QuerySet[Row], raw: str, told: Callable[[QuerySet[Row]], QuerySet[Row]]
) -> tuple[Page[Any], str]:
    """One page of a list, and a notice when the page that was asked for is another.

    Only keys are counted and skipped, which an index does alone; the rows of
    the page are then read by their keys. ``told`` adds what a row shows.
    """
    page, notice = page_of_rows(found.values_list("pk", flat=True), raw)
    page.object_list = in_order(told(found.model._default_manager.all()), page.object_list)
    return page, notice


def page_of_rows(rows: Any, raw: str) -> tuple[Page[Any], str]:
    """One page of what is there as rows already, and the same notice."""
    pages = Paginator(rows, PAGE)
    number, notice = _number(raw, pages.num_pages)
    return pages.page(number), notice


def _number(raw: str, last: int) -> tuple[int, str]:
    """The number of the page: the first or the last one when there is no such page."""
    if not raw:
        return 1, ""
    if not (raw.isascii() and raw.isdigit()) or int(raw[:DIGITS]) == 0:
        return 1, _("There is no page of that name; this is the first one.")
    number = int(raw) if len(raw) <= DIGITS else last + 1
    if number > last:
        return last, _("The list has fewer pages; this is the last one.")
    return number, ""


def downloads(url_name: str, filters: Filters, **carried: str) -> list[dict[str, str]]:
    """The list in every format, exactly as filtered; ``carried`` is what its address names."""
    words = {
        "csv": _("plain table"),
        "xlsx": _("for a spreadsheet"),
        "json": _("for programs"),
        "geojson": _("for maps"),
    }
    query = filters.query()
    return [
        {
            "format": one.name,
            "url": reverse(url_name, kwargs={"fmt": one.extension, **carried})
            + (query and f"?{query}"),
            "words": words[one.extension],
        }
        for one in FORMATS.values()
    ]


def listed(
    filters: Filters, page: Page[Any], notice: str, url_name: str, **carried: str
) -> dict[str, Any]:
    """What the templates of every list are given; ``carried`` is what its address names."""
    query = filters.query()
    return {
        "filters": filters,
        "chips": list(filters.chips()),
        "notices": [text for text in (filters.notice, notice) if text],
        "page": page,
        "page_query": f"{query}&" if query else "",
        "downloads": downloads(url_name, filters, **carried),
    }


def options(
    filters: Filters, name: str, counts: dict[str, int] | None = None, only: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """The options of a filter as ``facet.html`` shows them; ``only`` some of them, in order."""
    choices = filters.parameters[name].options  # type: ignore[attr-defined]
    return [
        {
            "value": value,
            "words": choices[value],
            "count": None if counts is None else grouped(counts.get(value, 0)),
            "checked": value in filters.all(name),
        }
        for value in (only or choices)
    ]


def sorts(filters: Filters, words: dict[str, str]) -> list[dict[str, Any]]:
    """The orders a list may have, as links."""
    links = []
    for name, said in words.items():
        other = Filters(filters.parameters, filters.chosen, [], name, filters.default_sort)
        links.append({"words": said, "url": f"?{other.query()}", "current": name == filters.sort})
    return links
