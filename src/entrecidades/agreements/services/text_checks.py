"""What the sides find of a text: the same meaning, a version, their yes; and remarks on it."""

from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.agreements.choices import WRITTEN, Act, AgreementState, RemarkState
from entrecidades.agreements.models import Consent, Party, Remark, SameMeaning, Text, Version
from entrecidades.agreements.selectors.texts import (
    checked,
    is_numbered,
    is_writable,
    latest_version,
    parties_of,
)
from entrecidades.agreements.services.holding import held, tell
from entrecidades.agreements.services.moving import go_on_with_the_text
from entrecidades.agreements.services.texts import (
    check_seal,
    found,
    hold,
    locked,
    require_writer,
    unseal,
)
from entrecidades.agreements.text_rules import (
    NOTE,
    REMARK,
    NotAParty,
    NotChecked,
    NothingNew,
    NotTheLatest,
    NotWhole,
    NotWritable,
    Settled,
    TooLong,
    check_whole,
)
from entrecidades.audit.services import record
from entrecidades.engines.wording.clauses import digest, gaps, tidy
from entrecidades.network.selectors import require


@transaction.atomic
def check_meaning(
    *, text: Text, key: str, party: Party, seal: str, by: AbstractBaseUser, at: datetime
) -> SameMeaning:
    """Note for a party that a clause means the same in every language, in the words she read.

    Raises
    ------
    ValidationError
        `NotAllowed`, `NotAParty`, `NotWritable`, `NoSuchClause`, `ChangedSince` (it has other
        words than she read), or `NotWhole` (a language is missing, or a blank is open).
    """
    row = _writable(text)
    party = _bound(row, party)
    require(by, Permission.DRAFT_AGREEMENT, party.entity, on=at.date())
    clause = found(row, key)
    check_seal(clause, row.codes, seal)
    if gaps(clause, row.codes):
        raise NotWhole(_("A language is missing in this clause, or a blank is still open."))
    mark, _is_new = SameMeaning.objects.update_or_create(
        text=row,
        key=key,
        party=party,
        defaults={"seal": seal, "checked_by_id": by.pk, "checked_at": at},
    )
    _tell(Act.CHECK_MEANING, row, party, by, clause=key, seal=seal, holds=True)
    return mark


@transaction.atomic
def take_check_back(
    *, text: Text, key: str, party: Party, by: AbstractBaseUser, at: datetime
) -> None:
    """Take back that a clause means the same in every language.

    Raises
    ------
    ValidationError
        `NotAllowed`, `NotAParty`, or `NotWritable`.
    """
    row = _writable(text)
    party = _bound(row, party)
    require(by, Permission.DRAFT_AGREEMENT, party.entity, on=at.date())
    gone, _kinds = SameMeaning.objects.filter(text=row, key=key, party=party).delete()
    if gone:
        _tell(Act.CHECK_MEANING, row, party, by, clause=key, holds=False)


@transaction.atomic
def number_version(*, text: Text, note: str, by: AbstractBaseUser, at: datetime) -> Version:
    """Give the text as it stands a number and a hash, for ever, and promise the parties a letter.

    Raises
    ------
    ValidationError
        `NotAllowed`, `NotWritable`, `NothingNew` since the last version, or `TooLong` a note.
    """
    row, party = hold(text, by, at)
    last = latest_version(row)
    if not row.clauses:
        raise NotWhole(_("The text has no clause yet."))
    if is_numbered(row, last):
        raise NothingNew(_("Nothing has changed since version %d.") % (last.number if last else 0))
    words = tidy(note)
    if len(words) > NOTE:
        raise TooLong(_("The note is longer than %d letters.") % NOTE)
    version = Version.objects.create(
        text=row,
        number=last.number + 1 if last else 1,
        title=row.title,
        clauses=row.clauses,
        languages=list(row.codes),
        digest=digest(row.in_words()),
        note=words,
        entity=party.entity,
        numbered_by_id=by.pk,
        numbered_at=at,
    )
    facts = {"number": version.number, "digest": version.digest}
    _tell(Act.NUMBER_VERSION, row, party, by, **facts)
    tell(row.agreement, f"numbered:{version.number}")
    return version


