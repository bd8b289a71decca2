"""By which clock bodies live: a moment as the clocks of their seats show it."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from entrecidades.kernel.clock import zone_named
from entrecidades.network.models import Entity

UTC = ZoneInfo("UTC")


def zone_of(entity: Entity) -> ZoneInfo:
    """The time zone of a body's seat; the zone of the whole world where none is known."""
    return _of_seat(entity) or UTC


def _of_seat(entity: Entity) -> ZoneInfo | None:
    """The time zone of a body's seat; None where the gazetteer does not know it."""
    return zone_named(entity.seat.timezone) if entity.seat else None


def elsewhere(
    at: datetime, zone: ZoneInfo, bodies: Iterable[Entity]
) -> Iterator[tuple[datetime, Entity]]:
    """A moment told in a zone, by the clocks of bodies that show another hour, each hour once."""
    shown = {at.astimezone(zone).utcoffset()}
    for body in bodies:
        if (here := _of_seat(body)) and (there := at.astimezone(here)).utcoffset() not in shown:
            shown.add(there.utcoffset())
            yield there, body
