"""Italy: regions, provinces and municipalities under the codes of ISTAT."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from entrecidades.engines.folding import fold
from entrecidades.exchange.readers.files import TextFile
from entrecidades.exchange.readers.official.shapes import Shape, rows_in, sort_files
from entrecidades.exchange.readers.official.units import Code, Origin, OtherName, Reading, Unit
from entrecidades.exchange.readers.problems import problem
from entrecidades.exchange.readers.tables import Row
from entrecidades.network.choices import NameKind, Tier

ORIGIN = Origin("IT", "it", "ISTAT: elenco dei comuni italiani", "https://www.istat.it/")
REGION, REGION_NAME = "Codice Regione", "Denominazione Regione"
PROVINCE = "Codice Provincia (Storico)(1)"
PROVINCE_NAME = "Denominazione dell'Unità territoriale sovracomunale (valida a fini statistici)"
PROVINCE_KIND = "Tipologia di Unità territoriale sovracomunale"
CITY, NAME, OTHER = (
    "Codice Comune formato alfanumerico",
    "Denominazione in italiano",
    "Denominazione altra lingua",
)
COMUNI = Shape(
    "comuni",
    (REGION, REGION_NAME, PROVINCE, PROVINCE_NAME, PROVINCE_KIND, CITY, NAME, OTHER),
    separator=";",
)
PEOPLE = Shape("popolazione", ("codice", "popolazione"), needed=False, json=True)
COORDINATES = Shape("coordinates", ("comune", "provincia", "lat", "lon"), needed=False)
SHAPES = (COMUNI, COORDINATES, PEOPLE)
METROPOLITAN, STATISTICAL = "3", "5"
# In the autonomous regions the second name is that of the minority's language.
LANGUAGES = {"02": "fr", "04": "de", "06": "sl"}
# "provincia dell'Aquila", "città metropolitana di Napoli", "Libero consorzio comunale di Enna".
BEFORE_PROVINCE = re.compile(r"^.*?\b(?:d[ieal]|dell[ao]?|del)(?: |')", re.IGNORECASE)
LARGEST_CITY = 50_000_000

Point = tuple[float | None, float | None]


def read(paths: Sequence[Path], reading: Reading) -> dict[str, TextFile]:
    """Read the municipalities, and from their rows the regions and provinces."""
    files = sort_files(paths, SHAPES, reading)
    people = _people(files, reading)
    rows = list(rows_in(files, COMUNI, reading))
    points = _Points(rows_in(files, COORDINATES, reading), _regions_of_provinces(rows))
    above: dict[Code, Unit] = {}
    cities = [_city(row, above, people, points) for row in rows]
    reading.units += [*above.values(), *cities]
    return files


def _city(row: Row, above: dict[Code, Unit], people: Mapping[str, int], points: "_Points") -> Unit:
    """One municipality; what is above it is written down when it is first named."""
    region = _region(row)
    above.setdefault(region.code, region)
    province = _province(row, region)
    if province:
        above.setdefault(province.code, province)
    code, name = row.code(CITY, 6), row.text(NAME)
    latitude, longitude = points.find(name, row.cells[PROVINCE_NAME], row.cells[REGION])
    other = row.cells[OTHER]
    language = LANGUAGES.get(row.cells[REGION], "")
    return Unit(
        row=row.number,
        code=Code("IT-ISTAT", code),
        name=name,
        tier=Tier.MUNICIPALITY,
        country="IT",
        parent=(province or region).code,
        division=row.cells[REGION_NAME],
        other_names=(OtherName(language, other, NameKind.OFFICIAL),) if other else (),
        latitude=latitude,
        longitude=longitude,
        population=people.get(code),
        timezone="Europe/Rome",
    )


def _region(row: Row) -> Unit:
    """The region a row lies in."""
    name, others = _two_names(row.text(REGION_NAME), row.cells[REGION])
    return Unit(
        row=row.number,
        code=Code("IT-ISTAT-REG", row.code(REGION, 2)),
        name=name,
        tier=Tier.REGION,
        country="IT",
        division=row.cells[REGION_NAME],
        other_names=others,
    )


def _province(row: Row, region: Unit) -> Unit | None:
    """The province or metropolitan city a row lies in; none where it only counts people."""
    kind, full = row.cells[PROVINCE_KIND], row.text(PROVINCE_NAME)
    if kind == STATISTICAL or full == row.cells[REGION_NAME]:
        return None
    name, others = _two_names(full, row.cells[REGION])
    return Unit(
        row=row.number,
        code=Code("IT-ISTAT-PROV", row.code(PROVINCE, 3)),
        name=name,
        tier=Tier.METROPOLIS if kind == METROPOLITAN else Tier.INTERMEDIATE,
        country="IT",
        parent=region.code,
        division=row.cells[REGION_NAME],
        other_names=others,
    )


def _two_names(full: str, region: str) -> tuple[str, tuple[OtherName, ...]]:
    """“Bolzano/Bozen” as a name and the name in the region's other language."""
    name, _stroke, other = full.partition("/")
    language = LANGUAGES.get(region, "")
    return name, (OtherName(language, other, NameKind.OFFICIAL),) if other else ()


