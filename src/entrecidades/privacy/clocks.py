"""Which law gives how long: dated data files under `laws/`, and working days by country."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from holidays import country_holidays

from entrecidades.privacy.rules import Clock, Unit, due

#: Where a day of a country ends: in the zone of its capital.
ZONES = {
    "BR": "America/Sao_Paulo",
    "PT": "Europe/Lisbon",
    "FR": "Europe/Paris",
    "IT": "Europe/Rome",
    "MZ": "Africa/Maputo",
    "US": "America/New_York",
}
#: The first law that has a time for it counts; the house's own promise is the last.
ORDER = ("lgpd", "gdpr", "lai", "ledi", "crpa", "accesso", "house")


@dataclass(frozen=True, slots=True)
class Law:
    """A law as the house reads it: its times, where it stands, and when that was noted."""

    key: str
    name: Mapping[str, str]
    title: Mapping[str, str]
    source_url: str
    noted_on: date
    countries: frozenset[str]
    clocks: tuple[Clock, ...]


@cache
def laws() -> tuple[Law, ...]:
    """All that the house knows."""
    return tuple(_read(key) for key in ORDER)


def _read(key: str) -> Law:
    """One law's file."""
    path = Path(__file__).with_name("laws") / f"{key}.toml"
    raw = tomllib.loads(path.read_text(encoding="utf-8"))
    clocks = tuple(
        Clock(
            kinds=frozenset(one["for"]),
            since=one["since"],
            amount=one["amount"],
            unit=Unit(one["unit"]),
            article=one["article"],
            extended=one.get("extended", 0),
        )
        for one in raw["clock"]
    )
    name = raw["name"]
    return Law(
        key=key,
        name={"en": name} if isinstance(name, str) else name,  # an acronym is one everywhere
        title=raw["title"],
        source_url=raw["source_url"],
        noted_on=raw["noted_on"],
        countries=frozenset(raw["countries"]),
        clocks=clocks,
    )


def clock_for(kind: str, country: str, *, on: date) -> tuple[Law, Clock] | None:
    """The law and its clock for what is asked in a country on a day; None when none has a time."""
    return next(_clocks(kind, country, on), None)


def _clocks(kind: str, country: str, on: date) -> Iterator[tuple[Law, Clock]]:
    """The newest clock of each law that counts, in the order of the laws."""
    for law in laws():
        told = [one for one in law.clocks if kind in one.kinds and one.since <= on]
        if country in law.countries and told:
            yield law, max(told, key=lambda one: one.since)


def is_working_day(day: date, country: str) -> bool:
    """Neither a week-end nor a holiday of the whole country; local ones are not known."""
    return bool(_calendar(country).is_working_day(day))


@cache
def _calendar(country: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - the library's class
    """The holidays of a country; the library adds years as they are asked for."""
    return country_holidays(country)


def due_at(clock: Clock, country: str, *, began: datetime, extended: bool = False) -> datetime:
    """The last moment of a clock that began at a moment, as the country counts days."""
    zone = ZoneInfo(ZONES[country])
    begun = began.astimezone(zone)
    told = due(clock, begun, lambda day: is_working_day(day, country), extended=extended)
    if isinstance(told, datetime):
        return told
    return datetime.combine(told, time(23, 59, 59), tzinfo=zone)
