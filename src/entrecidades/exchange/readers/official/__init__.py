"""Official lists of local governments, one module a country, all read into the same units."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from entrecidades.exchange.readers.files import TextFile, digest_of
from entrecidades.exchange.readers.official import (
    brazil,
    france,
    italy,
    mozambique,
    united_states,
)
from entrecidades.exchange.readers.official.shapes import files_in
from entrecidades.exchange.readers.official.units import (
    Code,
    OfficialList,
    Origin,
    OtherName,
    Reading,
    Unit,
)
from entrecidades.exchange.readers.problems import problem

__all__ = ["COUNTRIES", "Code", "OfficialList", "Origin", "OtherName", "Unit", "read_official"]

Reader = Callable[[Sequence[Path], Reading], dict[str, TextFile]]

READERS: dict[str, tuple[Origin, Reader]] = {
    "BR": (brazil.ORIGIN, brazil.read),
    "FR": (france.ORIGIN, france.read),
    "IT": (italy.ORIGIN, italy.read),
    "MZ": (mozambique.ORIGIN, mozambique.read),
    "US": (united_states.ORIGIN, united_states.read),
}
COUNTRIES = tuple(READERS)


def read_official(country: str, sources: Sequence[Path]) -> OfficialList:
    """Read a country's list from its files, or from the folder that holds them.

    What is wrong is told in ``problems``, never raised; ``country`` must be one
    of `COUNTRIES`.
    """
    origin, read = READERS[country]
    reading = Reading()
    files = read(files_in(sources), reading)
    _refuse_twins(reading)
    return OfficialList(
        origin=origin,
        file_name=", ".join(file.name for file in files.values()),
        digest=digest_of(sorted(file.digest.encode() for file in files.values())),
        units=tuple(reading.units),
        problems=tuple(reading.problems),
        remarks=tuple(reading.remarks),
    )


def _refuse_twins(reading: Reading) -> None:
    """Two units with one code would be one body."""
    seen = Counter(unit.code for unit in reading.units)
    for unit in reading.units:
        if seen[unit.code] > 1:
            said, remedy = _("Two rows bear this code"), _("Keep the right one.")
            value = f"{unit.code.value} {unit.name}"
            reading.problems.append(problem(said, remedy, row=unit.row, value=value))
