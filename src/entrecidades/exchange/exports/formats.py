"""The formats in which every list can be had."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from entrecidades.exchange.exports.comma import csv_pieces
from entrecidades.exchange.exports.features import geojson_pieces
from entrecidades.exchange.exports.records import json_pieces
from entrecidades.exchange.exports.sheet import Sheet
from entrecidades.exchange.exports.workbook import xlsx_pieces


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its extension, its name among people, its media type, its writer."""

    extension: str
    name: str
    media_type: str
    pieces: Callable[[Sheet], Iterator[bytes]]


FORMATS = {
    one.extension: one
    for one in (
        Format("csv", "CSV", "text/csv; charset=utf-8; header=present", csv_pieces),
        Format(
            "xlsx",
            "XLSX",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            xlsx_pieces,
        ),
        Format("json", "JSON", "application/json", json_pieces),
        Format("geojson", "GeoJSON", "application/geo+json", geojson_pieces),
    )
}
