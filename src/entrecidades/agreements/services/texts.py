"""Writing the text of an agreement together, so that nobody's words are lost."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.agreements.choices import WRITTEN, Act
from entrecidades.agreements.models import Agreement, Party, Text
from entrecidades.agreements.selectors.texts import is_writable, parties_for
from entrecidades.agreements.text_rules import (
    MOST,
    ChangedSince,
    HasText,
    NoSuchClause,
    NotWritable,
    TooLong,
    cleaned,
    kept,
    placed,
    seal_of,
    with_units,
)
from entrecidades.audit.services import record
from entrecidades.engines.wording.clauses import Clause
from entrecidades.kernel.editing import Units, differences, filled, merge
from entrecidades.network.rules import EditedMeanwhile, NotAllowed
from entrecidades.network.services import Seen

#: The title's units, so that a title is edited as a clause is.
TITLE = "title"


@dataclass(frozen=True, slots=True)
class Written:
    """What writing has come to: the text as it is now, and what others had changed meanwhile."""

    text: Text
    changed: tuple[str, ...] = ()
    theirs: tuple[str, ...] = ()


@transaction.atomic
def begin_text(
    *,
    agreement: Agreement,
    title: Mapping[str, str],
    clauses: Iterable[Clause],
    by: AbstractBaseUser,
    at: datetime,
    model: str = "",
) -> Text:
    """Begin the text of an agreement, empty or from a model's clauses; each gets a lasting key.

    Raises
    ------
    ValidationError
        `NotAllowed`, `HasText` already, `NotWritable` (the agreement has gone on), or more than
        a text can keep.
    """
    row = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    party = require_writer(row, by, at)
    if Text.objects.filter(agreement=row).exists():
        raise HasText(_("The text of this agreement was begun already."))
    if row.state not in WRITTEN:
        raise NotWritable(_("The agreement has gone on; its text can no longer be begun here."))
    languages = tuple(row.languages)
    new = [_tidied(replace(one, key=uuid4().hex), languages) for one in clauses]
    check_amount(len(new))
    text = Text.objects.create(
        agreement=row,
        title=filled(_title_units(title, languages)),
        clauses=[kept(one) for one in new],
        model=model,
        begun_at=at,
        saved_at=at,
    )
    record(Act.BEGIN_TEXT, subject=row, by=by, body=party.entity, model=model, clauses=len(new))
    return text


@transaction.atomic
def write_clause(
    *, text: Text, key: str, seen: Seen, said: Units, by: AbstractBaseUser, at: datetime
) -> Written:
    """Let a clause, or the title (``key`` is `TITLE`), say what somebody wrote.

    What only others changed meanwhile is kept; where both changed the same words, nothing is
    saved and both are shown. A check of the same meaning falls away with the words it was of.

    Raises
    ------
    EditedMeanwhile
        When others changed the same words to something else.
    ValidationError
        `NotAllowed`, `NotWritable`, `NoSuchClause` (removed meanwhile), or `TooLong`.
    """
    row, party = hold(text, by, at)
    said = cleaned(said, row.codes)
    there = units_of(row, key)
    base = there if seen.units is None else seen.units
    merged = merge(seen.units, there, {**base, **said})
    if merged.clashes:
        told = _("Somebody else has changed the same meanwhile. Choose what is to stay.")
        raise EditedMeanwhile(told, merged=merged, there=there, version=row.version)
    changes = differences(there, merged.values)
    if changes:
        _say(row, key, {unit: after for unit, (_was, after) in changes.items()})
        save(row, at=at)
        tell(row, key, changes, party, by)
    return Written(row, tuple(changes), merged.theirs_alone)


@transaction.atomic
def add_clause(
    *,
    text: Text,
    after: str,
    said: Units,
    by: AbstractBaseUser,
    at: datetime,
    numbered: bool = True,
) -> Clause:
    """Put a new clause behind another, or first when none is named; its key is its name for ever.

    Raises
    ------
    ValidationError
        `NotAllowed`, `NotWritable`, or `TooLong`.
    """
    row, party = hold(text, by, at)
    check_amount(len(row.clauses) + 1)
    bare = Clause(uuid4().hex, numbered=numbered)
    clause = with_units(bare, cleaned(said, row.codes))
    in_order = placed(row.keys, clause.key, after)
    put(row, [*row.clauses, kept(clause)], in_order)
    save(row, at=at)
    tell(row, clause.key, differences({}, clause.units()), party, by, order=in_order)
    return clause


@transaction.atomic
def remove_clause(*, text: Text, key: str, seal: str, by: AbstractBaseUser, at: datetime) -> Text:
    """Take a clause out; earlier versions keep it. ``seal`` is that of the words she looked at.

    Raises
    ------
    ValidationError
        `NotAllowed`, `NotWritable`, `NoSuchClause`, or `ChangedSince` (it has other words now).
    """
    row, party = hold(text, by, at)
    clause = found(row, key)
    check_seal(clause, row.codes, seal)
    put(row, row.clauses, [one for one in row.keys if one != key])
    save(row, at=at)
    tell(row, key, differences(clause.units(), {}), party, by, order=row.keys)
    return row


@transaction.atomic
def move_clause(*, text: Text, key: str, after: str, by: AbstractBaseUser, at: datetime) -> Text:
    """Put a clause behind another, or first when none is named.

    Raises
    ------
    ValidationError
        `NotAllowed`, `NotWritable`, or `NoSuchClause`.
    """
    row, party = hold(text, by, at)
    found(row, key)
    in_order = placed(row.keys, key, after)
    if in_order != row.keys:
        put(row, row.clauses, in_order)
        save(row, at=at)
        tell(row, key, {}, party, by, order=in_order)
    return row


@transaction.atomic
def number_clause(
    *, text: Text, key: str, numbered: bool, by: AbstractBaseUser, at: datetime
) -> Text:
    """Let a clause bear a number, or none (a preamble, an annex).

    Raises
    ------
    ValidationError
        `NotAllowed`, `NotWritable`, or `NoSuchClause`.
    """
    row, party = hold(text, by, at)
    clause = found(row, key)
    if clause.numbered != numbered:
        swap(row, replace(clause, numbered=numbered))
        save(row, at=at)
        tell(row, key, {"numbered": (clause.numbered, numbered)}, party, by)
    return row


def hold(text: Text, by: AbstractBaseUser, at: datetime) -> tuple[Text, Party]:
    """The text's row, held while it is written, and the party for which she writes.

    Raises
    ------
    ValidationError
        `NotAllowed`, or `NotWritable`.
    """
    row = locked(text)
    party = require_writer(row.agreement, by, at)
    if not is_writable(row):
        raise NotWritable(
            _("The text is agreed, or the agreement has gone on: its words stay as they are.")
        )
    return row, party


def locked(text: Text) -> Text:
    """The agreement's row and the text's, held: no step of its life passes a word by."""
    Agreement.objects.select_for_update(of=("self",)).get(pk=text.agreement_id)
    return Text.objects.select_for_update(of=("self",)).select_related("agreement").get(pk=text.pk)


def require_writer(agreement: Agreement, by: AbstractBaseUser, at: datetime) -> Party:
    """The bound party for which she writes, the drafter first; refuse who writes for none."""
    hers = parties_for(agreement, by, Permission.DRAFT_AGREEMENT, on=at.date())
    bound = [party for party in hers if party.is_bound]
    if not bound:
        raise NotAllowed(_("Your role does not allow this for the parties of the agreement."))
    return bound[0]


def units_of(text: Text, key: str) -> dict[str, Any]:
    """What a clause, or the title, says now."""
    if key == TITLE:
        return filled({f"heading.{code}": words for code, words in text.title.items()})
    return found(text, key).units()


def found(text: Text, key: str) -> Clause:
    """The clause with a key; refuse one that is not there."""
    clause = text.clause(key)
    if clause is None:
        raise NoSuchClause(_("This clause is not in the text, or was taken out meanwhile."))
    return clause


def check_seal(clause: Clause, languages: Sequence[str], seal: str) -> None:
    """Refuse to judge words that she was not shown."""
    if seal_of(clause, languages) != seal:
        raise ChangedSince(
            _("Somebody has changed this clause since you looked at it. Read it once more.")
        )


def swap(text: Text, clause: Clause) -> None:
    """Let a clause be another in its place; nothing is saved by it."""
    text.clauses = [kept(clause) if one["key"] == clause.key else one for one in text.clauses]


def put(text: Text, clauses: Sequence[dict[str, Any]], keys: Sequence[str]) -> None:
    """Let the text have these clauses of some, in this order; nothing is saved by it."""
    by_key = {one["key"]: one for one in clauses}
    text.clauses = [by_key[key] for key in keys]


def unseal(text: Text) -> int | None:
    """Let nobody's yes to a text count any more; the number of the version that was agreed."""
    if text.agreed is None:
        return None
    number = text.agreed.number
    text.agreed.consents.all().delete()
    text.agreed = None
    text.save(update_fields=["agreed"])
    return number


