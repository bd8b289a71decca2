"""Mozambique: provinces and districts under their P-codes, and the municipalities (autarquias).

The list of municipalities gives them no number; they are known by province
and name, in a scheme of this house's own, and by the place it links them to.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from entrecidades.engines.folding import fold
from entrecidades.exchange.readers.files import TextFile
from entrecidades.exchange.readers.official.shapes import Shape, rows_in, sort_files
from entrecidades.exchange.readers.official.units import Code, Origin, Reading, Unit
from entrecidades.exchange.readers.problems import problem
from entrecidades.exchange.readers.tables import Row
from entrecidades.kernel.ids import slug_of
from entrecidades.network.choices import Tier

ORIGIN = Origin(
    "MZ", "pt", "OCHA: P-codes (Moçambique)", "https://data.humdata.org/dataset/cod-ab-moz"
)
DISTRICTS = Shape("districts", ("adm1_pcode", "province", "adm2_pcode", "district", "kind"))
CITIES = Shape("autarquias", ("name", "province", "geonameid", "source_urls"))
SHAPES = (DISTRICTS, CITIES)
# The two files and the gazetteer write these provinces in different ways.
PROVINCES = {
    "zambezia": "Zambézia",
    "maputo city": "Cidade de Maputo",
    "maputo cidade": "Cidade de Maputo",
}
DIVISIONS = {"Maputo": "Maputo (província)"}
A_DISTRICT = "district"
# The list capitalises every word: “Cidade De Xai-Xai”, “Nacala-A-Velha”.
SMALL_WORD = re.compile(r"(?<=[ -])(A|D[aeo]|D[ao]s)(?=[ -])")


def read(paths: Sequence[Path], reading: Reading) -> dict[str, TextFile]:
    """Read the provinces and districts, then the municipalities."""
    files = sort_files(paths, SHAPES, reading)
    provinces: dict[str, Unit] = {}
    below: list[Unit] = []
    for row in rows_in(files, DISTRICTS, reading):
        province = _province(row)
        provinces.setdefault(province.name, province)
        if row.cells["kind"] == A_DISTRICT:
            below.append(_district(row, province))
        else:
            said, remedy = _("This is not a district"), _("It is left aside.")
            reading.remarks.append(
                problem(said, remedy, row=row.number, value=row.cells["district"])
            )
    below += [_city(row, provinces) for row in rows_in(files, CITIES, reading)]
    reading.units += [*provinces.values(), *below]
    return files


def _name_of_province(words: str) -> str:
    return PROVINCES.get(fold(words), words)


def _province(row: Row) -> Unit:
    name = _name_of_province(row.text("province"))
    return Unit(
        row=row.number,
        code=Code("MZ-PCODE", row.code("adm1_pcode", 4)),
        name=name,
        tier=Tier.REGION,
        country="MZ",
        division=DIVISIONS.get(name, name),
    )


def _district(row: Row, province: Unit) -> Unit:
    return Unit(
        row=row.number,
        code=Code("MZ-PCODE", row.code("adm2_pcode", 6)),
        name=SMALL_WORD.sub(lambda word: word[0].lower(), row.text("district")),
        tier=Tier.INTERMEDIATE,
        country="MZ",
        parent=province.code,
        division=province.division,
    )


def _city(row: Row, provinces: dict[str, Unit]) -> Unit:
    """One municipality."""
    name = row.text("name")
    province = provinces.get(_name_of_province(row.cells["province"]))
    if province is None:
        row.note("province", _("No province has this name"), _("Correct it or add the province."))
    urls = row.cells["source_urls"].split()
    return Unit(
        row=row.number,
        code=Code("MZ-AUTARQUIA", slug_of(f"{row.cells['province']} {name}")[:100]),
        name=name,
        tier=Tier.MUNICIPALITY,
        country="MZ",
        parent=province.code if province else None,
        division=province.division if province else "",
        geonameid=row.whole("geonameid", 1, 10**11),
        timezone="Africa/Maputo",
        source_url=urls[0][:500] if urls and urls[0].startswith(("http://", "https://")) else "",
    )
