"""Small drawings in pages: icons, score bars, dot plots and the arc between two cities.

Sizes and positions are SVG attributes, never styles, so that the strictest
content security policy holds; numbers are written here because templates would
write them with the reader's decimal comma.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from entrecidades.engines import svg

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """A sign from the sprite; it is silent, so a word must stand beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>',
        static("web/icons.svg"),
        name,
    )


@register.simple_tag
def score_bar(share: float) -> SafeString:
    """A share from 0 to 1 on a scale of ten graduations; the number must stand beside it."""
    filled = min(max(float(share), 0.0), 1.0) * 100.0
    ticks = format_html_join(
        "", '<path class="scale-tick" d="M{} 0v6"/>', ((n,) for n in range(10, 100, 10))
    )
    return format_html(
        '<svg class="scale" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">'
        '<path class="scale-ground" d="M0 0h100v6H0z"/>'
        '<path class="scale-value" d="M0 0h{}v6H0z"/>{}</svg>',
        svg.number(filled),
        ticks,
    )


@register.simple_tag
def route_arc(kind: str = "known") -> SafeString:
    """The motif of the house: two places and the arc between them."""
    return format_html(
        '<svg class="route" viewBox="0 0 120 34" aria-hidden="true">'
        '<path class="route-line route-{}" d="M8 28C32 -2 88 -2 112 28"/>'
        '<circle class="route-from" cx="7" cy="29" r="4"/>'
        '<circle class="route-to" cx="113" cy="29" r="5"/></svg>',
        kind,
    )


@register.simple_tag
def dot_plot(rows: Sequence[Mapping[str, Any]], title: str) -> SafeString:
    """Two to four things on one measure, each on a thread of its own.

    A row has a ``label``, a ``share`` of the scale from 0 to 1 and a ``text``,
    the value in words. The same values must stand in a table as well.
    """
    pieces = format_html_join(
        "",
        '<text x="0" y="{}">{}</text><path class="thread" d="M4 {}h{}"/>'
        '<circle class="point {}" cx="{}" cy="{}" r="6"/>'
        '<text class="axis-text" x="316" y="{}" text-anchor="end">{}</text>',
        (_plotted(index, row) for index, row in enumerate(rows)),
    )
    return format_html(
        '<svg class="dot-plot" viewBox="0 0 320 {}" role="img" aria-label="{}">{}</svg>',
        len(rows) * 46,
        title,
        pieces,
    )


def _plotted(index: int, row: Mapping[str, Any]) -> tuple[str, ...]:
    """The places of one row's label, thread, point and value."""
    share = min(max(float(row["share"]), 0.0), 1.0)
    across, down = 8.0 + share * 304.0, index * 46 + 32
    return (
        str(down - 17),
        str(row["label"]),
        str(down),
        svg.number(max(across - 10.0, 0.0)),
        "" if index else "point-first",
        svg.number(across),
        str(down),
        str(down - 17),
        str(row["text"]),
    )
