"""Brazil: states and municipalities under the codes of IBGE."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from entrecidades.engines.folding import fold
from entrecidades.exchange.readers.files import TextFile
from entrecidades.exchange.readers.official.shapes import Shape, rows_in, sort_files
from entrecidades.exchange.readers.official.units import Code, Origin, OtherName, Reading, Unit
from entrecidades.exchange.readers.problems import problem
from entrecidades.exchange.readers.tables import Row
from entrecidades.network.choices import NameKind, Tier

ORIGIN = Origin("BR", "pt-br", "IBGE: municípios", "https://www.ibge.gov.br/")
STATES = Shape("estados", ("codigo_uf", "uf", "nome"))
CITIES = Shape("municipios", ("codigo_ibge", "nome", "latitude", "longitude", "codigo_uf"))
STATE_LINKS = Shape("ufs", ("uf", "iso3166-2", "wikidata_id"), needed=False)
CITY_LINKS = Shape("municipios_wikidata", ("municipio", "wikidata_id", "pop_21"), needed=False)
SYNONYMS = Shape(
    "synonyms", ("synonym", "wdId", "cur_state", "cur_lexLabel", "type"), needed=False
)
SHAPES = (CITIES, CITY_LINKS, STATE_LINKS, STATES, SYNONYMS)
# Small words that the list of synonyms leaves out of its keys.
SMALL = {"de", "do", "da", "dos", "das", "e", "d"}
LARGEST_CITY = 50_000_000


def read(paths: Sequence[Path], reading: Reading) -> dict[str, TextFile]:
    """Read the states, then the municipalities with their links and other names."""
    files = sort_files(paths, SHAPES, reading)
    states = _states(files, reading)
    links = {row.cells["municipio"]: row for row in rows_in(files, CITY_LINKS, reading)}
    cities = {row.cells["codigo_ibge"]: row for row in rows_in(files, CITIES, reading)}
    names = _synonyms(files, reading, cities, links, states)
    reading.units += states.values()
    for code, row in cities.items():
        unit = _city(row, states, links.get(code), tuple(names.get(code, ())))
        reading.units.append(unit)
    return files


def _states(files: Mapping[str, TextFile], reading: Reading) -> dict[str, Unit]:
    """The states by IBGE's two digits."""
    wikidata = {
        row.cells["uf"]: row.cells["wikidata_id"] for row in rows_in(files, STATE_LINKS, reading)
    }
    states = {}
    for row in rows_in(files, STATES, reading):
        code = row.code("codigo_uf", 2)
        more = [Code("ISO3166-2", f"BR-{row.code('uf', 2)}")]
        more += [Code("XI-WIKIDATA", wikidata[code])] if wikidata.get(code) else []
        states[code] = Unit(
            row=row.number,
            code=Code("BR-IBGE-UF", code),
            name=row.text("nome"),
            tier=Tier.REGION,
            country="BR",
            division=row.cells["nome"],
            more_codes=tuple(more),
        )
    return states


def _city(
    row: Row, states: Mapping[str, Unit], link: Row | None, names: tuple[OtherName, ...]
) -> Unit:
    """One municipality."""
    state = states.get(row.cells["codigo_uf"])
    if state is None:
        row.note("codigo_uf", _("No state has this code"), _("Correct it or add the state."))
    wikidata = link.cells["wikidata_id"] if link else ""
    return Unit(
        row=row.number,
        code=Code("BR-IBGE", row.code("codigo_ibge", 7)),
        name=row.text("nome"),
        tier=Tier.MUNICIPALITY,
        country="BR",
        parent=state.code if state else None,
        division=state.name if state else "",
        more_codes=(Code("XI-WIKIDATA", wikidata),) if wikidata else (),
        other_names=names,
        latitude=row.degrees("latitude", 90),
        longitude=row.degrees("longitude", 180),
        population=link.whole("pop_21", 0, LARGEST_CITY) if link else None,
        timezone=row.cells.get("fuso_horario", "")[:40],
    )


def _synonyms(
    files: Mapping[str, TextFile],
    reading: Reading,
    cities: Mapping[str, Row],
    links: Mapping[str, Row],
    states: Mapping[str, Unit],
) -> dict[str, list[OtherName]]:
    """Old and alternative names by the municipality's code, found by Wikidata or by its key."""
    by_link = {row.cells["wikidata_id"]: code for code, row in links.items()}
    letters = {unit.code.value: unit.more_codes[0].value[-2:] for unit in states.values()}
    by_key = {
        (letters.get(row.cells["codigo_uf"], ""), _key(row.cells["nome"])): code
        for code, row in cities.items()
    }
    found: dict[str, list[OtherName]] = {}
    for row in rows_in(files, SYNONYMS, reading):
        cells = row.cells
        key = (cells["cur_state"], _key(cells["cur_lexLabel"].replace(".", " ")))
        code = by_link.get(cells["wdId"]) or by_key.get(key)
        name = row.text("synonym")
        if code is None or code not in cities:
            said, remedy = _("No municipality of the list is meant"), _("It is left aside.")
            reading.remarks.append(problem(said, remedy, row=row.number, value=name))
        elif fold(name) != fold(cities[code].cells["nome"]):
            # A period in brackets tells when the name was in force.
            kind = NameKind.FORMER if cells.get("ref", "").startswith("[") else NameKind.SHORT
            found.setdefault(code, []).append(OtherName("pt-br", name, kind))
    return found


def _key(name: str) -> str:
    """A name without its small words."""
    return " ".join(word for word in fold(name).split() if word not in SMALL)