def save(text: Text, *, at: datetime) -> None:
    """Save a text, and count one version more."""
    text.saved_at = at
    text.version += 1
    text.save(update_fields=["title", "clauses", "saved_at", "version"])


def tell(
    text: Text,
    key: str,
    changes: Mapping[str, tuple[Any, Any]],
    party: Party,
    by: AbstractBaseUser,
    **facts: Any,
) -> None:
    """Leave the one trace of a change to a clause, or to the title."""
    record(
        Act.EDIT_TEXT,
        subject=text.agreement,
        by=by,
        body=party.entity,
        changes=changes,
        clause=key,
        version=text.version,
        **facts,
    )


def _say(text: Text, key: str, changed: Units) -> None:
    """Let a clause or the title say these units instead; nothing is saved by it."""
    if key == TITLE:
        said = {unit.partition(".")[2]: words for unit, words in changed.items()}
        text.title = filled({**text.title, **said})
        return
    swap(text, with_units(found(text, key), changed))


def _title_units(title: Mapping[str, str], languages: Sequence[str]) -> dict[str, str]:
    """A title as a text keeps it."""
    units = cleaned({f"heading.{code}": title.get(code, "") for code in languages}, languages)
    return {unit.partition(".")[2]: words for unit, words in units.items()}


def _tidied(clause: Clause, languages: Sequence[str]) -> Clause:
    """A clause as a text keeps it, in the languages of the text only."""
    units = {
        unit: words
        for unit, words in clause.units().items()
        if unit.partition(".")[2] in languages
    }
    return with_units(Clause(clause.key, numbered=clause.numbered), cleaned(units, languages))


def check_amount(count: int) -> None:
    """Refuse more clauses than a text can have."""
    if count > MOST:
        raise TooLong(_("A text has at most %(most)d clauses.") % {"most": MOST})