@transaction.atomic
def agree_to_text(
    *, version: Version, party: Party, by: AbstractBaseUser, at: datetime
) -> Version:
    """Say yes to a version for a party. When all have, it is the agreed text, and stays so.

    An agreement that is being negotiated goes on with it.

    Raises
    ------
    ValidationError
        `NotAllowed`, `NotAParty`, `NotWritable`, `NotTheLatest`, `NotWhole`, or `NotChecked`
        (where there are two languages, her own side has checked every clause).
    """
    row = _writable(version.text)
    party = _bound(row, party)
    require(by, Permission.DRAFT_AGREEMENT, party.entity, on=at.date())
    last = latest_version(row)
    if last is None or last.pk != version.pk or not is_numbered(row, last):
        raise NotTheLatest(
            _("The text has changed since version %d. Read the latest first.") % version.number
        )
    told = checked(row, [party])
    check_whole(row.in_words(), [one.name for one in told if one.gaps])
    unchecked = [one.name for one in told if not one.by]
    if unchecked and len(row.codes) > 1:
        said = _("Check first that these clauses mean the same in both languages: %(clauses)s.")
        raise NotChecked(said % {"clauses": ", ".join(unchecked)})
    Consent.objects.get_or_create(
        version=last, party=party, defaults={"said_by_id": by.pk, "said_at": at}
    )
    facts: dict[str, Any] = {"number": last.number, "digest": last.digest}
    said_yes = {*last.consents.values_list("party", flat=True)}
    if {one.pk for one in parties_of(row.agreement)} <= said_yes:
        row.agreed = last
        row.save(update_fields=["agreed"])
        facts["agreed"] = True
    _tell(Act.AGREE_TO_TEXT, row, party, by, **facts)
    agreement = held(row.agreement_id)
    if row.agreed and agreement.state == AgreementState.NEGOTIATING:
        go_on_with_the_text(agreement, party=party, by=by, at=at)
    else:
        tell(agreement, "agreed")
    return last


@transaction.atomic
def reopen_text(*, text: Text, by: AbstractBaseUser, at: datetime) -> Text:
    """Let an agreed text be written again; every party will have to say yes anew.

    Raises
    ------
    ValidationError
        `NotAllowed`, or `NotWritable` (the agreement has gone on; first it is led back).
    """
    row = locked(text)
    party = require_writer(row.agreement, by, at)
    if row.agreement.state not in WRITTEN:
        raise NotWritable(_("Lead the agreement back to its text first."))
    if (number := unseal(row)) is not None:
        _tell(Act.REOPEN_TEXT, row, party, by, number=number)
    return row


@transaction.atomic
def remark_on(
    *,
    text: Text,
    key: str,
    party: Party,
    words: str,
    language: str,
    by: AbstractBaseUser,
    at: datetime,
) -> Remark:
    """Remark on a clause for a body that takes part, bound or accompanying.

    Raises
    ------
    ValidationError
        `NotAllowed`, `NotAParty`, `NoSuchClause`, `TooLong`, or nothing said.
    """
    row = locked(text)
    if party.agreement_id != row.agreement_id:
        raise NotAParty(_("This body takes no part in the agreement."))
    require(by, Permission.DRAFT_AGREEMENT, party.entity, on=at.date())
    found(row, key)
    said = tidy(words)
    if len(said) > REMARK:
        raise TooLong(_("The remark is longer than %d letters.") % REMARK)
    remark = Remark(
        text=row,
        key=key,
        entity=party.entity,
        words=said,
        language=language,
        written_by_id=by.pk,
        written_at=at,
    )
    remark.full_clean()
    remark.save()
    _tell(Act.REMARK, row, party, by, clause=key, remark=remark.pk)
    return remark


@transaction.atomic
def settle_remark(
    *, remark: Remark, state: RemarkState, by: AbstractBaseUser, at: datetime
) -> Remark:
    """Say what became of a remark: taken up in the text, or closed without a change.

    Raises
    ------
    ValidationError
        `NotAllowed`, or `Settled` already.
    """
    row = locked(remark.text)
    party = require_writer(row.agreement, by, at)
    held = Remark.objects.select_for_update(of=("self",)).get(pk=remark.pk)
    if held.state != RemarkState.OPEN or state == RemarkState.OPEN:
        raise Settled(_("This remark was settled already."))
    held.state, held.settled_by_id, held.settled_at = state, by.pk, at
    held.save(update_fields=["state", "settled_by", "settled_at"])
    _tell(Act.SETTLE_REMARK, row, party, by, remark=held.pk, state=state)
    return held


def _writable(text: Text) -> Text:
    """The text's row, held; refuse one whose words stay as they are."""
    row = locked(text)
    if not is_writable(row):
        raise NotWritable(_("The text is agreed, or the agreement has gone on."))
    return row


def _bound(text: Text, party: Party) -> Party:
    """The party as its row is; refuse one of another agreement, and one that is not bound."""
    row = text.agreement.parties.select_related("entity").filter(pk=party.pk).first()
    if row is None or not row.is_bound:
        raise NotAParty(_("Only a party that is bound can say this of the text."))
    return row


def _tell(act: Act, text: Text, party: Party, by: AbstractBaseUser, **facts: Any) -> None:
    """Leave one trace on the agreement."""
    record(act, subject=text.agreement, by=by, body=party.entity, **facts)
