"""Compare an association's list of its members with the register, writing nothing."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from entrecidades.engines.sameplace import Likeness
from entrecidades.exchange.progress import Progress, silently
from entrecidades.exchange.readers.members import MemberRow, read_members
from entrecidades.exchange.readers.problems import Finding, Problem, problem
from entrecidades.exchange.reasons import in_words
from entrecidades.exchange.services.batches import Change, chunks
from entrecidades.exchange.services.member_lists.roll import BODY, Found, Roll, Target
from entrecidades.exchange.services.member_lists.settling import Answers, Settled, settle
from entrecidades.network.choices import Confirmation, MembershipKind
from entrecidades.network.models import Entity, Mandate, Membership, holding

MEMBERS = "members"
#: What a list of members is about; groupings are none of its business.
KINDS = (MembershipKind.MEMBER, MembershipKind.ANNOUNCED)
Known = dict[int, list[Membership]]
#: What a plan was made from: every membership as it was.
Base = frozenset[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class Joiner:
    """Somebody who becomes a member: announced only, where it has to confirm it first."""

    row: int
    target: Target
    since: date | None
    until: date | None
    is_announced: bool


@dataclass(slots=True)
class MemberPlan:
    """What a list of members would do; a person reads it before anything is written.

    ``missing`` are the members that the list does not name, by key; ``ending`` those of them
    whose membership ends. With ``problems`` nothing can be applied; what is ``doubtful`` is
    left out until somebody says who it is.
    """

    association: Entity
    on: date
    file_name: str
    digest: str
    header: Sequence[str] = ()
    cells: Mapping[int, Sequence[str]] = field(default_factory=dict)
    rows: int = 0
    unchanged: int = 0
    joiners: list[Joiner] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    missing: dict[int, str] = field(default_factory=dict)
    ending: list[int] = field(default_factory=list)
    base: Base = frozenset()
    problems: list[Problem] = field(default_factory=list)
    doubts: list[Finding] = field(default_factory=list)
    remarks: list[Finding] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """How many of each."""
        return {
            "rows": self.rows,
            "members": sum(not one.is_announced for one in self.joiners),
            "announced": sum(one.is_announced for one in self.joiners),
            "registered": len({one.target for one in self.joiners if one.target.kind != BODY}),
            "updated": len(self.changes) - len(self.ending),
            "ended": len(self.ending),
            "missing": len(self.missing),
            "unchanged": self.unchanged,
            "doubtful": len(self.doubts),
            "problems": len(self.problems),
        }

    def findings(self) -> Iterator[Finding]:
        """What was found, problems first."""
        yield from (Finding("!", one) for one in self.problems)
        yield from self.doubts
        ends = set(self.ending)
        for key, name in sorted(self.missing.items(), key=lambda one: one[1]):
            said = _("Its membership ends") if key in ends else _("The list does not name it")
            yield Finding("-", problem(said, "", value=name), (), (str(key),))
        yield from self.remarks

    def lines(self) -> Iterator[str]:
        """The findings in one line each."""
        yield from map(str, self.findings())


def plan_members(
    association: Entity,
    source: Path,
    *,
    on: date,
    answers: Answers | None = None,
    progress: Progress = silently,
) -> MemberPlan:
    """Compare a list of an association's members with those the register knows."""
    answers = answers or Answers()
    progress("read", 0, 1)
    file = read_members(source, country=association.country_id)
    progress("read", 1, 1)
    plan = MemberPlan(association, on, file.name, file.digest, file.header, file.cells)
    plan.rows, plan.problems = len(file.rows), list(file.problems)
    plan.remarks = [Finding("~", one) for one in file.remarks]
    known = _known(association)
    plan.base = base_of(one for held in known.values() for one in held)
    roll = Roll({row.country for row in file.rows}, on=on)
    settled = settle(file.rows, roll, known, answers, progress)
    _note_problems(settled, plan)
    plan.doubts = [_doubt(row, found, roll) for row, found in settled.doubtful]
    _compare(settled.certain, roll, known, plan)
    _look_for_missing(settled, known, answers, plan)
    return plan


