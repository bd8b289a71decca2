"""A sheet as GeoJSON (RFC 7946): points for places, lines for what joins two."""

from collections.abc import Iterator, Sequence
from typing import Any

from entrecidades.exchange.exports.records import gathered, told, written
from entrecidades.exchange.exports.sheet import Position, Record, Sheet

HALF_ROUND, ROUND = 180.0, 360.0


def geometry(positions: Sequence[Position]) -> dict[str, Any] | None:
    """The geometry of none, one or two positions; none is an unlocated feature.

    A line that would cross the antimeridian is cut there, as RFC 7946 asks.

    Examples
    --------
    >>> geometry([(32.58, -25.97)])
    {'type': 'Point', 'coordinates': [32.58, -25.97]}
    >>> geometry([(170.0, 0.0), (-170.0, 10.0)])["coordinates"]
    [[[170.0, 0.0], [180.0, 5.0]], [[-180.0, 5.0], [-170.0, 10.0]]]
    """
    if not positions:
        return None
    if len(positions) == 1:
        return {"type": "Point", "coordinates": list(positions[0])}
    (lon1, lat1), (lon2, lat2) = positions
    if abs(lon2 - lon1) <= HALF_ROUND:
        return {"type": "LineString", "coordinates": [[lon1, lat1], [lon2, lat2]]}
    edge = HALF_ROUND if lon1 > 0 else -HALF_ROUND
    beyond = lon2 + ROUND if lon1 > 0 else lon2 - ROUND
    lat = round(lat1 + (lat2 - lat1) * (edge - lon1) / (beyond - lon1), 6)
    halves = [[[lon1, lat1], [edge, lat]], [[-edge, lat], [lon2, lat2]]]
    return {"type": "MultiLineString", "coordinates": halves}


def geojson_pieces(sheet: Sheet) -> Iterator[bytes]:
    """The file, piece by piece: a FeatureCollection that begins with what it is."""
    about = written(sheet.facts.told_to_programs())
    head = f'{{"type":"FeatureCollection","meta":{about},"features":[\n'
    rows = (written(_feature(sheet.columns, record)) for record in sheet.records)
    return gathered(head, rows, "\n]}\n")


def _feature(columns: Sequence[str], record: Record) -> dict[str, Any]:
    """One row; its first column is its identifier."""
    properties = dict(zip(columns, map(told, record.values), strict=True))
    return {
        "type": "Feature",
        "id": properties[columns[0]],
        "geometry": geometry(record.positions),
        "properties": properties,
    }
