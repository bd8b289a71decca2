"""The United States: places by simplemaps, which is a list of places, not of governments.

So it only links what the gazetteer knows and makes no body of its own; its
numbers of inhabitants are those of the urban area and are not taken.
"""

from collections.abc import Sequence
from pathlib import Path

from entrecidades.exchange.readers.files import TextFile
from entrecidades.exchange.readers.official.shapes import Shape, rows_in, sort_files
from entrecidades.exchange.readers.official.units import Code, Origin, Reading, Unit
from entrecidades.exchange.readers.tables import Row
from entrecidades.network.choices import Tier

ORIGIN = Origin(
    "US",
    "en",
    "simplemaps: US cities",
    "https://simplemaps.com/data/us-cities",
    makes_bodies=False,
)
PLACES = Shape("places", ("city", "state_id", "state_name", "lat", "lng", "population", "id"))
SHAPES = (PLACES,)
SMALLEST = 1000
# What is neither a state nor the federal district is a country of its own by ISO 3166.
ELSEWHERE = {"PR", "GU", "VI", "AS", "MP"}


def read(paths: Sequence[Path], reading: Reading) -> dict[str, TextFile]:
    """Read the places from a thousand inhabitants, and from their rows the states."""
    files = sort_files(paths, SHAPES, reading)
    states: dict[str, Unit] = {}
    cities: list[Unit] = []
    for row in rows_in(files, PLACES, reading):
        people = row.whole_of_decimal("population", 10**9)
        letters = row.code("state_id", 2)
        if people is None or people < SMALLEST or letters in ELSEWHERE:
            continue
        if letters not in states:
            states[letters] = _state(row, letters)
        cities.append(_city(row, states[letters]))
    reading.units += [*states.values(), *cities]
    return files


def _state(row: Row, letters: str) -> Unit:
    return Unit(
        row=row.number,
        code=Code("ISO3166-2", f"US-{letters}"),
        name=row.text("state_name"),
        tier=Tier.REGION,
        country="US",
        division=row.cells["state_name"],
    )


def _city(row: Row, state: Unit) -> Unit:
    return Unit(
        row=row.number,
        code=Code("US-SIMPLEMAPS", row.text("id", longest=40)),
        name=row.text("city"),
        tier=Tier.MUNICIPALITY,
        country="US",
        parent=state.code,
        division=state.name,
        latitude=row.degrees("lat", 90),
        longitude=row.degrees("lng", 180),
    )
