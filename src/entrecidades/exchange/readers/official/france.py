"""France: regions, departments and communes under the codes of INSEE.

Communes overseas are kept under the ISO code of their territory, as their
places are.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import fmean

from django.utils.translation import gettext as _

from entrecidades.engines.folding import fold
from entrecidades.exchange.readers.files import TextFile
from entrecidades.exchange.readers.official.shapes import Shape, rows_in, sort_files
from entrecidades.exchange.readers.official.units import Code, Origin, Reading, Unit
from entrecidades.exchange.readers.tables import Row
from entrecidades.network.choices import Tier

ORIGIN = Origin("FR", "fr", "INSEE: Code officiel géographique", "https://www.insee.fr/")
COMMUNES = Shape("communes", ("TYPECOM", "COM", "REG", "DEP", "LIBELLE"))
DEPARTMENTS = Shape("departements", ("DEP", "REG", "CHEFLIEU", "LIBELLE"))
REGIONS = Shape("regions", ("REG", "CHEFLIEU", "LIBELLE"))
PEOPLE = Shape("population", ("COM", "PMUN"), separator=";", needed=False)
COORDINATES = Shape(
    "coordinates",
    (
        "postcode", "capitals", "latitude", "longitude", "short", "name", "dep",
        "department", "region",
    ),
    separator=";",
    needed=False,
    bare=True,
)  # fmt: skip
SHAPES = (COMMUNES, DEPARTMENTS, REGIONS, PEOPLE, COORDINATES)
CURRENT = "COM"
OVERSEAS = {"971": "GP", "972": "MQ", "973": "GF", "974": "RE", "976": "YT"}
OVERSEAS_REGIONS = {"01": "GP", "02": "MQ", "03": "GF", "04": "RE", "06": "YT"}
ZONES = {
    "FR": "Europe/Paris",
    "GP": "America/Guadeloupe",
    "MQ": "America/Martinique",
    "GF": "America/Cayenne",
    "RE": "Indian/Reunion",
    "YT": "Indian/Mayotte",
}
LARGEST_CITY = 50_000_000

Points = dict[tuple[str, str], tuple[float, float]]


def read(paths: Sequence[Path], reading: Reading) -> dict[str, TextFile]:
    """Read regions, departments, then the communes that exist today."""
    files = sort_files(paths, SHAPES, reading)
    regions = {row.cells["REG"]: _region(row) for row in rows_in(files, REGIONS, reading)}
    departments = {
        row.cells["DEP"]: _department(row, regions) for row in rows_in(files, DEPARTMENTS, reading)
    }
    people = {
        row.cells["COM"]: row.whole("PMUN", 0, LARGEST_CITY)
        for row in rows_in(files, PEOPLE, reading)
    }
    points = _points(rows_in(files, COORDINATES, reading))
    reading.units += [*regions.values(), *departments.values()]
    for row in rows_in(files, COMMUNES, reading):
        if row.cells["TYPECOM"] == CURRENT:
            reading.units.append(_commune(row, regions, departments, people, points))
    return files


def _region(row: Row) -> Unit:
    code = row.code("REG", 2)
    return Unit(
        row=row.number,
        code=Code("FR-INSEE-REG", code),
        name=row.text("LIBELLE"),
        tier=Tier.REGION,
        country=OVERSEAS_REGIONS.get(code, "FR"),
        division=row.cells["LIBELLE"],
    )


def _department(row: Row, regions: Mapping[str, Unit]) -> Unit:
    code = row.cells["DEP"]
    region = _above(row, "REG", regions)
    return Unit(
        row=row.number,
        code=Code("FR-INSEE-DEP", row.code("DEP", 3 if code.startswith("97") else 2)),
        name=row.text("LIBELLE"),
        tier=Tier.INTERMEDIATE,
        country=OVERSEAS.get(code, "FR"),
        parent=region.code if region else None,
        division=region.name if region else "",
    )


def _above(row: Row, column: str, units: Mapping[str, Unit]) -> Unit | None:
    """The unit a code of the row names."""
    unit = units.get(row.cells[column])
    if unit is None:
        row.note(column, _("No unit has this code"), _("Correct it or add the unit."))
    return unit


def _commune(
    row: Row,
    regions: Mapping[str, Unit],
    departments: Mapping[str, Unit],
    people: Mapping[str, int | None],
    points: Points,
) -> Unit:
    """One commune."""
    code, name = row.code("COM", 5), row.text("LIBELLE")
    department, region = _above(row, "DEP", departments), _above(row, "REG", regions)
    country = OVERSEAS.get(row.cells["DEP"], "FR")
    point = points.get((row.cells["DEP"], fold(name)), (None, None))
    return Unit(
        row=row.number,
        code=Code("FR-INSEE", code),
        name=name,
        tier=Tier.MUNICIPALITY,
        country=country,
        parent=department.code if department else None,
        division=region.name if region else "",
        latitude=point[0],
        longitude=point[1],
        population=people.get(code),
        timezone=ZONES[country],
    )


def _points(rows: Iterable[Row]) -> Points:
    """Where communes lie, by department and name.

    The file has one row a postcode and one for each quarter of the three large
    cities: those are averaged under the name of the whole.
    """
    exact: Points = {}
    quarters: dict[tuple[str, str], list[tuple[float, float]]] = {}
    for row in rows:
        latitude, longitude = row.degrees("latitude", 90), row.degrees("longitude", 180)
        if latitude is None or longitude is None:
            continue
        department = row.cells["dep"].zfill(2)
        point = (latitude, longitude)
        exact.setdefault((department, fold(row.cells["name"])), point)
        whole = (department, fold(row.cells["capitals"]))
        quarters.setdefault(whole, []).append(point)
    averaged = {
        key: (fmean(lat for lat, _lon in found), fmean(lon for _lat, lon in found))
        for key, found in quarters.items()
    }
    return averaged | exact