def _people(files: Mapping[str, TextFile], reading: Reading) -> dict[str, int]:
    """Inhabitants by ISTAT code, from the list in JSON."""
    file = files.get(PEOPLE.name)
    if file is None:
        return {}
    try:
        rows = json.loads(file.text)
    except (ValueError, RecursionError):
        rows = None
    if not isinstance(rows, list):
        said, remedy = _("The file is not a list in JSON"), _("Export it again.")
        reading.problems.append(problem(said, remedy, value=file.name))
        return {}
    found: dict[str, int] = {}
    for number, row in enumerate(rows, 1):
        code = row.get("codice") if isinstance(row, dict) else None
        count = row.get("popolazione") if isinstance(row, dict) else None
        if isinstance(code, str) and type(count) is int and 0 <= count <= LARGEST_CITY:
            found[code] = count
        else:
            said = _("The entry has no code in text or no whole number of inhabitants")
            remedy = _("Correct “codice” or “popolazione”.")
            reading.problems.append(problem(said, remedy, row=number, value=code or ""))
    return found


def _regions_of_provinces(rows: Iterable[Row]) -> dict[str, str]:
    """In which region each province lies, by its folded name."""
    return {_province_key(row.cells[PROVINCE_NAME]): row.cells[REGION] for row in rows}


def _province_key(name: str) -> str:
    """“Bolzano/Bozen” as the coordinates spell it."""
    return fold(name.partition("/")[0])


class _Points:
    """Where municipalities lie, by name and province; by name alone where only one bears it.

    The lists know other provinces in Sardinia and Friuli than each other, so a
    name alone may do; but never where its province lies in another region:
    Paternò in Sicily is not Paterno in Basilicata.
    """

    def __init__(self, rows: Iterable[Row], regions: Mapping[str, str]) -> None:
        self._points: dict[tuple[str, str], Point] = {}
        self._single: dict[str, tuple[str, Point]] = {}
        bearers: Counter[str] = Counter()
        for row in rows:
            name = fold(row.text("comune"))
            point = (row.degrees("lat", 90), row.degrees("lon", 180))
            province = fold(BEFORE_PROVINCE.sub("", row.cells["provincia"]))
            self._points[name, province] = point
            self._single[name] = regions.get(province, ""), point
            bearers[name] += 1
        for name, count in bearers.items():
            if count > 1:
                del self._single[name]

    def find(self, name: str, province: str, region: str) -> Point:
        """Latitude and longitude; None where they are not known with certainty."""
        key = fold(name)
        exact = self._points.get((key, _province_key(province)))
        where, single = self._single.get(key, ("", (None, None)))
        return exact or (single if where in {"", region} else (None, None))
