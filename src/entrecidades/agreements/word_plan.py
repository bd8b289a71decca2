"""What a Word file that comes back would change in a text: seen whole before anything is saved.

Three tellings are compared: the version that was taken out (*base*), the text as it stands
(*there*), and the file. What the file leaves as it was stays as it stands; what somebody changed
meanwhile to something else, and a clause that the file no longer has, is for a person to decide.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from entrecidades.agreements.text_rules import placed, with_units
from entrecidades.engines.wording.clauses import Clause, Text
from entrecidades.engines.wording.word_in import Row
from entrecidades.kernel.editing import Units, differences, filled, merge

#: The title, as if it were a clause.
TITLE = "title"


class What(StrEnum):
    """What a file would do to a clause."""

    CHANGED = "changed"
    ADDED = "added"
    MISSING = "missing"
    BROUGHT_BACK = "brought_back"


class Choice(StrEnum):
    """What a person decides about a clause that is asked about: as it stands, or as the file."""

    HERE = "here"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Item:
    """One clause that a file would change; ``is_asked`` where somebody has to decide."""

    key: str
    what: What
    was: Units
    now: Units
    is_asked: bool = False
    after: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that a file would change, and the order that its clauses would have."""

    items: tuple[Item, ...] = ()
    order: tuple[str, ...] = ()
    is_moved: bool = False
    unknown: tuple[int, ...] = ()

    @property
    def asked(self) -> list[str]:
        """The keys about which somebody has to decide."""
        return [item.key for item in self.items if item.is_asked]

    @property
    def is_empty(self) -> bool:
        """Whether the file changes nothing."""
        return not self.items and not self.is_moved


@dataclass(slots=True)
class _Making:
    """A plan while it is made: what was found, and behind what the next new clause stands."""

    items: list[Item] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)
    last: str = ""


def plan_of(base: Text, there: Text, title: Mapping[str, str], rows: Sequence[Row]) -> Plan:
    """What a file with this title and these rows would change in the text as it stands."""
    before = {one.key: one for one in base.clauses}
    now = {one.key: one for one in there.clauses}
    making = _Making()
    _see_title(making, base, there, title)
    for number, row in enumerate(rows, start=1):
        if not row.key:
            _see_new(making, row, number)
        elif row.key not in before:
            making.unknown.append(number)
        else:
            _see_known(making, before[row.key], now.get(row.key), row)
            making.last = row.key
    in_file = {row.key for row in rows}
    for key in (one.key for one in base.clauses if one.key not in in_file and one.key in now):
        making.items.append(Item(key, What.MISSING, now[key].units(), {}, is_asked=True))
    order = _ordered(base, there, [row.key for row in rows if row.key])
    is_moved = list(order) != [one.key for one in there.clauses]
    return Plan(tuple(making.items), order, is_moved, tuple(making.unknown))


def _see_title(making: _Making, base: Text, there: Text, title: Mapping[str, str]) -> None:
    """The title, compared like a clause."""
    titles = [Clause(TITLE, filled(one)) for one in (base.title, there.title)]
    _see_known(making, titles[0], titles[1], Row(TITLE, dict(title), {}))


def _see_new(making: _Making, row: Row, number: int) -> None:
    """A clause that was added in the file; its key until it has one is its place there."""
    units = Clause("", row.heading, row.body).units()
    key = f"new-{number}"
    making.items.append(Item(key, What.ADDED, {}, units, after=making.last))
    making.last = key


def _see_known(making: _Making, base: Clause, there: Clause | None, row: Row) -> None:
    """A clause that was taken out with the file, as it is there now and as it comes back."""
    was, said = base.units(), Clause(base.key, row.heading, row.body).units()
    if there is None:
        if said != was:
            making.items.append(Item(base.key, What.BROUGHT_BACK, {}, said, is_asked=True))
        return
    merged = merge(was, there.units(), said)
    # Where both changed the same words, the file's stand in the place of what is asked about.
    wanted = filled({**merged.values, **{one.unit: one.mine for one in merged.clashes}})
    if differences(there.units(), wanted):
        asked = bool(merged.clashes)
        making.items.append(Item(base.key, What.CHANGED, there.units(), wanted, is_asked=asked))


def _ordered(base: Text, there: Text, keys: Sequence[str]) -> tuple[str, ...]:
    """The order of what is there: the file's, unless somebody has moved clauses meanwhile."""
    now = [one.key for one in there.clauses]
    common = {*keys} & {*now} & {one.key for one in base.clauses}
    was, here, wanted = (
        [key for key in some if key in common]
        for some in ([one.key for one in base.clauses], now, keys)
    )
    if here != was or wanted == was:
        return tuple(now)
    rest = iter(wanted)
    return tuple(next(rest) if key in common else key for key in now)


def carried_out(
    plan: Plan, there: Text, choices: Mapping[str, Choice], names: Mapping[str, str]
) -> Text:
    """The text once a plan is carried out; ``names`` give new clauses the keys they will keep.

    Every clause about which somebody had to decide is in ``choices``.
    """
    clauses = {one.key: one for one in there.clauses}
    order = list(plan.order)
    title = dict(there.title)
    for item in plan.items:
        if item.is_asked and choices[item.key] == Choice.HERE:
            continue
        if item.key == TITLE:
            title = {unit.partition(".")[2]: words for unit, words in item.now.items()}
        elif item.what == What.MISSING:
            del clauses[item.key]
            order.remove(item.key)
        else:
            key = names.get(item.key, item.key)
            if key not in clauses:
                order = placed(order, key, _behind(item, order, names))
            clauses[key] = _saying(clauses.get(key) or Clause(key), item.now)
    return replace(there, title=title, clauses=tuple(clauses[key] for key in order))


def _behind(item: Item, order: Sequence[str], names: Mapping[str, str]) -> str:
    """Behind which clause a new one comes to stand: where it stood in the file, or last."""
    after = names.get(item.after, item.after)
    if after in order or (not after and item.what == What.ADDED):
        return after
    return order[-1] if order else ""


def _saying(clause: Clause, units: Units) -> Clause:
    """A clause that says these units, and nothing else."""
    said: dict[str, Any] = {**dict.fromkeys(clause.units(), ""), **units}
    return with_units(clause, said)
