"""Write the units of a list: bodies, their codes and names, and places where none was."""

from collections.abc import Iterable, Mapping, Sequence

from entrecidades.engines.folding import fold
from entrecidades.exchange.readers.official import Code, OfficialList, Unit
from entrecidades.exchange.services.batches import Writing, change, make
from entrecidades.exchange.services.official_lists.plan import improvement, names_in
from entrecidades.exchange.services.official_lists.register import Register
from entrecidades.kernel.ids import slug_of
from entrecidades.network.choices import Kind
from entrecidades.network.models import Entity, EntityName, Identifier, Place

LONGEST_SLUG = 100


class Scribe:
    """Writes units in bulk, the upper ones before the lower."""

    def __init__(self, writing: Writing, official: OfficialList, register: Register) -> None:
        self._writing = writing
        self._official = official
        self._register = register
        self._codes: dict[Code, int] = dict(register.by_code)

    def place(self, units: Sequence[Unit]) -> dict[Code, int]:
        """Make a place for each unit, where its coordinates say; returns their keys."""
        places = [self._place(unit) for unit in units]
        make(self._writing, places)
        return {unit.code: place.pk for unit, place in zip(units, places, strict=True)}

    def _place(self, unit: Unit) -> Place:
        slug = self._free_slug(unit, self._register.place_slugs)
        return Place(
            slug=slug,
            name=unit.name[:200],
            key=fold(unit.name)[:200],
            country_id=unit.country,
            region_id=self._register.region_of(unit),
            latitude=unit.latitude or 0.0,
            longitude=unit.longitude or 0.0,
            population=unit.population or 0,
            timezone=unit.timezone,
        )

    def bodies(self, units: Sequence[Unit], seats: Mapping[Code, int]) -> None:
        """Make bodies of one level, with their codes and names."""
        rows = [self._body(unit, seats.get(unit.code)) for unit in units]
        make(self._writing, rows)
        self._name((row.pk, unit) for row, unit in zip(rows, units, strict=True))

    def _body(self, unit: Unit, seat: int | None) -> Entity:
        origin = self._official.origin
        return Entity(
            slug=self._free_slug(unit, self._register.slugs),
            name=unit.name,
            kind=Kind.LOCAL_GOVERNMENT,
            tier=unit.tier,
            country_id=unit.country,
            region_id=self._register.region_of(unit),
            seat_id=seat,
            parent_id=self._codes.get(unit.parent) if unit.parent else None,
            population=unit.population,
            languages=[origin.language.split("-")[0]],
            source_title=origin.title,
            source_url=unit.source_url or origin.url,
        )

    def extend(self, bodies: Sequence[tuple[Unit, Entity]]) -> None:
        """Add to bodies that were registered before what the list knows of them."""
        improved = []
        for unit, body in bodies:
            parent = self._codes.get(unit.parent) if unit.parent else None
            improved.append(improvement(body, unit, parent, self._official))
        change(self._writing, [one for one in improved if one])
        self._name((body.pk, unit) for unit, body in bodies)

    def _name(self, written: Iterable[tuple[int, Unit]]) -> None:
        """Give bodies the codes nobody bears yet, and the names they lack."""
        codes: list[Identifier] = []
        named: list[tuple[int, str, str, str]] = []
        for pk, unit in written:
            for code in (unit.code, *unit.more_codes):
                if code not in self._codes:
                    self._codes[code] = pk
                    codes.append(Identifier(entity_id=pk, scheme=code.scheme, value=code.value))
            named += [(pk, *name) for name in names_in(unit, self._official)]
        make(self._writing, codes)
        self.names(named)

    def codes(self, codes: Sequence[tuple[int, Code]]) -> None:
        """Give known bodies codes that they lack."""
        make(
            self._writing,
            [Identifier(entity_id=pk, scheme=code.scheme, value=code.value) for pk, code in codes],
        )

    def names(self, named: Sequence[tuple[int, str, str, str]]) -> None:
        """Give bodies names: key, language, name, kind; the same one only once."""
        seen: dict[tuple[int, str, str], tuple[str, str]] = {}
        for pk, language, name, kind in named:
            seen.setdefault((pk, language, fold(name)), (name, kind))
        rows = [
            EntityName(entity_id=pk, language=language, name=name, key=key[:300], kind=kind)
            for (pk, language, key), (name, kind) in seen.items()
        ]
        make(self._writing, rows)

    @staticmethod
    def _free_slug(unit: Unit, taken: set[tuple[str, str]]) -> str:
        """The name; where it is taken, the name with its division; then with its code."""
        name = slug_of(unit.name)[:LONGEST_SLUG] or slug_of(unit.code.value)
        division, code = slug_of(unit.division), slug_of(unit.code.value)
        wishes = [name, f"{name}-{division}"[:LONGEST_SLUG], f"{name}-{code}"]
        wishes += [f"{name}-{code}-{number}" for number in range(2, 100)]
        slug = next(wish for wish in wishes if (unit.country, wish) not in taken)
        taken.add((unit.country, slug))
        return slug
