"""The land of the small maps, kept between requests: it changes only when places are loaded."""

from collections.abc import Callable, Iterable
from typing import cast

import numpy as np
from django.core.cache import cache
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from entrecidades.engines.marks import Mark
from entrecidades.network.models import Country, Partnership, Place
from entrecidades.network.selectors import land, positions_in
from entrecidades.web.presenters.pictures import (
    Places,
    Suggested,
    country_picture,
    locator_picture,
    partners_picture,
)

#: Seconds for which a drawing is kept.
KEPT = 3600
#: Cities named on the map of a country, and partners beyond which arcs hide each other.
NAMED, ARCS = 9, 120


def as_places(rows: Iterable[tuple[float, float, int]]) -> Places:
    """Rows of latitude, longitude and people as the arrays that a drawing needs."""
    table = np.array(list(rows), np.float64).reshape(-1, 3)
    return Places(table[:, 0], table[:, 1], table[:, 2])


def world_land() -> Places:
    """The inhabited land of the world, one point for each degree, read once an hour."""
    return cast("Places", cache.get_or_set("land:points", lambda: as_places(land()), KEPT))


def locator(place: Place) -> SafeString:
    """A small world in which one place is shown."""

    def drawn() -> str:
        title = _("%(name)s on the map of the world") % {"name": place.name}
        return locator_picture(world_land(), place.latitude, place.longitude, title)

    return _kept(f"locator:{place.pk}:{place.latitude},{place.longitude}", drawn)


def country_map(country: Country, largest: Iterable[Place]) -> SafeString:
    """A country drawn by its places, its largest cities named."""

    def drawn() -> str:
        title = _("%(name)s drawn by its cities") % {"name": country}
        marks = [Mark(one.latitude, one.longitude, one.name) for one in [*largest][:NAMED]]
        return country_picture(as_places(positions_in(country)), marks, title)

    return _kept(f"country:{country.code}", drawn)


def partners_map(place: Place, partnerships: Iterable[Partnership]) -> SafeString | None:
    """A city and the arcs to its partners; nothing when it has none."""
    others = [pair.other if pair.one_id == place.pk else pair.one for pair in partnerships]
    if not others:
        return None

    def drawn() -> str:
        ends = [Suggested(one.name, one.latitude, one.longitude) for one in others[:ARCS]]
        here = Suggested(place.name, place.latitude, place.longitude)
        title = _("Known partners of %(name)s") % {"name": place.name}
        return partners_picture(world_land(), here, ends, title)

    # Another partner is another picture.
    return _kept(f"partners:{place.pk}:{hash(tuple(one.pk for one in others))}", drawn)


def _kept(key: str, draw: Callable[[], str]) -> SafeString:
    """A drawing, drawn once an hour for each language.

    It was trusted when it was made; a cache keeps only its letters.
    """
    drawing = cache.get_or_set(f"land:{key}:{get_language()}", lambda: str(draw()), KEPT)
    return mark_safe(cast("str", drawing))  # noqa: S308 (see above)
