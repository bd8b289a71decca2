"""What the house knows of a country before a list is compared with it; a few questions in bulk."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from math import floor

from django.db.models import Max

from entrecidades.engines.folding import fold
from entrecidades.engines.sameplace import Described, km_between
from entrecidades.exchange.choices import BatchState
from entrecidades.exchange.models import Doubt
from entrecidades.exchange.readers.official import Code, Unit
from entrecidades.exchange.services.batches import BLOCK
from entrecidades.network.choices import Tier
from entrecidades.network.models import Entity, Identifier, Place, PlaceName, Region

CELL = 0.05
NEIGHBOURS = (-1, 0, 1)

Cell = tuple[int, int]


class Register:
    """Places by name and by position, regions by name, bodies by code and by seat."""

    def __init__(
        self, countries: Iterable[str], schemes: Iterable[str], *, with_places: bool = True
    ) -> None:
        self.countries = sorted(set(countries))
        self.places: dict[int, Described] = {}
        self.by_number: dict[int, int] = {}
        self._by_name: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._cells: dict[Cell, list[int]] = defaultdict(list)
        here = Place.objects.filter(country__in=self.countries).order_by()
        self.place_slugs: set[tuple[str, str]] = set(here.values_list("country", "slug"))
        self._read_regions()
        if with_places:
            self._read_places()
        self._read_bodies(sorted(set(schemes)))

    def _read_regions(self) -> None:
        rows = Region.objects.filter(country__in=self.countries).values_list(
            "country", "name", "pk"
        )
        self.regions = {(country, fold(name)): pk for country, name, pk in rows if name}

    def _read_places(self) -> None:
        """The places of the countries, with every name they bear."""
        names: dict[int, list[str]] = defaultdict(list)
        others = PlaceName.objects.filter(place__country__in=self.countries)
        for pk, key in others.order_by().values_list("place", "key").iterator(BLOCK):
            names[pk].append(key)
        columns = (
            "pk", "geonameid", "key", "country", "region", "latitude", "longitude", "population",
        )  # fmt: skip
        rows = Place.objects.filter(country__in=self.countries).order_by().values_list(*columns)
        for pk, number, key, country, region, lat, lon, people in rows.iterator(BLOCK):
            keys = (key, *names.get(pk, ()))
            self.places[pk] = Described(keys, str(region or ""), lat, lon, people or None)
            if number is not None:
                self.by_number[number] = pk
            for one in set(keys):
                self._by_name[country, one].append(pk)
            self._cells[_cell(lat, lon)].append(pk)

    def _read_bodies(self, schemes: list[str]) -> None:
        """Bodies by the codes of the list, and municipalities by the place of their seat."""
        codes = Identifier.objects.filter(scheme__in=schemes).order_by()
        self.by_code = {
            Code(scheme, value): pk
            for scheme, value, pk in codes.values_list("scheme", "value", "entity_id")
        }
        bodies = Entity.objects.filter(country__in=self.countries).order_by()
        self.slugs = set(bodies.values_list("country", "slug"))
        standing = bodies.governing().unmerged()
        self.bodies = {body.pk: body for body in standing.iterator(BLOCK)}
        self.seated: dict[int, Entity] = {
            body.seat_id: body
            for body in self.bodies.values()
            if body.seat_id is not None and body.tier == Tier.MUNICIPALITY
        }

    def region_of(self, unit: Unit) -> int | None:
        """The key of the first-level division a unit lies in."""
        return self.regions.get((unit.country, fold(unit.division)))

    def described(self, unit: Unit) -> Described:
        """A unit in the words in which places are compared."""
        keys = [fold(unit.name), *(fold(other.name) for other in unit.other_names)]
        return Described(
            tuple(dict.fromkeys(keys)),
            str(self.region_of(unit) or ""),
            unit.latitude,
            unit.longitude,
            unit.population,
        )

    def namesakes(self, unit: Unit, described: Described) -> set[int]:
        """The places of the unit's country that share a name with it."""
        return {pk for key in described.names for pk in self._by_name.get((unit.country, key), ())}

    def around(self, latitude: float, longitude: float) -> Iterator[int]:
        """The places in the cell of a point and the eight around it."""
        row, column = _cell(latitude, longitude)
        for north in NEIGHBOURS:
            for east in NEIGHBOURS:
                yield from self._cells.get((row + north, column + east), ())

    def nearest(self, latitude: float, longitude: float, among: Iterable[int]) -> float:
        """Kilometres to the nearest of some places; infinite when there is none."""
        points = (self.places[pk] for pk in among)
        return min(
            (
                km_between(latitude, longitude, place.latitude or 0.0, place.longitude or 0.0)
                for place in points
            ),
            default=float("inf"),
        )

    @staticmethod
    def waiting(kind: str) -> set[str]:
        """The codes of the rows that wait for a decision from an earlier import, or had one."""
        rows = Doubt.objects.filter(batch__kind=kind, batch__state=BatchState.APPLIED)
        return {row["code"]["value"] for row in rows.values_list("row", flat=True)}


def state_of_register() -> tuple[int, ...]:
    """Numbers that change whenever somebody adds or removes places, bodies or codes."""
    found = []
    for model in (Place, Entity, Identifier, Doubt):
        rows = model._default_manager.order_by()
        found += [rows.count(), rows.aggregate(last=Max("pk"))["last"] or 0]
    return tuple(found)


def _cell(latitude: float, longitude: float) -> Cell:
    return floor(latitude / CELL), floor(longitude / CELL)
