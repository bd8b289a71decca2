"""Five years of days in six countries: no clock ends wrongly, and nothing is late."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.privacy.choices import Country, RequestKind
from entrecidades.privacy.clocks import ZONES, clock_for, due_at, is_working_day, laws
from entrecidades.privacy.rules import REMINDERS, Unit, reminder_for

DAY = dt.timedelta(days=1)
FIRST, YEARS = dt.date(2026, 1, 1), 5
DAYS = [FIRST + n * DAY for n in range(365 * YEARS + 1)]
KINDS = [*RequestKind.values, "incident", "incident-details"]
DAY_OF = st.sampled_from(DAYS)
COUNTRY = st.sampled_from(Country.values)


def began_on(day, country, hour=10):
    """A moment of a day as a country counts it."""
    return dt.datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(ZONES[country]))


def clocks(country, day):
    """Every clock that counts in a country on a day."""
    for kind in KINDS:
        if found := clock_for(kind, country, on=day):
            yield found[1]


def end_of(clock, country, day):
    """The last day of a clock that began on a day."""
    return due_at(clock, country, began=began_on(day, country)).date()


@pytest.mark.parametrize("country", Country.values)
def test_no_clock_in_days_ends_on_a_day_on_which_nobody_works(country):
    wrong = [
        (day, clock)
        for day in DAYS
        for clock in clocks(country, day)
        if clock.unit != Unit.HOURS
        and not is_working_day(
            due_at(clock, country, began=began_on(day, country)).date(), country
        )
    ]
    assert wrong == []


@given(DAY_OF, COUNTRY, st.integers(0, 23))
def test_a_clock_gives_what_the_law_gives_and_a_week_and_a_half_at_most_beyond(day, country, hour):
    began = began_on(day, country, hour)
    for clock in clocks(country, day):
        end = due_at(clock, country, began=began)
        if clock.unit == Unit.DAYS:
            assert clock.amount * DAY <= end.date() - day <= (clock.amount + 10) * DAY
        elif clock.unit == Unit.HOURS:
            assert end - began == dt.timedelta(hours=clock.amount)
        elif clock.unit == Unit.WORKING_DAYS:
            between = [day + n * DAY for n in range(1, (end.date() - day).days + 1)]
            assert sum(is_working_day(one, country) for one in between) == clock.amount
        else:
            assert 28 * DAY <= end.date() - day <= 41 * DAY


@given(DAY_OF, COUNTRY)
def test_more_time_is_more(day, country):
    for clock in clocks(country, day):
        if clock.extended:
            began = began_on(day, country)
            longer = due_at(clock, country, began=began, extended=True)
            assert longer > due_at(clock, country, began=began)


@pytest.mark.parametrize(
    ("kind", "country", "asked", "due"),
    [
        ("access", "BR", dt.date(2026, 3, 2), dt.date(2026, 3, 17)),
        ("access", "BR", dt.date(2026, 3, 19), dt.date(2026, 4, 6)),  # the 3rd is Good Friday
        ("access", "PT", dt.date(2026, 1, 31), dt.date(2026, 3, 2)),  # the 28th is a Saturday
        ("erasure", "FR", dt.date(2026, 6, 14), dt.date(2026, 7, 15)),  # the 14th is a holiday
        ("information", "BR", dt.date(2026, 1, 5), dt.date(2026, 1, 26)),  # the 25th is a Sunday
        ("incident", "BR", dt.date(2026, 4, 17), dt.date(2026, 4, 23)),  # Tiradentes is the 21st
        ("access", "MZ", dt.date(2026, 6, 10), dt.date(2026, 6, 26)),  # the 25th is Independence
    ],
)
def test_days_that_were_counted_by_hand(kind, country, asked, due):
    _law, clock = clock_for(kind, country, on=asked)
    assert due_at(clock, country, began=began_on(asked, country)).date() == due


def test_seventy_two_hours_run_through_a_week_end():
    began = dt.datetime(2026, 11, 27, 17, 0, tzinfo=dt.UTC)
    _law, clock = clock_for("incident", "IT", on=began.date())
    assert due_at(clock, "IT", began=began) == began + 3 * DAY


@pytest.mark.parametrize("country", Country.values)
def test_an_hourly_look_misses_nothing_in_five_years(country):
    missed, sent = [], []
    for day in DAYS[::7]:
        for clock in clocks(country, day):
            began = began_on(day, country)
            due, reminded, answered = due_at(clock, country, began=began), 0, None
            at = began
            while at <= due and answered is None:
                if share := reminder_for(began, due, at, reminded=reminded):
                    reminded = share
                    sent.append(share)
                    answered = at if share >= 80 else None  # operators act at the second letter
                at += dt.timedelta(hours=1)
            missed += [(day, clock)] if answered is None or answered > due else []
    assert missed == []
    assert {50, 80} == set(sent)


@given(st.lists(st.integers(0, 150), max_size=40))
def test_each_reminder_is_sent_once_and_in_order(shares):
    began, reminded, sent = dt.datetime(2026, 1, 1, tzinfo=dt.UTC), 0, []
    for share in sorted(shares):
        at = began + share * dt.timedelta(hours=1)
        due = began + dt.timedelta(hours=100)
        if told := reminder_for(began, due, at, reminded=reminded):
            sent.append(told)
            reminded = told
    assert sent == sorted(set(sent))
    assert set(sent) <= set(REMINDERS)
    last = max(shares, default=0)
    assert max(sent, default=0) == max((one for one in REMINDERS if one <= last), default=0)


def test_a_law_counts_from_the_day_it_is_in_force():
    before = clock_for("incident", "BR", on=dt.date(2024, 4, 25))
    since = clock_for("incident", "BR", on=dt.date(2024, 4, 26))
    assert (before[0].key, since[0].key) == ("house", "lgpd")


def test_every_law_says_where_it_stands_and_when_that_was_noted():
    for law in laws():
        assert law.noted_on >= dt.date(2026, 1, 1)
        assert law.source_url.startswith("https://") or law.key == "house"
        texts = [law.title, *(clock.article for clock in law.clocks)]
        for text in texts:
            assert set(text) >= {"pt", "fr", "en", "it", "es"}, law.key
            assert all(text.values()), law.key


@pytest.mark.parametrize(
    ("country", "law", "last"),
    [
        ("BR", "lai", dt.date(2026, 11, 22)),
        ("MZ", "ledi", dt.date(2026, 11, 23)),
        ("FR", "crpa", dt.date(2026, 12, 2)),
        ("IT", "accesso", dt.date(2026, 12, 2)),
        ("PT", "house", dt.date(2026, 11, 17)),
    ],
)
def test_public_information_is_given_by_the_law_of_the_country(country, law, last):
    day = dt.date(2026, 11, 2)
    found, clock = clock_for("information", country, on=day)
    assert found.key == law
    assert end_of(clock, country, day) >= last
    assert (end_of(clock, country, day) - last).days <= 3  # a week-end or a holiday on top


def test_every_request_has_a_clock_in_every_country():
    for country in Country.values:
        for kind in (*RequestKind.values, "incident"):
            assert clock_for(kind, country, on=FIRST), (kind, country)
