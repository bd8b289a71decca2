"""Read an association's list of its members, whatever its columns are called in six languages."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from entrecidades.engines.folding import fold
from entrecidades.exchange.exports.bad_rows import REASONS
from entrecidades.exchange.readers.problems import Problem, problem
from entrecidades.exchange.readers.sheets import read_sheet
from entrecidades.exchange.readers.tables import Row
from entrecidades.network.countries import country_name, every_country

#: The columns of the template, in their order.
COLUMNS = ("name", "country", "region", "code", "id", "since", "until")
#: How the template calls them, by the language of its reader.
HEADERS: Mapping[str, tuple[str, ...]] = {
    "en": COLUMNS,
    "pt": ("nome", "país", "estado", "código", "id", "desde", "até"),
    "fr": ("nom", "pays", "région", "code", "id", "depuis", "jusqu’au"),
    "it": ("nome", "paese", "regione", "codice", "id", "dal", "fino al"),
    "es": ("nombre", "país", "región", "código", "id", "desde", "hasta"),
}
#: What lists call them, folded: in English, Portuguese, French, Italian and Spanish.
CALLED: Mapping[str, str] = {
    "name": "name|member|city|municipality|nome|membro|associado|cidade|municipio|nom|membre"
    "|adherent|ville|commune|nombre|miembro|socio|ciudad|comune|ente|citta|membro nome",
    "country": "country|country code|pais|pays|paese|iso|codigo do pais|code pays|codice paese",
    "region": "region|state|province|estado|uf|regiao|provincia|etat|departement|regione|stato",
    "code": "code|national code|official code|codigo|codigo nacional|codigo ibge|ibge|cod ibge"
    "|code national|code insee|insee|codice|codice nazionale|codice istat|istat|ine|codigo ine",
    "id": "id|identifier|public id|identificador|identifiant|identificativo|id publico",
    "since": "since|from|member since|desde|membro desde|associado desde|depuis|membre depuis"
    "|dal|membro dal|miembro desde|valid from|data de adesao|date d adhesion|data di adesione"
    "|fecha de ingreso",
    "until": "until|to|member until|ate|membro ate|hasta|miembro hasta|jusqu au|membre jusqu au"
    "|fino al|membro fino al|valid to",
}
BY_WORD = {word: name for name, words in CALLED.items() for word in words.split("|")}
#: Columns of our own that come back with a list that was mended.
OURS = frozenset(("row", *REASONS))
DAY = re.compile(r"(?P<d>\d{1,2})[./-](?P<m>\d{1,2})[./-](?P<y>\d{4})")
ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})(?:[T ].*)?")
YEAR = re.compile(r"\d{4}")
EARLIEST = 1800


@dataclass(frozen=True, slots=True)
class MemberRow:
    """What a row tells of a member; what it does not tell is empty."""

    row: int
    name: str
    country: str
    region: str
    code: str
    public_id: str
    since: date | None
    until: date | None


@dataclass(frozen=True, slots=True)
class MemberFile:
    """A list of members as read: its header and rows as they stand, and what was wrong."""

    name: str
    digest: str
    header: Sequence[str]
    cells: Mapping[int, Sequence[str]]
    rows: Sequence[MemberRow]
    problems: Sequence[Problem]
    remarks: Sequence[Problem]


def read_members(path: Path, *, country: str) -> MemberFile:
    """Read a list of members; where a row names no country, it is that of the association."""
    sheet = read_sheet(path)
    header, problems = sheet.table.header, list(sheet.table.problems)
    columns, remarks = _columns(header, problems)
    rows = []
    if "name" in columns.values() and not any(one.row < 2 for one in problems):  # noqa: PLR2004 - the header
        for number, cells in sheet.table.rows:
            if any(cells):
                told = {columns[at]: cell for at, cell in enumerate(cells) if at in columns}
                rows.append(_member(Row(number, told, problems), country))
    return MemberFile(
        sheet.name, sheet.digest, header, dict(sheet.table.rows), rows, problems, remarks
    )


def _columns(
    header: Sequence[str], problems: list[Problem]
) -> tuple[dict[int, str], list[Problem]]:
    """Which column is which, and remarks on those that are not read."""
    found: dict[int, str] = {}
    remarks: list[Problem] = []
    if problems and not header:
        return found, remarks
    for at, words in enumerate(header):
        name = BY_WORD.get(fold(words))
        if name in found.values():
            said = _("Two columns have this meaning")
            problems.append(problem(said, _("Rename or remove one."), row=1, column=words))
        elif name:
            found[at] = name
        elif words and fold(words) not in OURS:
            said, remedy = _("This column is not read"), _("Known are: %s.") % ", ".join(COLUMNS)
            remarks.append(problem(said, remedy, row=1, column=words))
    if "name" not in found.values():
        said = _("No column holds the names of the members")
        remedy = _("Call it “name”, “nome”, “nom” or “nombre”.")
        problems.append(problem(said, remedy, row=1, value=", ".join(header)))
    return found, remarks


def _member(row: Row, country: str) -> MemberRow:
    """One member; whatever is wrong with the row is noted in it."""
    since, until = _day(row, "since", last=False), _day(row, "until", last=True)
    if since and until and until < since:
        said = _("The membership ends before it begins")
        row.note("until", said, _("Mend one of the two days."))
        until = None
    return MemberRow(
        row=row.number,
        name=row.text("name"),
        country=_country(row) or country,
        region=row.text("region", needed=False),
        code=row.text("code", longest=100, needed=False),
        public_id=_public_id(row),
        since=since,
        until=until,
    )


def _country(row: Row) -> str:
    """A country by its code of two letters, or by its name in one of our languages."""
    words = row.text("country", needed=False)
    if not words:
        return ""
    found = _countries().get(fold(words), "")
    if not found:
        said = _("This is not a country")
        row.note("country", said, _("Use the two capital letters of ISO 3166, such as BR."))
    return found


@cache
def _countries() -> dict[str, str]:
    """Every country by its folded code and by its folded names."""
    codes = every_country()
    named = {
        fold(country_name(code, language)): code
        for language, _name in settings.LANGUAGES
        for code in codes
    }
    return named | {code.casefold(): code for code in codes}


def _public_id(row: Row) -> str:
    """The public id of a body, or its address "br/curitiba", alone or at the end of a link."""
    words = row.text("id", longest=500, needed=False)
    if not words:
        return ""
    try:
        return str(UUID(words))
    except ValueError:
        pass
    parts = [part for part in words.casefold().split("/") if part]
    if len(parts) >= 2 and len(parts[-2]) == 2:  # noqa: PLR2004 - a country and a name
        return "/".join(parts[-2:])
    said = _("This is not the id of a body")
    row.note("id", said, _("Copy it from the body’s page, such as br/curitiba, or empty it."))
    return ""


def _day(row: Row, column: str, *, last: bool) -> date | None:
    """A day, the day before the month; a year alone is its first day, or its last."""
    words = row.text(column, longest=40, needed=False)
    if not words:
        return None
    if YEAR.fullmatch(words):
        words = f"{words}-12-31" if last else f"{words}-01-01"
    for parts in _parts(words):
        try:
            day = date(*parts)
        except ValueError:
            break
        if day.year >= EARLIEST:
            return day
    said = _("This is not a day")
    row.note(column, said, _("Write it as 2001-12-31, as 31/12/2001, or the year alone."))
    return None


def _parts(words: str) -> Iterator[tuple[int, int, int]]:
    """Year, month and day as written."""
    if words.isascii() and (found := ISO.fullmatch(words) or DAY.fullmatch(words)):
        yield int(found["y"]), int(found["m"]), int(found["d"])