def memberships_of(association: Entity) -> Iterable[Membership]:
    """Every membership that an association ever had or announced."""
    rows = Membership.objects.filter(group=association, kind__in=KINDS)
    return rows.select_related("member__country").order_by("valid_from", "pk")


def base_of(held: Iterable[Membership]) -> Base:
    """Memberships as values that are compared when a plan is carried out."""
    return frozenset(
        (one.pk, one.member_id, one.kind, one.valid_from, one.valid_to, one.confirmation)
        for one in held
    )


def _known(association: Entity) -> Known:
    known: Known = defaultdict(list)
    for one in memberships_of(association):
        known[one.member_id].append(one)
    return known


def _note_problems(settled: Settled, plan: MemberPlan) -> None:
    """Rows whose id nobody has, and rows that tell twice of one body."""
    for row in settled.unknown:
        said, remedy = _("No body has this id"), _("Copy it from the body’s page, or empty it.")
        plan.problems.append(problem(said, remedy, row=row.row, column="id", value=row.public_id))
    for row, other in settled.twice:
        said = _("Row %d is the same body") % other.row
        remedy = _("Keep one, or give each its own days.")
        plan.problems.append(problem(said, remedy, row=row.row, value=row.name))
    plan.problems.sort(key=lambda one: one.row)


def _doubt(row: MemberRow, found: Found, roll: Roll) -> Finding:
    """A row that is not certain, with those it may be, how likely, and why."""
    said = _("This may be somebody else") if found.ranking else _("Nobody of this name")
    remedy = _("Say who it is, or give its id or its official number.")
    value = f"{row.name}, {row.country}"
    words = [
        f"{roll.words[target]} · {like.score:.2f} · {in_words(_pieces(like))}"
        for target, like in found.ranking
    ]
    keys = tuple(str(target) for target, _like in found.ranking)
    return Finding("?", problem(said, remedy, row=row.row, value=value), tuple(words), keys)


def _pieces(like: Likeness) -> list[dict[str, object]]:
    return [{"piece": one.piece, "number": one.number} for one in like.evidence]


def _compare(
    certain: Sequence[tuple[MemberRow, Target]], roll: Roll, known: Known, plan: MemberPlan
) -> None:
    """Sort those who are certain into new members, other days, and what is known."""
    attended = _attended([target.key for _row, target in certain if target.kind == BODY], plan.on)
    home = plan.association.country_id
    for row, target in certain:
        if target == Target(BODY, plan.association.pk):
            said = _("This is the association itself")
            remedy = _("Take the row out.")
            plan.problems.append(problem(said, remedy, row=row.row, value=row.name))
            continue
        held = _told_of(row, known.get(target.key, []) if target.kind == BODY else [])
        if held is not None:
            _bring_up_to_date(row, held, plan)
        elif target.kind == BODY and known.get(target.key) and row.since is None:
            _ask_since_when(row, plan)
        else:
            announced = target.key in attended if target.kind == BODY else False
            announced = announced or row.country != home
            plan.joiners.append(Joiner(row.row, target, row.since, row.until, announced))
            plan.remarks.append(_joins(row, target, roll, is_announced=announced))


def _attended(keys: Iterable[int], on: date) -> set[int]:
    """The bodies for which somebody acts, who is asked before others read what it shares."""
    found: set[int] = set()
    for some in chunks(list(keys)):
        acting = Mandate.objects.filter(holding(on), entity__in=some)
        found.update(acting.order_by().values_list("entity", flat=True))
    return found


def _told_of(row: MemberRow, known: Sequence[Membership]) -> Membership | None:
    """The membership that a row tells of: that since the same day, or the only one it can be."""
    same = [one for one in known if row.since and one.valid_from == row.since]
    if same:
        return same[-1]
    fits = [one for one in known if _is_meant(row, one)]
    return fits[-1] if fits else None


