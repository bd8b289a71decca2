"""Calendar files (RFC 5545) that any calendar reads: days and moments, nothing more.

The same entries make the same bytes.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

#: A line has at most so many bytes; what is longer goes on in the next, after a blank.
LINE = 75


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that happens at a moment, or on whole days, the last one included."""

    key: str
    title: str
    begins: datetime | date
    ends: date | None = None
    text: str = ""
    url: str = ""
    meets: "Meets | None" = None


@dataclass(frozen=True, slots=True)
class Meets:
    """What an entry says more where people meet: who invites, how long, and which version it is.

    ``organizer`` is a name and an address (a URI). Of entries with one key the greater
    ``sequence`` counts; ``is_off`` takes the entry out of calendars again.
    """

    organizer: tuple[str, str]
    length: timedelta
    sequence: int
    is_off: bool = False


def calendar(
    title: str,
    entries: Iterable[Entry],
    *,
    host: str,
    stamped: datetime,
    method: str = "PUBLISH",
) -> bytes:
    """A calendar with its entries, as a file; ``stamped`` is when they were last changed.

    ``method`` is what calendars are to do with them (RFC 5546): PUBLISH or CANCEL.

    Examples
    --------
    >>> day = Entry("a", "Encounter in Lyon", date(2009, 11, 19))
    >>> told = calendar("Ours", [day], host="x.example", stamped=datetime(2009, 1, 1, tzinfo=UTC))
    >>> told.decode().splitlines()[9:11]
    ['DTSTART;VALUE=DATE:20091119', 'DTEND;VALUE=DATE:20091120']
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{host}//Entrecidades//EN"]
    lines += ["CALSCALE:GREGORIAN", f"METHOD:{method}", f"X-WR-CALNAME:{_text(title)}"]
    for entry in entries:
        lines += [*_event(entry, host, stamped)]
    lines.append("END:VCALENDAR")
    return b"".join(_folded(line) for line in lines)


def _event(entry: Entry, host: str, stamped: datetime) -> Iterable[str]:
    """The lines of one entry."""
    yield "BEGIN:VEVENT"
    yield f"UID:{entry.key}@{host}"
    yield f"DTSTAMP:{_moment(stamped)}"
    if isinstance(entry.begins, datetime):
        yield f"DTSTART:{_moment(entry.begins)}"
        if entry.meets:
            yield f"DTEND:{_moment(entry.begins + entry.meets.length)}"
    else:
        last = entry.ends or entry.begins
        yield f"DTSTART;VALUE=DATE:{_day(entry.begins)}"
        if last < date.max:  # after which there is no day on which it could be over
            yield f"DTEND;VALUE=DATE:{_day(last + timedelta(days=1))}"
    yield f"SUMMARY:{_text(entry.title)}"
    if entry.text:
        yield f"DESCRIPTION:{_text(entry.text)}"
    if entry.url:
        yield f"URL:{entry.url}"
    yield from _meeting(entry.meets) if entry.meets else ["TRANSP:TRANSPARENT"]
    yield "END:VEVENT"


def _day(day: date) -> str:
    """A day in eight digits, however early its year."""
    return day.isoformat().replace("-", "")


def _meeting(meets: Meets) -> Iterable[str]:
    """The lines of an entry at which people meet.

    RFC 5546 (3.2.1) asks what is published for its organizer, and forbids to list attendees.
    """
    name, address = meets.organizer
    yield f'ORGANIZER;CN="{_quoted(name)}":{address}'
    yield f"SEQUENCE:{meets.sequence}"
    yield f"STATUS:{'CANCELLED' if meets.is_off else 'CONFIRMED'}"
    yield f"TRANSP:{'TRANSPARENT' if meets.is_off else 'OPAQUE'}"


def _moment(at: datetime) -> str:
    """A moment by the clock of the whole world."""
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """Words whose signs mean themselves; of control signs only the end of a line is kept."""
    plain = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    lines = plain.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in lines if one == "\n" or one >= " ").replace("\n", "\\n")


def _quoted(words: str) -> str:
    """Words as the value of a parameter, which knows neither quotes nor control signs."""
    return "".join(one for one in words.replace('"', "'") if one >= " ")


def _folded(line: str) -> bytes:
    """A line cut where it is too long, never inside a letter."""
    parts, room = [b""], LINE
    for letter in line:
        coded = letter.encode()
        if len(parts[-1]) + len(coded) > room:
            parts.append(b"")
            room = LINE - 1  # the blank before it counts
        parts[-1] += coded
    return b"\r\n ".join(parts) + b"\r\n"
