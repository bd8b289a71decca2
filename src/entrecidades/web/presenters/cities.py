"""What the page of a city says, and from where it is known."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entrecidades.engines.folding import fold
from entrecidades.kernel.clock import zone_named
from entrecidades.network.countries import country_name
from entrecidades.network.models import Partnership, Place
from entrecidades.network.partnership_sources import public_list
from entrecidades.web.presenters.registry import languages, people

MINUTE = 60


def city_facts(place: Place, *, at: datetime) -> list[dict[str, Any]]:
    """The facts of a place; what is not known says so."""
    listed = reverse("web:city-list")
    region = place.region
    in_region = f"{listed}?country={place.country_id}"
    if region:
        in_region += f"&region={place.country_id}-{region.code}"
    return [
        {"words": _("Country"), "value": place.country, "url": place.country.get_absolute_url()},
        {"words": _("Region"), "value": region or _("unknown"), "url": region and in_region},
        {"words": _("Inhabitants"), "value": people(place.population)},
        {"words": _("Languages"), "value": languages(place.country.languages) or _("unknown")},
        {"words": _("Roles"), "value": ", ".join(place.role_labels) or _("none recorded")},
        {"words": _("Time zone"), "value": _zone(place.timezone, at)},
        {"words": _("Position"), "value": _position(place)},
    ]


def _zone(name: str, at: datetime) -> str:
    """A time zone with its distance from universal time on a day."""
    zone = zone_named(name)
    offset = at.astimezone(zone).utcoffset() if zone else None
    if offset is None:
        return name or _("unknown")
    minutes = int(offset.total_seconds()) // MINUTE
    sign = "−" if minutes < 0 else "+"
    hours, rest = divmod(abs(minutes), MINUTE)
    return f"{name.replace('_', ' ')} (UTC{sign}{hours}" + (f":{rest:02})" if rest else ")")


def _position(place: Place) -> str:
    """Degrees from the equator and from Greenwich, as people write them."""
    north = _("N") if place.latitude >= 0 else _("S")
    east = _("E") if place.longitude >= 0 else _("W")
    lat, lon = (
        number_format(round(abs(value), 2), 2) for value in (place.latitude, place.longitude)
    )
    return f"{lat}° {north}, {lon}° {east}"


def ties_by_country(place: Place, pairs: Iterable[Partnership]) -> list[dict[str, Any]]:
    """The known partners of a place, by country and then by name, each with who says so."""
    language = get_language()
    groups: dict[str, dict[str, Any]] = {}
    for pair in pairs:
        other = pair.other if pair.one_id == place.pk else pair.one
        group = groups.setdefault(
            other.country_id,
            {
                "name": country_name(other.country_id, language),
                "country": other.country,
                "ties": [],
            },
        )
        sources = [public_list(key) for key in pair.sources]
        group["ties"].append({"place": other, "pair": pair, "sources": sources})
    for group in groups.values():
        group["ties"].sort(key=lambda tie: tie["place"].key)
    return sorted(groups.values(), key=lambda group: (-len(group["ties"]), fold(group["name"])))