def _is_meant(row: MemberRow, held: Membership) -> bool:
    """Whether a row that tells no day, or another, may still tell of a membership."""
    is_open = held.valid_to is None
    ends_alike = is_open or held.valid_to == row.until or (row.until and not row.since)
    begins_alike = is_open or row.since is None or held.valid_from is None
    is_later = row.until and held.valid_from and row.until < held.valid_from
    return bool(ends_alike and begins_alike and not is_later)


def _bring_up_to_date(row: MemberRow, held: Membership, plan: MemberPlan) -> None:
    """Give a membership the days that a list tells; what both sides confirmed stays."""
    # Who is named without an end is a member today, whatever ended before.
    end = row.until or (held.valid_to if held.valid_to and held.valid_to >= plan.on else None)
    now = {"valid_from": row.since or held.valid_from, "valid_to": end}
    was = {"valid_from": held.valid_from, "valid_to": held.valid_to}
    if now == was:
        plan.unchanged += 1
    elif held.confirmation == Confirmation.CONFIRMED:
        said = _("Both sides have confirmed other days")
        remedy = _("Say so on the page of the membership, where the member reads it.")
        plan.doubts.append(Finding("?", problem(said, remedy, row=row.row, value=row.name)))
    elif now["valid_from"] and now["valid_to"] and now["valid_to"] < now["valid_from"]:
        said, remedy = _("The membership ends before it begins"), _("Mend one of the two days.")
        plan.problems.append(problem(said, remedy, row=row.row, value=row.name))
    else:
        differing = {name for name in now if now[name] != was[name]}
        plan.changes.append(
            Change(
                Membership,
                held.pk,
                {name: was[name] for name in sorted(differing)},
                {name: now[name] for name in sorted(differing)},
            )
        )
        said = _("Its days change: %(since)s – %(until)s")
        days = {"since": now["valid_from"] or "…", "until": now["valid_to"] or "…"}
        plan.remarks.append(Finding("+", problem(said % days, "", row=row.row, value=row.name)))


def _ask_since_when(row: MemberRow, plan: MemberPlan) -> None:
    said = _("Its membership has ended, and the list names it again")
    remedy = _("Say since when it is a member again.")
    plan.doubts.append(Finding("?", problem(said, remedy, row=row.row, value=row.name)))


def _joins(row: MemberRow, target: Target, roll: Roll, *, is_announced: bool) -> Finding:
    """Who becomes a member, as whom the register knows it."""
    said = _("announced; it is a member when it confirms") if is_announced else _("new member")
    known = roll.words[target]
    return Finding("+", problem(f"{known}: {said}", "", row=row.row, value=row.name))


def _look_for_missing(settled: Settled, known: Known, answers: Answers, plan: MemberPlan) -> None:
    """The members of the day that no row is, or may be; those end about whom somebody said so."""
    named = {target.key for _row, target in settled.certain if target.kind == BODY}
    for _row, found in settled.doubtful:
        named |= {target.key for target, _like in found.ranking if target.kind == BODY}
    for key, memberships in known.items():
        held = [one for one in memberships if _holds(one, plan.on)]
        if key in named or not held:
            continue
        plan.missing[key] = str(held[0].member)
        if answers.ends_on is None or (answers.ending is not None and key not in answers.ending):
            continue
        for one in held:
            if one.valid_from and answers.ends_on < one.valid_from:
                said = _("The membership would end before it began")
                plan.problems.append(problem(said, _("Choose a later day."), value=one.member))
                break
            now = {"valid_to": answers.ends_on}
            plan.changes.append(Change(Membership, one.pk, {"valid_to": one.valid_to}, now))
            plan.ending.append(key)


def _holds(one: Membership, on: date) -> bool:
    """Whether a membership holds on a day and has no end yet."""
    return (one.valid_from is None or one.valid_from <= on) and one.valid_to is None
