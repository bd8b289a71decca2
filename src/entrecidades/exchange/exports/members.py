"""The members of an association as records, with how each stands."""

from collections.abc import Iterator, Sequence

from entrecidades.exchange.exports.sheet import Record
from entrecidades.members.choices import Fact
from entrecidades.members.selectors import Member
from entrecidades.network.models import Entity

MEMBERS = (
    *("id", "address", "name", "acronym", "kind", "tier", "country", "region", "seat"),
    *("claimed", "facts", "of", "missing", "last_activity", "silent_days"),
    *("agreements", "projects", "applications"),
)
CHUNK = 2000


def member_records(members: Sequence[Member]) -> Iterator[Record]:
    """Members as records in their order, placed where their seat is."""
    for start in range(0, len(members), CHUNK):
        some = members[start : start + CHUNK]
        rows = Entity.objects.select_related("region", "seat")
        bodies = rows.in_bulk([one.key for one in some])
        yield from (_record(one, bodies[one.key]) for one in some if one.key in bodies)


def _record(one: Member, body: Entity) -> Record:
    """One member in the order of the columns; that nothing was ever heard is empty."""
    seat = body.seat
    values = (
        *(str(body.public_id), f"{body.country_id.lower()}/{body.slug}"),
        *(body.name, body.acronym or None, body.kind, body.tier or None, body.country_id),
        *(str(body.region) if body.region else None, seat.name if seat else None),
        *("yes" if one.is_claimed else "no", one.has, len(Fact)),
        tuple(fact.value for fact in one.lacks),
        *(one.heard_on, one.silent, one.agreements, one.projects, one.applications),
    )
    return Record(values, ((seat.longitude, seat.latitude),) if seat else ())
