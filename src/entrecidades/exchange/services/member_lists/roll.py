"""The bodies and places of some countries by name, number and id: who a row of a list may be."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from entrecidades.engines.folding import fold
from entrecidades.engines.samebody import bare, core
from entrecidades.engines.sameplace import Described, Likeness, Piece, likeness, ranked
from entrecidades.exchange.readers.members import MemberRow
from entrecidades.exchange.rules import Decision, decide
from entrecidades.exchange.services.batches import BLOCK
from entrecidades.network.choices import Kind, Tier
from entrecidades.network.models import Entity, EntityName, Identifier, Place, PlaceName, Region

#: So many candidates are shown for a person to choose from.
KEPT = 6
#: By so many of its first letters a word is looked up where no name is the same.
LETTERS = 4


class Target(NamedTuple):
    """Who a row is: a body, or the place whose local government is not registered yet."""

    kind: str
    key: int

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


BODY, PLACE = "body", "place"
Ranked = list[tuple[Target, Likeness]]


@dataclass(frozen=True, slots=True)
class Found:
    """What a row was found to be: somebody, with certainty or not, and why."""

    target: Target | None
    ranking: Ranked = field(default_factory=list)
    by_id: bool = False


class Roll:
    """Every body of some countries that stands for itself, and every place without one."""

    def __init__(self, countries: Iterable[str], *, on: date) -> None:
        self.described: dict[Target, Described] = {}
        self.words: dict[Target, str] = {}
        self._by_name: dict[tuple[str, str], set[Target]] = defaultdict(set)
        self._by_start: dict[tuple[str, str], set[Target]] = defaultdict(set)
        self._by_code: dict[tuple[str, str], set[Target]] = defaultdict(set)
        self._by_id: dict[str, Target] = {}
        self._countries = sorted(set(countries))
        self._regions: dict[tuple[str, str], str] = {}
        self._named: dict[int, str] = {}
        self._read_regions()
        called = self._names_of_places()
        self._read_places(self._read_bodies(on, called), called)

    def _read_regions(self) -> None:
        here = Region.objects.filter(country__in=self._countries)
        for pk, country, code, name in here.values_list("pk", "country", "code", "name"):
            self._named[pk] = name or code
            for words in (name, code, f"{country} {code}"):
                if words:
                    self._regions[country, fold(words)] = str(pk)

    def _names_of_places(self) -> dict[int, list[str]]:
        """What every place is called, its own name first."""
        here = Place.objects.filter(country__in=self._countries).order_by()
        names = {pk: [key] for pk, key in here.values_list("pk", "key").iterator(BLOCK)}
        others = PlaceName.objects.filter(place__country__in=self._countries).order_by()
        for pk, key in others.values_list("place", "key").iterator(BLOCK):
            names[pk].append(key)
        return names

    def _read_bodies(self, on: date, places: dict[int, list[str]]) -> dict[int, Target]:
        """The bodies by all that they are called, a municipality also as its seat is.

        What it returns are the seats of local governments.
        """
        here = Entity.objects.existing(on).unmerged().filter(country__in=self._countries)
        names: dict[int, list[str]] = defaultdict(list)
        called = EntityName.objects.filter(entity__in=here.order_by().values("pk"))
        for pk, key in called.order_by().values_list("entity", "key").iterator(BLOCK):
            names[pk].append(key)
        seats: dict[int, Target] = {}
        columns = (
            *("pk", "public_id", "country", "slug", "name", "acronym", "region", "tier", "kind"),
            "seat",
        )
        for row in here.order_by("pk").values_list(*columns).iterator(BLOCK):
            pk, public_id, country, slug, name, acronym, region, tier, kind, seat = row
            target = Target(BODY, pk)
            also = places.get(seat or 0, []) if tier == Tier.MUNICIPALITY else []
            keys = (fold(name), *names[pk], *([fold(acronym)] if acronym else []), *also)
            self._add(target, country, keys, region, name)
            self._by_id[str(public_id)] = self._by_id[f"{country.lower()}/{slug}"] = target
            if seat and kind == Kind.LOCAL_GOVERNMENT:
                seats.setdefault(seat, target)
        codes = Identifier.objects.filter(entity__in=here.order_by().values("pk"))
        rows = codes.order_by().values_list("entity", "entity__country", "value")
        for pk, country, value in rows.iterator(BLOCK):
            self._by_code[country, bare(value)].add(Target(BODY, pk))
        return seats

    def _read_places(self, seats: dict[int, Target], names: dict[int, list[str]]) -> None:
        here = Place.objects.filter(country__in=self._countries).order_by("pk")
        columns = ("pk", "country", "slug", "region", "name")
        for pk, country, slug, region, name in here.values_list(*columns).iterator(BLOCK):
            target = Target(PLACE, pk)
            self._by_id.setdefault(f"{country.lower()}/{slug}", seats.get(pk, target))
            if pk not in seats:
                self._add(target, country, names[pk], region, name)

    def _add(
        self, target: Target, country: str, keys: Iterable[str], region: int | None, name: str
    ) -> None:
        every = tuple(dict.fromkeys([*keys, *map(core, keys)]))
        self.described[target] = Described(every, str(region or ""))
        where = self._named.get(region or 0, "") or country
        self.words[target] = f"{name} ({where}, {country})" if where != country else name
        for one in every:
            self._by_name[country, one].add(target)
            for word in one.split():
                if len(word) >= LETTERS:
                    self._by_start[country, word[:LETTERS]].add(target)

    def find(self, row: MemberRow) -> Found:
        """Who a row is: by its id, by its official number, or by its name."""
        if row.public_id:
            return Found(self._by_id.get(row.public_id), by_id=True)
        described = self._described(row)
        numbered = self._by_code.get((row.country, bare(row.code)), set()) if row.code else set()
        if numbered:
            ranking = ranked(described, self._weighed(numbered))
            agree = [one for one in ranking if one[1].evidence[0].piece is not Piece.UNLIKE]
            sure = len(numbered) == len(agree) == 1
            return Found(ranking[0][0] if sure else None, ranking[:KEPT])
        return self._by_likeness(row, described)

    def likeness(self, row: MemberRow, target: Target) -> Likeness:
        """How like a row and somebody are."""
        return likeness(self._described(row), self.described[target])

    def _described(self, row: MemberRow) -> Described:
        key = fold(row.name)
        region = self._regions.get((row.country, fold(row.region)), "") if row.region else ""
        return Described(tuple(dict.fromkeys((key, core(key)))), region)

    def _by_likeness(self, row: MemberRow, described: Described) -> Found:
        """Namesakes; where there are none, whatever shares the rarest word's beginning."""
        same = {
            target
            for name in described.names
            for target in self._by_name.get((row.country, name), ())
        }
        ranking = ranked(described, self._weighed(same or self._similar(row, described)))
        verdict = decide([like for _target, like in ranking])
        if verdict is Decision.CREATE and not same:
            return Found(None)
        return Found(ranking[0][0] if verdict is Decision.JOIN else None, ranking[:KEPT])

    def _similar(self, row: MemberRow, described: Described) -> set[Target]:
        starts = {
            word[:LETTERS]
            for name in described.names
            for word in name.split()
            if len(word) >= LETTERS
        }
        groups = (self._by_start.get((row.country, start), set()) for start in starts)
        return min((group for group in groups if group), key=len, default=set())

    def _weighed(self, targets: Iterable[Target]) -> Iterator[tuple[Target, Described]]:
        return ((one, self.described[one]) for one in sorted(targets))
