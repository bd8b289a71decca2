"""The template of a list of members: its columns, and those who are members already."""

from collections.abc import Iterator
from datetime import date

from entrecidades.exchange.exports.sheet import Record
from entrecidades.network.choices import MembershipKind
from entrecidades.network.models import Entity, Membership, holding


def roll_records(association: Entity, *, on: date) -> Iterator[Record]:
    """The members of a day as a list of members tells them, so that it can be handed in again."""
    held = Membership.objects.filter(
        holding(on),
        group=association,
        kind__in=(MembershipKind.MEMBER, MembershipKind.ANNOUNCED),
    )
    rows = held.select_related("member__region").order_by("member__name", "pk")
    for one in rows:
        body = one.member
        region = str(body.region) if body.region else None
        told = (body.name, body.country_id, region, None, f"{body.country_id.lower()}/{body.slug}")
        yield Record((*told, one.valid_from, one.valid_to))
