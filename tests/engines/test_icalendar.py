"""Calendar files: every line fits, and what was said is read again, whatever it contains."""

import datetime as dt
import re

from hypothesis import given
from hypothesis import strategies as st

from entrecidades.engines.icalendar import LINE, Entry, calendar

STAMP = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.just("\n"), max_size=200)


def made(*entries, title="Ours"):
    return calendar(title, entries, host="x.example", stamped=STAMP)


def read(told):
    """The lines of a calendar as a reader unfolds and unescapes them."""
    lines = told.decode().replace("\r\n ", "").split("\r\n")
    plain = {"\\n": "\n", "\\;": ";", "\\,": ",", "\\\\": "\\"}
    pairs = (line.partition(":")[::2] for line in lines if line)
    return [(name, re.sub(r"\\[n;,\\]", lambda m: plain[m[0]], value)) for name, value in pairs]


@given(WORDS, WORDS)
def test_every_line_fits_and_is_read_as_it_was_said(title, text):
    told = made(Entry("a", title, STAMP.date(), text=text))
    assert all(len(line) <= LINE for line in told.split(b"\r\n"))
    assert b"\n" not in told.replace(b"\r\n", b"")
    assert ("SUMMARY", title) in read(told)
    assert not text or ("DESCRIPTION", text) in read(told)


@given(WORDS)
def test_nobody_writes_an_entry_of_her_own_into_a_title(title):
    told = read(made(Entry("a", title + "\r\nEND:VEVENT\r\nBEGIN:VEVENT", STAMP)))
    assert [value for name, value in told if name == "BEGIN"] == ["VCALENDAR", "VEVENT"]


@given(st.datetimes(dt.datetime(1990, 1, 1), dt.datetime(2100, 1, 1)))  # noqa: DTZ001 (a zone is added)
def test_a_moment_is_the_same_in_every_zone(at):
    there = at.replace(microsecond=0, tzinfo=dt.timezone(dt.timedelta(hours=-3)))
    (said,) = [value for name, value in read(made(Entry("a", "x", there))) if name == "DTSTART"]
    assert dt.datetime.strptime(said, "%Y%m%dT%H%M%S%z") == there


def test_days_include_the_last_and_the_same_makes_the_same_bytes():
    entry = Entry("a", "x", dt.date(2009, 12, 30), dt.date(2009, 12, 31), url="https://x.example/")
    told = read(made(entry))
    assert ("DTSTART;VALUE=DATE", "20091230") in told
    assert ("DTEND;VALUE=DATE", "20100101") in told
    assert ("UID", "a@x.example") in told
    assert made(entry) == made(entry)


def test_the_first_and_the_last_day_of_the_calendar_are_told():
    told = read(made(Entry("a", "x", dt.date.min, dt.date.max)))
    assert ("DTSTART;VALUE=DATE", "00010101") in told
    assert not [name for name, _value in told if name.startswith("DTEND")]
