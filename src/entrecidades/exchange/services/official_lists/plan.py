"""What an import of an official list would do, for a person to read before anything is written."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from entrecidades.engines.folding import fold
from entrecidades.engines.sameplace import Likeness
from entrecidades.exchange.progress import Progress, silently
from entrecidades.exchange.readers.official import (
    COUNTRIES,
    Code,
    OfficialList,
    Unit,
    read_official,
)
from entrecidades.exchange.readers.problems import Finding, Problem, problem
from entrecidades.exchange.reasons import in_words
from entrecidades.exchange.services.batches import Change
from entrecidades.exchange.services.official_lists.joining import Joining, Ranked, join
from entrecidades.exchange.services.official_lists.register import Register, state_of_register
from entrecidades.kernel.errors import Refusal
from entrecidades.network.models import Entity, EntityName, Place

# A new place is not made where an unclaimed one lies nearer than so many kilometres.
NEAR_KM = 2.0
GAZETTEER = "GeoNames"


class UnknownList(Refusal):
    """There is no reader for such a list."""


@dataclass(slots=True)
class OfficialPlan:
    """What would be joined, made, changed, asked; with ``problems`` nothing can be applied.

    ``placed`` are the codes of the new units that bring a place of their own.
    ``more_codes`` and ``more_names`` are what known bodies lack.
    """

    official: OfficialList
    register_state: tuple[int, ...] = ()
    above: list[Unit] = field(default_factory=list)
    joined: list[tuple[Unit, int, Likeness]] = field(default_factory=list)
    created: list[Unit] = field(default_factory=list)
    placed: set[Code] = field(default_factory=set)
    changes: list[Change] = field(default_factory=list)
    more_codes: list[tuple[int, Code]] = field(default_factory=list)
    more_names: list[tuple[int, str, str, str]] = field(default_factory=list)
    doubtful: list[tuple[Unit, Ranked]] = field(default_factory=list)
    left_out: list[Unit] = field(default_factory=list)
    unchanged: int = 0
    waiting: int = 0
    seated: dict[int, Entity] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """Under which name batches of this list are kept."""
        return f"official:{self.official.origin.country}"

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write."""
        parts: tuple[Sequence[object], ...] = (
            self.above, self.joined, self.created, self.changes, self.more_codes,
            self.more_names, self.doubtful,
        )  # fmt: skip
        return not any(parts)

    def counts(self) -> dict[str, int]:
        """How many of each."""
        return {
            "rows": len(self.official.units),
            "above": len(self.above),
            "joined": len(self.joined),
            "created": len(self.created),
            "places": len(self.placed),
            "updated": len(self.updated()),
            "unchanged": self.unchanged,
            "doubtful": len(self.doubtful),
            "waiting": self.waiting,
            "left_out": len(self.left_out),
            "problems": len(self.problems),
        }

    def updated(self) -> set[int]:
        """The keys of the known bodies that get a new value, code or name."""
        keys = {one.pk for one in self.changes}
        keys |= {pk for pk, _code in self.more_codes}
        return keys | {pk for pk, *_name in self.more_names}

    def findings(self) -> Iterator[Finding]:
        """What was found, each as a plain fact: problems, remarks, doubts, what is left out."""
        yield from (Finding("!", one) for one in self.problems)
        yield from (Finding("~", one) for one in self.remarks)
        yield from self._doubts()
        for unit in self.left_out:
            yield Finding("~", _about(unit, _("No place is this one"), _("It is left out.")))

    def lines(self) -> Iterator[str]:
        """The findings in one line each."""
        yield from map(str, self.findings())

    def _doubts(self) -> Iterator[Finding]:
        """The doubtful rows, each with its candidates, their scores and the reasons."""
        keys = {pk for _unit, ranking in self.doubtful for pk, _like in ranking}
        places = Place.objects.in_bulk(keys)
        for unit, ranking in self.doubtful:
            maybe = tuple(
                f"{places[pk].public_id} {like.score:.2f}: "
                + in_words(asdict(one) for one in like.evidence)
                for pk, like in ranking
            )
            said, remedy = _("Not certain which place this is"), _("A person decides.")
            yield Finding("?", _about(unit, said, remedy), maybe)


def _about(unit: Unit, said: str, remedy: str) -> Problem:
    return problem(said, remedy, row=unit.row, value=f"{unit.name} ({unit.code.value})")


def plan_official(
    country: str, sources: Sequence[Path], *, progress: Progress = silently
) -> OfficialPlan:
    """Compare a country's official list with the register, writing nothing.

    Raises
    ------
    UnknownList
        When no list of this country can be read.
    """
    if country not in COUNTRIES:
        said = _("There is no list of “%(country)s”; there are lists of: %(known)s.")
        raise UnknownList(said % {"country": country, "known": ", ".join(COUNTRIES)})
    progress("read", 0, 1)
    official = read_official(country, sources)
    progress("read", 1, 1)
    plan = OfficialPlan(official, problems=[*official.problems], remarks=[*official.remarks])
    if not plan.problems:
        plan.register_state = state_of_register()
        _compare(plan, progress)
    return plan


