"""The map of a relation: the part of the world that it joins, and the arcs between its cities."""

from itertools import pairwise

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from entrecidades.cooperation.models import Relation
from entrecidades.encounters.models import Series
from entrecidades.engines import dotmap
from entrecidades.engines.marks import Mark
from entrecidades.network.models import Partnership, Place
from entrecidades.network.selectors import (
    PartnershipWish,
    largest_pairs,
    middles,
    partnerships_wished,
)
from entrecidades.web.presenters.drawings import kept
from entrecidades.web.presenters.land import world_land

#: Pairs whose arcs stand out, and cities that are named.
BRIGHT, NAMED = 12, 4


def relation_picture(relation: Relation) -> SafeString:
    """The cities of two countries and the arcs between them; drawn once for each data version."""
    return kept(f"relation:{relation.slug}", lambda: _drawn(relation))


def _drawn(relation: Relation) -> SafeString:
    """All known partnerships as thin arcs, those of the largest cities as bright ones."""
    wish = PartnershipWish(country=relation.one_id, other=relation.other_id)
    known = [*partnerships_wished(wish)]
    bright = largest_pairs(relation.one_id, relation.other_id, BRIGHT)
    lines = [_arc(pair, "known") for pair in known]
    lines += [_arc(pair, "suggestion") for pair in bright]
    marks = _marks(bright) if known else _capitals(relation)
    if not known and len(marks) == 2:  # noqa: PLR2004 (two countries)
        one, other = marks
        lines = [dotmap.Arc(one.lat, one.lon, other.lat, other.lon, 1, "mission", str(relation))]
    return _map(lines, marks, _("Cities of the relation %(name)s") % {"name": relation})


def series_picture(series: Series) -> SafeString | None:
    """Where the editions of a series were held; nothing when no place of them is known."""
    editions = [edition for edition in series.editions.all() if edition.place]
    if not editions:
        return None
    marks = [_mark(edition.place, f"{edition.place} {edition.year}") for edition in editions]  # type: ignore[arg-type]
    lines = [
        dotmap.Arc(a.lat, a.lon, b.lat, b.lon, 1, "suggestion", f"{a.label} – {b.label}")
        for a, b in pairwise(marks)
    ]
    return kept(f"series:{series.slug}", lambda: _map(lines, marks, str(series)))


def _map(lines: list[dotmap.Arc], marks: list[Mark], title: str) -> SafeString:
    """The part of the world in which the marks lie."""
    land = world_land()
    drawing = dotmap.world_map(
        land.lat,
        land.lon,
        land.population,
        lines,
        highlights=marks,
        columns=200,
        close=True,
        title=title,
        name="relation",
    )
    return mark_safe(drawing)  # noqa: S308 (the engine escapes every name it is given)


def _arc(pair: Partnership, kind: str) -> dotmap.Arc:
    """The line between two partner cities."""
    one, other = pair.one, pair.other
    ends = (one.latitude, one.longitude, other.latitude, other.longitude)
    return dotmap.Arc(*ends, 1, kind, f"{one.name} – {other.name}")


def _mark(place: Place, label: str = "") -> Mark:
    """A place on the map; with a label it is named."""
    return Mark(place.latitude, place.longitude, label, kind="end")


def _marks(pairs: list[Partnership]) -> list[Mark]:
    """Both ends of the bright arcs, each place once; the largest are named."""
    places = {end.pk: end for pair in pairs for end in (pair.one, pair.other)}
    ranked = sorted(places.values(), key=lambda place: -place.population)
    return [_mark(place, place.name if rank < NAMED else "") for rank, place in enumerate(ranked)]


def _capitals(relation: Relation) -> list[Mark]:
    """The largest city of each country, where no partnership is known."""
    names = {country.code: str(country) for country in (relation.one, relation.other)}
    return [Mark(lat, lon, names[code], kind="end") for code, (lat, lon) in middles(names).items()]
