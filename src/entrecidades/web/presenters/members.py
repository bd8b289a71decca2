"""What the page of an association's members shows: counters, two pictures, and each row."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from entrecidades.engines.strips import Span
from entrecidades.members.choices import Fact
from entrecidades.members.rules import SILENCES, bucket_of
from entrecidades.members.selectors import Member
from entrecidades.network.models import Entity
from entrecidades.web.presenters.projects import drawn
from entrecidades.web.presenters.registry import grouped, kind_of

#: From so many days on silence is told as such.
QUIET = 90


def stats_told(members: Sequence[Member]) -> list[dict[str, Any]]:
    """The counters at the head of the page, each with the list it counts."""
    quiet = sum(one.silent is None or one.silent >= QUIET for one in members)
    counts = [
        (len(members), ngettext("member", "members", len(members)), "?"),
        (sum(one.is_claimed for one in members), _("somebody acts for them"), "?claimed=yes"),
        (sum(not one.lacks for one in members), _("with a complete profile"), "?complete=yes"),
        (
            quiet,
            ngettext("silent for %d day or more", "silent for %d days or more", QUIET) % QUIET,
            f"?silent={QUIET}",
        ),
    ]
    return [{"value": grouped(value), "words": words, "url": url} for value, words, url in counts]


def completeness_told(members: Sequence[Member]) -> list[dict[str, Any]]:
    """How many profiles lack each fact, with the list of those that do."""
    gaps = Counter(fact for one in members for fact in one.lacks)
    rows = [(str(fact.label), gaps[fact], f"?lacks={fact.value}") for fact in Fact]
    return _bars(rows, len(members), lambda _row: "planned")


def silence_told(members: Sequence[Member]) -> list[dict[str, Any]]:
    """How many members were last heard of how long ago; the last are those never heard of."""
    counts = Counter(bucket_of(one.silent) for one in members)
    firsts = (0, *(last + 1 for last in SILENCES))
    words = [
        _("%(first)s to %(last)s days ago") % {"first": first, "last": last}
        for first, last in zip(firsts, SILENCES, strict=False)
    ]
    words += [_("longer ago"), pgettext("heard of", "never")]
    first_quiet = SILENCES.index(QUIET) + 1
    rows = [(told, counts[place], "") for place, told in enumerate(words)]
    return _bars(rows, len(members), lambda row: "done" if row < first_quiet else "late")


def _bars(
    rows: Sequence[tuple[str, int, str]], total: int, kind: Callable[[int], str]
) -> list[dict[str, Any]]:
    """Rows of a picture, each as wide as its share of all members."""
    return [
        {
            "words": words,
            "count": grouped(count),
            "url": url if count else "",
            "bar": drawn([Span(0.0, count / total, kind(place))] if count else []),
        }
        for place, (words, count, url) in enumerate(rows)
    ]


def rows_told(members: Iterable[Member], bodies: Mapping[int, Entity]) -> list[dict[str, Any]]:
    """Each member as a row of the table; ``bodies`` are their entities by key."""
    return [_row(one, bodies[one.key]) for one in members if one.key in bodies]


def _row(one: Member, body: Entity) -> dict[str, Any]:
    """One member: who it is, how complete, since when silent, what is alive."""
    share = one.has / len(Fact)
    return {
        "member": one,
        "body": body,
        "kind": kind_of(body),
        "bar": drawn([Span(0.0, share, "done" if not one.lacks else "planned")] if share else []),
        "told": _("%(has)s of %(all)s") % {"has": one.has, "all": len(Fact)},
        "lacks": [str(fact.label) for fact in one.lacks],
        "is_quiet": one.silent is None or one.silent >= QUIET,
    }
