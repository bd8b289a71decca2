"""Lists of known partnerships: one row a pair of local governments.

The columns are described in docs/reference/imports.md.
"""

from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from entrecidades.exchange.readers.files import read_text
from entrecidades.exchange.readers.problems import Problem
from entrecidades.exchange.readers.tables import Row, read_table, rows_of
from entrecidades.network.countries import country_name

COLUMNS = (
    "pair_id", "country_a", "name_a", "geonameid_a", "country_b", "name_b", "geonameid_b",
    "sources", "first_year", "network", "confidence",
)  # fmt: skip
CONFIDENCES = ("high", "medium", "low", "unlinked")
LARGEST_GEONAMEID = 10**11
EARLIEST, LATEST = 800, 2100


@dataclass(frozen=True, slots=True)
class End:
    """One of the two local governments, as the file names it; empty parts are unknown."""

    country: str
    name: str
    geonameid: int | None


@dataclass(frozen=True, slots=True)
class PairRow:
    """One pair, as the file tells of it; the order of the ends has no meaning."""

    row: int
    pair_id: str
    ends: tuple[End, End]
    first_year: int | None
    network: str
    confidence: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PairFile:
    """A list of pairs: those that could be read, and everything that is wrong with the others."""

    name: str
    digest: str
    pairs: tuple[PairRow, ...]
    problems: tuple[Problem, ...]


def read_pairs(path: Path) -> PairFile:
    """Read a list of partnerships, plain or gzip; a row with a problem is not among the pairs."""
    file = read_text(path)
    problems = list(file.problems)
    pairs: list[PairRow] = []
    if not problems:
        seen: dict[str, int] = {}
        for row in rows_of(read_table(file.text, required=COLUMNS), problems):
            before = len(problems)
            pair = _pair(row, seen)
            if len(problems) == before:
                pairs.append(pair)
    return PairFile(file.name, file.digest, tuple(pairs), tuple(problems))


def _pair(row: Row, seen: dict[str, int]) -> PairRow:
    """One row; whatever is wrong with it is noted in it."""
    pair_id = row.text("pair_id", longest=60)
    if pair_id in seen:
        earlier = _("Row %d has the same.") % seen[pair_id]
        row.note("pair_id", _("Two pairs bear this identifier"), earlier)
    elif pair_id:
        seen[pair_id] = row.number
    one, other = _end(row, "a"), _end(row, "b")
    if one.geonameid is not None and one.geonameid == other.geonameid:
        said = _("A place cannot be its own partner")
        row.note("geonameid_b", said, _("Give each end its own number."))
    return PairRow(
        row=row.number,
        pair_id=pair_id,
        ends=(one, other),
        first_year=row.whole("first_year", EARLIEST, LATEST),
        network=row.text("network", longest=40, needed=False),
        confidence=_confidence(row),
        sources=_sources(row),
    )


def _end(row: Row, side: str) -> End:
    """One end of a pair; a country may be unknown only where no number says more."""
    column = f"country_{side}"
    country = row.cells[column]
    if country and not _is_country(country):
        row.note(
            column,
            _("This is not a country's code"),
            _("Use the two capital letters of ISO 3166, such as BR."),
        )
    return End(
        country=country,
        name=row.text(f"name_{side}"),
        geonameid=row.whole(f"geonameid_{side}", 1, LARGEST_GEONAMEID),
    )


def _is_country(code: str) -> bool:
    two_letters = len(code) == 2 and code.isascii() and code.isupper()  # noqa: PLR2004 - ISO 3166
    return two_letters and country_name(code, "en") != code


def _confidence(row: Row) -> str:
    """How sure the list is of a pair."""
    confidence = row.cells["confidence"]
    if confidence not in CONFIDENCES:
        row.note(
            "confidence",
            _("This is not a known confidence"),
            _("Use one of: %s.") % ", ".join(CONFIDENCES),
        )
    return confidence


def _sources(row: Row) -> tuple[str, ...]:
    """Which lists name a pair, each once."""
    named = [part.strip() for part in row.text("sources", longest=500).split(";")]
    return tuple(sorted({part for part in named if part}))
