"""Bringing a Word file in again: looked at whole, planned, and then carried out or not at all."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.agreements.choices import Act
from entrecidades.agreements.models import Text, Version
from entrecidades.agreements.selectors.files import TEXT
from entrecidades.agreements.services.texts import check_amount, hold, save, tell
from entrecidades.agreements.text_rules import ChangedSince, kept
from entrecidades.agreements.word_faults import NotBroughtIn, sentences, unknown_clause
from entrecidades.agreements.word_plan import Choice, Plan, What, carried_out, plan_of
from entrecidades.audit.services import record
from entrecidades.engines.wording.clauses import Text as Words
from entrecidades.engines.wording.word_in import Reading, Row, read_word
from entrecidades.kernel.editing import differences, filled
from entrecidades.kernel.errors import Refusal


class NotDecided(Refusal):
    """Something is asked that nobody has decided."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file says, once nothing is wrong with it: of which version it is, and its words."""

    number: int
    title: Mapping[str, str]
    rows: Sequence[Row]

    def told(self) -> dict[str, Any]:
        """As JSON knows it."""
        rows = [asdict(row) for row in self.rows]
        return {"number": self.number, "title": dict(self.title), "rows": rows}


def brought_of(told: Mapping[str, Any]) -> Brought:
    """What a file says, from what was told of it."""
    return Brought(told["number"], told["title"], [Row(**row) for row in told["rows"]])


def look_into(text: Text, content: bytes) -> Brought:
    """Read a file that is brought in; nothing is saved by it.

    Raises
    ------
    NotBroughtIn
        With everything that speaks against the file.
    """
    reading = read_word(content)
    problems = [*sentences(reading.faults), *_not_of(text, reading)]
    version = _version_of(text, reading)
    if version:
        plan = plan_of(version.in_words(), text.in_words(), reading.title, reading.rows)
        problems += [unknown_clause(row) for row in plan.unknown]
    if problems or version is None:
        raise NotBroughtIn(problems)
    return Brought(version.number, reading.title, reading.rows)


def plan_for(text: Text, brought: Brought) -> Plan:
    """What a file would change in the text as it stands."""
    version = text.versions.get(number=brought.number)
    return plan_of(version.in_words(), text.in_words(), brought.title, brought.rows)


@transaction.atomic
def bring_in(
    *,
    text: Text,
    brought: Brought,
    choices: Mapping[str, str],
    seen: int,
    by: AbstractBaseUser,
    at: datetime,
) -> Plan:
    """Carry out what a file changes, all of it or nothing.

    ``seen`` is the version of the text whose plan she was shown.

    Raises
    ------
    ValidationError
        `NotAllowed`, `NotWritable`, `ChangedSince` (somebody wrote meanwhile; she sees the plan
        anew), `NotDecided` about a clause that is missing or was changed on both sides, or
        `TooLong`.
    """
    row, party = hold(text, by, at)
    if row.version != seen:
        raise ChangedSince(_("Somebody has written meanwhile. Look at the plan once more."))
    plan = plan_for(row, brought)
    if {*plan.asked} - {*choices}:
        raise NotDecided(_("Decide about every clause that is asked about."))
    there = row.in_words()
    names = {item.key: uuid4().hex for item in plan.items if item.what == What.ADDED}
    decided = {key: Choice(choice) for key, choice in choices.items()}
    now = carried_out(plan, there, decided, names)
    if now == there:
        return plan
    check_amount(len(now.clauses))
    row.title, row.clauses = filled(now.title), [kept(one) for one in now.clauses]
    save(row, at=at)
    changed = _changes(there, now)
    for key, changes in changed.items():
        tell(row, key, changes, party, by)
    record(
        Act.BRING_IN,
        subject=row.agreement,
        by=by,
        body=party.entity,
        number=brought.number,
        changed=len(changed),
        order=row.keys if plan.is_moved else [],
        version=row.version,
    )
    return plan


def _not_of(text: Text, reading: Reading) -> list[str]:
    """That a file is of another text, or of a version that this one does not have."""
    stamp = reading.stamp
    if stamp is None:
        return []
    if (stamp.kind, stamp.key) != (TEXT, text.public_id.hex):
        return [_("The file is of another text. Bring it in where it was taken out.")]
    if _version_of(text, reading) is None:
        return [_("The file says that it is of a version that there is not.")]
    return []


def _version_of(text: Text, reading: Reading) -> Version | None:
    """The version of which a file is."""
    stamp = reading.stamp
    if stamp is None or (stamp.kind, stamp.key) != (TEXT, text.public_id.hex):
        return None
    version = text.versions.filter(number=stamp.version).first()
    return version if version and version.codes == stamp.languages else None


def _changes(was: Words, now: Words) -> dict[str, dict[str, tuple[Any, Any]]]:
    """What changed, clause by clause."""
    before = {one.key: one.units() for one in was.clauses}
    after = {one.key: one.units() for one in now.clauses}
    told = {
        key: differences(before.get(key, {}), after.get(key, {})) for key in {**before, **after}
    }
    return {key: changes for key, changes in told.items() if changes}
