"""Import known partnerships: plan, show, apply; `undo` takes an import back."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from django.contrib.auth.base_user import AbstractBaseUser
from django.utils.translation import gettext as _

from entrecidades.engines.folding import fold
from entrecidades.exchange.models import Batch
from entrecidades.exchange.progress import Progress, silently
from entrecidades.exchange.readers.partnerships import End, PairRow, read_pairs
from entrecidades.exchange.readers.problems import Finding, Problem, problem
from entrecidades.exchange.services.batches import (
    BLOCK,
    Change,
    change,
    chunks,
    keep_batch,
    make,
    writing_alone,
)
from entrecidades.kernel.errors import Refusal
from entrecidades.network.models import Partnership, Place, PlaceName

KIND = "partnerships"
# The surer, the further on the right.
SURENESS = ("", "unlinked", "low", "medium", "high")


class CannotApply(Refusal):
    """The file has problems, so nothing of it is written."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is told about one pair of places; ``pair_id`` is the least of the rows that name it."""

    pair_id: str
    first_year: int | None
    network: str
    confidence: str
    sources: tuple[str, ...]


@dataclass(slots=True)
class PartnershipPlan:
    """What an import of partnerships would do; a person reads it before anything is written.

    ``new`` maps ordered pairs of place keys to what is told of them.
    ``unlinked`` are rows of which an end is not among the places: counted,
    listed and left out. With ``problems`` nothing can be applied.
    """

    file_name: str
    digest: str
    rows: int = 0
    unchanged: int = 0
    new: dict[tuple[int, int], Facts] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    unlinked: list[Problem] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many of each."""
        return {
            "rows": self.rows,
            "new": len(self.new),
            "merged": len(self.changes),
            "unchanged": self.unchanged,
            "not_linked": len({one.row for one in self.unlinked}),
            "problems": len(self.problems),
        }

    def findings(self) -> Iterator[Finding]:
        """What was found, problems first, each as a plain fact."""
        yield from (Finding("!", one) for one in self.problems)
        yield from (Finding("?", one) for one in self.unlinked)

    def lines(self) -> Iterator[str]:
        """The findings in one line each."""
        yield from map(str, self.findings())


def plan_partnerships(source: Path, *, progress: Progress = silently) -> PartnershipPlan:
    """Compare a list of partnerships with the register, writing nothing."""
    progress("read", 0, 1)
    file = read_pairs(Path(source))
    progress("read", 1, 1)
    plan = PartnershipPlan(file.name, file.digest, problems=list(file.problems))
    plan.rows = len(file.pairs)
    progress("link", 0, 1)
    told = _linked(file.pairs, plan)
    progress("link", 1, 1)
    _compare(told, plan)
    return plan


def apply_partnerships(
    plan: PartnershipPlan,
    *,
    by: AbstractBaseUser | None,
    at: datetime,
    progress: Progress = silently,
) -> Batch | None:
    """Carry out a plan, whole or not at all; None when there was nothing to do.

    Raises
    ------
    CannotApply
        When the file has problems.
    OutOfDate
        When the register has changed since the plan was made.
    """
    if plan.problems:
        raise CannotApply(_("The file has problems. Mend them, then import it again."))
    if not plan.new and not plan.changes:
        return None
    progress("write", 0, 1)
    with writing_alone() as writing:
        make(writing, [_row(ends, facts) for ends, facts in sorted(plan.new.items())])
        change(writing, plan.changes)
        batch = keep_batch(
            writing,
            kind=KIND,
            file_name=plan.file_name,
            digest=plan.digest,
            counts=plan.counts(),
            by=by,
            at=at,
        )
    progress("write", 1, 1)
    return batch


def _row(ends: tuple[int, int], facts: Facts) -> Partnership:
    """A new pair."""
    return Partnership(
        one_id=ends[0],
        other_id=ends[1],
        external_id=facts.pair_id,
        first_year=facts.first_year,
        network=facts.network,
        confidence=facts.confidence,
        sources=list(facts.sources),
    )


def _linked(pairs: Iterable[PairRow], plan: PartnershipPlan) -> dict[tuple[int, int], Facts]:
    """What the rows tell, by the two places; rows about the same two are one."""
    links = _Links(pairs)
    told: dict[tuple[int, int], Facts] = {}
    for pair in pairs:
        one, other = (links.find(end, pair.row, plan) for end in pair.ends)
        if one is None or other is None:
            continue
        if one == other:
            said = _("Both names are those of one place")
            remedy = _("Give each end its own number.")
            value = " ↔ ".join(end.name for end in pair.ends)
            plan.problems.append(problem(said, remedy, row=pair.row, value=value))
            continue
        ends = (min(one, other), max(one, other))
        facts = Facts(pair.pair_id, pair.first_year, pair.network, _sureness(pair), pair.sources)
        told[ends] = merged(told[ends], facts) if ends in told else facts
    return told


def _sureness(pair: PairRow) -> str:
    """How sure a pair is; one whose list had not linked it is no surer than a name."""
    return "low" if pair.confidence == "unlinked" else pair.confidence


def merged(one: Facts, other: Facts) -> Facts:
    """What two tellers tell of a pair, whichever of them comes first."""
    years = [year for year in (one.first_year, other.first_year) if year is not None]
    return Facts(
        pair_id=min(one.pair_id, other.pair_id),
        first_year=min(years) if years else None,
        # Agreed one by one is the stronger fact: it holds beside any network.
        network=min(one.network, other.network),
        confidence=max(one.confidence, other.confidence, key=SURENESS.index),
        sources=tuple(sorted({*one.sources, *other.sources})),
    )


class _Links:
    """Which place an end is: by its number, or by a name that only one in the country bears."""

    def __init__(self, pairs: Iterable[PairRow]) -> None:
        ends = [end for pair in pairs for end in pair.ends]
        numbers = {end.geonameid for end in ends if end.geonameid is not None}
        self._by_number: dict[int, tuple[int, str]] = {}
        for some in chunks(numbers):
            rows = Place.objects.filter(geonameid__in=some).order_by()
            for number, pk, country in rows.values_list("geonameid", "pk", "country_id"):
                if number is not None:
                    self._by_number[number] = (pk, country)
        keys = {fold(end.name) for end in ends if end.geonameid is None and end.country}
        self._by_name: dict[tuple[str, str], set[int]] = {}
        for some_keys in chunks(keys):
            self._read_names(some_keys)

    def _read_names(self, keys: list[str]) -> None:
        own = Place.objects.filter(key__in=keys).order_by().values_list("country", "key", "pk")
        others = PlaceName.objects.filter(key__in=keys).order_by()
        named = others.values_list("place__country", "key", "place")
        for country, key, pk in [*own, *named]:
            self._by_name.setdefault((country, key), set()).add(pk)

    def find(self, end: End, row: int, plan: PartnershipPlan) -> int | None:
        """The key of the place; None, and a line in the plan, where it is not certain."""
        if end.geonameid is None:
            found = self._by_name.get((end.country, fold(end.name)), set())
            if len(found) == 1:
                return next(iter(found))
            said = _("No place of this name") if not found else _("Several places of this name")
            plan.unlinked.append(_not_linked(said, end, row))
            return None
        pk, country = self._by_number.get(end.geonameid, (None, ""))
        if pk is None:
            plan.unlinked.append(_not_linked(_("No place with this number"), end, row))
        elif end.country not in {"", country}:
            said = _("The number is that of a place in %s") % country
            remedy = _("Correct the number or the country.")
            value = f"{end.geonameid} {end.name}, {end.country}"
            plan.problems.append(problem(said, remedy, row=row, value=value))
            return None
        return pk


def _not_linked(said: str, end: End, row: int) -> Problem:
    """A row that is left out because an end is not certain."""
    value = ", ".join(str(part) for part in (end.name, end.country, end.geonameid) if part)
    return problem(said, _("Give the place's GeoNames number."), row=row, value=value)


def _compare(told: dict[tuple[int, int], Facts], plan: PartnershipPlan) -> None:
    """Sort what is told into new, changed and unchanged."""
    known: dict[tuple[int, int], Partnership] = {}
    owners: dict[str, tuple[int, int]] = {}
    for row in Partnership.objects.order_by().iterator(BLOCK):
        known[row.one_id, row.other_id] = row
        owners[row.external_id] = (row.one_id, row.other_id)
    for ends, facts in told.items():
        if ends in known:
            _merge(known[ends], facts, plan)
        elif facts.pair_id in owners:
            said = _("This identifier is known for two other places")
            remedy = _("Undo the import that brought it, or give the pair another identifier.")
            plan.problems.append(problem(said, remedy, column="pair_id", value=facts.pair_id))
        else:
            plan.new[ends] = facts


def _merge(row: Partnership, facts: Facts, plan: PartnershipPlan) -> None:
    """Add what is told of a known pair to what is known of it."""
    sources = tuple(row.sources)
    held = Facts(row.external_id, row.first_year, row.network, row.confidence, sources)
    both = merged(held, facts)
    names = ("first_year", "network", "confidence")
    was = {name: getattr(row, name) for name in names} | {"sources": row.sources}
    now = {name: getattr(both, name) for name in names} | {"sources": list(both.sources)}
    differs = {name for name in now if now[name] != was[name]}
    if set(row.sources) == set(both.sources):
        differs.discard("sources")
    if not differs:
        plan.unchanged += 1
        return
    plan.changes.append(
        Change(
            Partnership,
            row.pk,
            {name: was[name] for name in sorted(differs)},
            {name: now[name] for name in sorted(differs)},
        )
    )
