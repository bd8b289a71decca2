"""A reference record's source, as the three fields that every sourced record has."""

from collections.abc import Mapping
from typing import Any

from entrecidades.network.models import Place


def sourced(record: Mapping[str, Any]) -> dict[str, Any]:
    """The source of a record: its title with publisher and year, address, day it was read."""
    source = record["source"]
    parts = [source["title"], source.get("publisher"), source.get("year")]
    return {
        "source_title": ", ".join(str(part) for part in parts if part)[:300],
        "source_url": source.get("url", ""),
        "source_accessed_on": source.get("accessed"),
    }


def place_of(where: Mapping[str, Any] | None) -> Place | None:
    """The gazetteer's place that a record names, if it is loaded."""
    if not where or "geonameid" not in where:
        return None
    return Place.objects.filter(geonameid=where["geonameid"]).first()
