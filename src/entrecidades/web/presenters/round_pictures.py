"""A round of pairing as a picture: a ribbon for each pair, or for all pairs of two regions."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from entrecidades.calls.models import Member
from entrecidades.engines import svg
from entrecidades.engines.ribbons import Ribbon, ribbons

#: More ribbons nobody can follow: then regions are joined instead of cities.
MOST, MOST_REGIONS = 45, 30
WIDTH, COLUMN, TOP, UNIT = 720.0, 230.0, 8.0, 18.0


def round_picture(
    links: Sequence[tuple[int, int]], members: Mapping[int, Member], pinned: set[tuple[int, int]]
) -> SafeString:
    """Who is paired with whom; the table beside it says the same.

    Pins are drawn heavier and with a border, so that nothing is said by colour alone.
    """
    if len(links) > MOST:
        return _of_regions(links, members)
    joins = [((_name(members[one]), _name(members[other])), 1.0, (one, other) in pinned)
             for one, other in links]  # fmt: skip
    words = ngettext("%(count)d pair", "%(count)d pairs", len(links)) % {"count": len(links)}
    return _drawn(joins, words, UNIT)


def _of_regions(links: Sequence[tuple[int, int]], members: Mapping[int, Member]) -> SafeString:
    """How many pairs join each two regions."""
    counts = Counter((_region(members[one]), _region(members[other])) for one, other in links)
    shown = counts.most_common(MOST_REGIONS)
    rest = sum(counts.values()) - sum(count for _ends, count in shown)
    if rest:
        shown.append(((_("other regions"), _("other regions")), rest))
    most = max((count for _ends, count in shown), default=1)
    unit = max(3.0, min(UNIT, 600.0 / max(sum(count for _ends, count in shown), 1)))
    joins = [(ends, max(count, most / 40), False) for ends, count in sorted(shown)]
    words = _("%(count)d pairs, by region; a broader ribbon is more pairs") % {"count": len(links)}
    return _drawn(joins, words, unit)


def _name(member: Member) -> str:
    """What a member is called in the reader's language."""
    return member.entity.name_in()


def _region(member: Member) -> str:
    """A member's region, or its country where it has none."""
    return member.region or str(member.entity.country)


def _drawn(
    joins: Sequence[tuple[tuple[str, str], float, bool]], words: str, unit: float
) -> SafeString:
    """The picture of some joins between names."""
    lefts = list(dict.fromkeys(one for (one, _other), _much, _heavy in joins))
    rights = list(dict.fromkeys(other for (_one, other), _much, _heavy in joins))
    numbers = [(lefts.index(one), rights.index(other), much) for (one, other), much, _heavy in
               joins]  # fmt: skip
    told = ribbons(numbers, len(lefts), len(rights), unit=unit, gap=6.0)
    parts = [
        _ribbon(one, heavy=joins[at][2], title=" – ".join(joins[at][0]))
        for at, one in enumerate(told.ribbons)
    ]
    parts += _names(lefts, told.lefts, x=COLUMN - 8, anchor="end")
    parts += _names(rights, told.rights, x=WIDTH - COLUMN + 8, anchor="start")
    attributes: dict[str, Any] = {
        "class": "ribbons",
        "viewBox": f"0 0 {svg.number(WIDTH)} {svg.number(told.height + 2 * TOP)}",
        "role": "img",
        "aria-label": words,
    }
    return mark_safe(svg.element("svg", attributes, parts))  # noqa: S308 (svg escapes its texts)


def _ribbon(one: Ribbon, *, heavy: bool, title: str) -> str:
    """One ribbon from the left column to the right one."""
    left, right, middle = COLUMN, WIDTH - COLUMN, WIDTH / 2
    (top, bottom), (to_top, to_bottom) = one.from_y, one.to_y
    x = [svg.number(value) for value in (left, middle, right)]
    y = [svg.number(value + TOP) for value in (top + 1, to_top + 1, to_bottom - 1, bottom - 1)]
    path = (
        f"M{x[0]} {y[0]}C{x[1]} {y[0]} {x[1]} {y[1]} {x[2]} {y[1]}V{y[2]}"
        f"C{x[1]} {y[2]} {x[1]} {y[3]} {x[0]} {y[3]}Z"
    )
    kind = "ribbon ribbon-pinned" if heavy else "ribbon"
    return svg.element("path", {"class": kind, "d": path}, [svg.text("title", title)])


def _names(
    names: Sequence[str], spans: Sequence[tuple[float, float]], *, x: float, anchor: str
) -> list[str]:
    """The names of a column, each at the middle of its span."""
    return [
        svg.text(
            "text",
            name if len(name) < 30 else f"{name[:28]}…",  # noqa: PLR2004 - what fits the column
            {
                "x": svg.number(x),
                "y": svg.number(TOP + (start + end) / 2 + 4),
                "text-anchor": anchor,
            },
        )
        for name, (start, end) in zip(names, spans, strict=True)
    ]
