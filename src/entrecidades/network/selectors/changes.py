"""Which places have changed since a reader last looked; exact on both databases.

On SQLite one transaction writes at a time: numbers are in the order of commits,
and a reader remembers the last. On PostgreSQL a slow transaction commits behind
a faster one with a higher number; a reader therefore remembers which
transactions its look could see, and asks for the changes of the others
(docs/adr/0016).
"""

from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from entrecidades.network.models import PlaceChange

LOOK = "SELECT coalesce(max(id), 0), pg_current_snapshot()::text FROM network_placechange"
NEWS = """
SELECT pg_current_snapshot()::text, change.id, change.place_id
FROM (SELECT 1) AS always LEFT JOIN network_placechange AS change
ON change.id > %(last)s OR (
    change.turn >= pg_snapshot_xmin(%(seen)s::pg_snapshot)::text::bigint
    AND NOT pg_visible_in_snapshot(change.turn::text::xid8, %(seen)s::pg_snapshot)
)
"""


@dataclass(frozen=True, slots=True)
class Look:
    """How far a reader has seen: the last change, and on PostgreSQL which transactions were over.

    It holds the transactions that were running, not the changes since: its size
    does not grow while one of them is slow.
    """

    last: int
    seen: str = ""


def look() -> Look:
    """A first look: whatever is read from the database after it holds all that it has seen."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(LOOK)
            last, seen = cursor.fetchone()
        return Look(last, seen)
    return Look(PlaceChange.objects.order_by("-pk").values_list("pk", flat=True).first() or 0)


def changed_since(before: Look) -> tuple[Look, set[int]]:
    """Look again, in one question: the new look, and the places whose changes are new to it."""
    if connection.vendor == "postgresql" and before.seen:
        with connection.cursor() as cursor:
            cursor.execute(NEWS, {"last": before.last, "seen": before.seen})
            rows = cursor.fetchall()
        seen = rows[0][0]
        found = {number: place for _seen, number, place in rows if number is not None}
    else:
        new = PlaceChange.objects.filter(pk__gt=before.last)
        seen, found = before.seen, dict(new.values_list("pk", "place"))
    # A slow change comes late with a lower number: the last must not go back to it, or those
    # in between would be told again.
    return Look(max([before.last, *found]), seen), set(found.values())


def older_than(before: Look, *, by: int) -> QuerySet[PlaceChange]:
    """The changes that a look has seen for certain, except the last so many."""
    old = PlaceChange.objects.filter(pk__lte=before.last - by)
    if before.seen:
        # The oldest transaction that ran then, and all later ones, may have been unseen.
        old = old.filter(turn__lt=int(before.seen.split(":")[0]))
    return old
