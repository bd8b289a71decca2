"""An agreed meeting as a file for any calendar: the same from the page and in the letter."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from entrecidades.cooperation.choices import MeetingState
from entrecidades.cooperation.dates import LENGTH
from entrecidades.cooperation.models import Meeting
from entrecidades.cooperation.selectors.meetings import bodies_of
from entrecidades.engines.icalendar import Entry, Meets, calendar
from entrecidades.kernel.text import with_colon
from entrecidades.network.clocks import zone_of
from entrecidades.network.models import Entity

KIND = "text/calendar"


def by_both_clocks(moment: datetime, bodies: list[Entity]) -> list[dict[str, str]]:
    """A moment as the clocks of some bodies show it; where no clock is known, the world's."""
    told = []
    for entity in bodies:
        zone = zone_of(entity)
        there = moment.astimezone(zone)
        day = f"{date_format(there, 'l')}, {date_format(there, 'DATE_FORMAT')}"
        name = entity.name_in() if zone.key != "UTC" else "UTC"
        told.append({"name": name, "said": f"{day}, {date_format(there, 'TIME_FORMAT')}"})
    # Where neither clock is known the moment is told once.
    return [one for number, one in enumerate(told) if one not in told[:number]]


def meeting_file(meeting: Meeting) -> bytes | None:
    """The meeting as it stands, in the reader's language; None where no date was ever agreed.

    Bodies are named, people are not. What is off is taken out of calendars that had it.
    """
    if meeting.begins_at is None:
        return None
    is_off = meeting.state not in {MeetingState.AGREED, MeetingState.PAST}
    bodies = bodies_of(meeting)
    names = " – ".join(one.name_in() for one in bodies)
    contact = meeting.message.thread.introduction
    clocks = by_both_clocks(meeting.begins_at, bodies)
    host_of = meeting.message.entity
    entry = Entry(
        key=f"meeting-{meeting.public_id}",
        title=_("Meeting: %(names)s") % {"names": names},
        begins=meeting.begins_at.astimezone(UTC),
        text="\n".join(with_colon(one["name"], one["said"]) for one in clocks),
        url=f"{settings.PUBLIC_URL}{contact.get_absolute_url()}" if contact else "",
        meets=Meets(
            organizer=(
                host_of.name_in(),
                f"{settings.PUBLIC_URL}{host_of.get_absolute_url()}",
            ),
            length=LENGTH,
            sequence=meeting.sequence,
            is_off=is_off,
        ),
    )
    return calendar(
        names,
        [entry],
        host=urlsplit(settings.PUBLIC_URL).hostname or "localhost",
        stamped=meeting.moved_at,
        method="CANCEL" if is_off else "PUBLISH",
    )


def file_name(meeting: Meeting) -> str:
    """What the file is called."""
    return f"meeting-{meeting.public_id}.ics"