def _compare(plan: OfficialPlan, progress: Progress) -> None:
    """Sort the units into known, waiting, and those for which a place is looked for."""
    units = plan.official.units
    schemes = {code.scheme for unit in units for code in (unit.code, *unit.more_codes)}
    register = Register({unit.country for unit in units}, schemes)
    waiting = register.waiting(plan.kind)
    asking: list[Unit] = []
    known: list[tuple[Unit, Entity]] = []
    for unit in units:
        body = register.bodies.get(register.by_code.get(unit.code, 0))
        if body is not None:
            known.append((unit, body))
        elif unit.code.value in waiting:
            plan.waiting += 1
        elif unit.is_seated:
            asking.append(unit)
        else:
            plan.above.append(unit)
    _compare_known(plan, known, register)
    taken = _taken(plan, register)
    result = join(asking, register, taken, progress)
    _sort_out(plan, result, register)


def _taken(plan: OfficialPlan, register: Register) -> set[int]:
    """The places whose municipality bears another code of the list's scheme already."""
    schemes = {unit.code.scheme for unit in plan.official.units if unit.is_seated}
    coded = {pk for code, pk in register.by_code.items() if code.scheme in schemes}
    return {place for place, body in register.seated.items() if body.pk in coded}


def _sort_out(plan: OfficialPlan, result: Joining, register: Register) -> None:
    """Take over what was joined and doubted; of the others, decide which bring a place."""
    plan.joined, plan.doubtful = result.joined, result.doubtful
    plan.seated = {
        place: register.seated[place]
        for _unit, place, _like in result.joined
        if place in register.seated
    }
    if not plan.official.origin.makes_bodies:
        plan.left_out = result.new
        return
    plan.created = result.new
    for unit in result.new:
        if unit.latitude is None or unit.longitude is None:
            continue
        free = [
            pk for pk in register.around(unit.latitude, unit.longitude) if pk not in result.claimed
        ]
        if register.nearest(unit.latitude, unit.longitude, free) >= NEAR_KM:
            plan.placed.add(unit.code)


def _compare_known(
    plan: OfficialPlan, known: Sequence[tuple[Unit, Entity]], register: Register
) -> None:
    """What the list adds to the bodies that bear its codes."""
    names = _names_of([body.pk for _unit, body in known])
    for unit, body in known:
        parent = register.by_code.get(unit.parent) if unit.parent else None
        before = len(plan.changes) + len(plan.more_codes) + len(plan.more_names)
        improved = improvement(body, unit, parent, plan.official)
        plan.changes += [improved] if improved else []
        plan.more_codes += [
            (body.pk, code) for code in unit.more_codes if code not in register.by_code
        ]
        plan.more_names += [
            (body.pk, language, name, kind)
            for language, name, kind in names_in(unit, plan.official)
            if (language, fold(name)) not in names.get(body.pk, set())
        ]
        if len(plan.changes) + len(plan.more_codes) + len(plan.more_names) == before:
            plan.unchanged += 1


def _names_of(bodies: Sequence[int]) -> Mapping[int, set[tuple[str, str]]]:
    """The names bodies bear, as language and key."""
    wanted = set(bodies)
    found: dict[int, set[tuple[str, str]]] = {}
    if wanted:
        between = EntityName.objects.filter(
            entity__gte=min(wanted), entity__lte=max(wanted)
        ).order_by()
        for pk, language, key in between.values_list("entity_id", "language", "key"):
            found.setdefault(pk, set()).add((language, key))
    return found


def names_in(unit: Unit, official: OfficialList) -> list[tuple[str, str, str]]:
    """Every name a list gives a unit: language, name, kind."""
    own = (official.origin.language, unit.name, "official")
    return [own, *((other.language, other.name, other.kind) for other in unit.other_names)]


def improvement(
    body: Entity, unit: Unit, parent: int | None, official: OfficialList
) -> Change | None:
    """What a list may change in a body: its own words and the gazetteer's, and what is empty.

    What somebody else wrote about a body stays as it is.
    """
    origin = official.origin
    ours = body.source_title in {origin.title, GAZETTEER}
    now: dict[str, Any] = {}
    if origin.makes_bodies and ours:
        now = {
            "name": unit.name,
            "source_title": origin.title,
            "source_url": unit.source_url or origin.url,
        }
    if unit.population is not None and (ours or body.population is None):
        now["population"] = unit.population
    if parent is not None and parent != body.pk and (ours or body.parent_id is None):
        now["parent_id"] = parent
    now = {name: value for name, value in now.items() if getattr(body, name) != value}
    if not now:
        return None
    return Change(Entity, body.pk, {name: getattr(body, name) for name in now}, now)
