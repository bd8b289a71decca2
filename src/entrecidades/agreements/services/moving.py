"""An agreement is led one step on, and the last step taken back while nothing followed it."""

from datetime import date, datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.agreements.choices import (
    SIGNED,
    Act,
    AgreementState,
    AgreementStep,
    ApprovalState,
    PartyRole,
    Stage,
)
from entrecidades.agreements.life import (
    BY_EACH,
    LIFE,
    TAKEN_WITH,
    Decision,
    NothingToUndo,
    NotYourStep,
    check_decision,
    check_missing,
)
from entrecidades.agreements.models import Agreement, AgreementMove, Party, Signatory, Text
from entrecidades.agreements.selectors.life import (
    bound_parties,
    last_moves,
    missing_approvals,
    standing_approvals,
    unsigned_parties,
)
from entrecidades.agreements.services.approvals_asked import ask_for_approvals
from entrecidades.agreements.services.holding import (
    check_speaks,
    hear_of,
    held,
    speaking_for,
    tell,
    tie,
    unsign,
    untie,
)
from entrecidades.agreements.services.texts import unseal
from entrecidades.audit.changes import changes_since, snapshot
from entrecidades.audit.services import record
from entrecidades.kernel.lives import next_state
from entrecidades.network.choices import Visibility

MOVED = ("state", "signed_on", "in_force_from", "ends_on", "visibility")
#: What the row keeps of a step; of reminders history need not tell.
SAVED = (*MOVED, "moved_at", "reminded_days")
NOTHING = Decision()


@transaction.atomic
def take_agreement_step(
    *,
    agreement_id: int,
    step: AgreementStep,
    by: AbstractBaseUser | None,
    at: datetime,
    decision: Decision = NOTHING,
) -> Agreement:
    """Lead an agreement one step on, if it is possible, decided, and the person's to take.

    The row is locked before it is read: of two people the second is refused. ``by`` is None
    when the house itself acts, for the steps that time takes.

    Raises
    ------
    ValidationError
        `IllegalStep`, `NotYourStep`, `NotDecided` or `NotReady`; each sentence is for the
        person who asked.
    """
    agreement = held(agreement_id)
    next_state(LIFE, AgreementState(agreement.state), step)
    party = None
    if by is not None and step in TAKEN_WITH:
        party = speaking_for(agreement, TAKEN_WITH[step], by, at)
    elif by is not None or step in TAKEN_WITH:
        raise NotYourStep(_("Time alone takes this step, or nobody but a party does."))
    if step in BY_EACH:
        raise NotYourStep(_("Each party does this for itself; it is recorded one by one."))
    check_decision(step, decision, on=at.date(), ends_on=agreement.ends_on)
    move(agreement, step, party=party, by=by, at=at, decision=decision)
    hear_of(agreement, at, *SAVED)
    if step == AgreementStep.REOPEN and (text := Text.objects.filter(agreement=agreement).first()):
        unseal(text)
    tell(agreement, f"moved:{agreement.state}")
    return agreement


def move(
    agreement: Agreement,
    step: AgreementStep,
    *,
    party: Party | None,
    by: AbstractBaseUser | None,
    at: datetime,
    decision: Decision = NOTHING,
    signatory: Signatory | None = None,
) -> None:
    """Lead an agreement whose row is held one step on; the caller saves it, and tells of it."""
    was, before = AgreementState(agreement.state), snapshot(agreement, *MOVED)
    now = next_state(LIFE, was, step)
    _check_ready(agreement, step)
    moved = _as_it_was(agreement, step, now, decision, at)
    moved.entity, moved.signatory = party.entity if party else None, signatory
    agreement.state, agreement.moved_at = now, at
    _follow(agreement, step, decision, at=at)
    tie(decision.document)
    moved.save()
    record(
        Act.STEP,
        subject=agreement,
        by=by,
        body=moved.entity,
        changes=changes_since(before, agreement),
        step=step,
        was=was,
        now=now,
        **_told(decision),
    )


def _as_it_was(
    agreement: Agreement,
    step: AgreementStep,
    now: AgreementState,
    decision: Decision,
    at: datetime,
) -> AgreementMove:
    """A step with what was decided, and the days of the agreement before it."""
    return AgreementMove(
        agreement=agreement,
        step=step,
        was=agreement.state,
        now=now,
        was_signed_on=agreement.signed_on,
        was_in_force_from=agreement.in_force_from,
        was_ends_on=agreement.ends_on,
        version=agreement.version + 1,
        at=at,
        deciding_body=decision.deciding_body,
        act_number=decision.act_number,
        decided_on=decision.decided_on,
        reason=decision.reason,
        document=decision.document,
    )


def _told(decision: Decision) -> dict[str, Any]:
    """What history keeps of a decision, as far as there was one."""
    told = {
        "deciding_body": decision.deciding_body,
        "act_number": decision.act_number,
        "decided_on": decision.decided_on.isoformat() if decision.decided_on else "",
        "document": decision.document.pk if decision.document else "",
    }
    return {name: value for name, value in told.items() if value}


def _check_ready(agreement: Agreement, step: AgreementStep) -> None:
    """Refuse to go on while what the step rests on is not there."""
    if step == AgreementStep.SIGN:
        check_missing(missing_approvals(agreement, [Stage.SIGNATURE]), unsigned_parties(agreement))
    if step in (AgreementStep.ENTER_INTO_FORCE, AgreementStep.RESUME):
        check_missing(missing_approvals(agreement, Stage), unsigned_parties(agreement))


def _follow(
    agreement: Agreement, step: AgreementStep, decision: Decision, *, at: datetime
) -> None:
    """What a step brings with it: days, approvals that are asked for or set aside."""
    if step == AgreementStep.SEEK_APPROVALS:
        ask_for_approvals(agreement)
    elif step == AgreementStep.REOPEN:
        standing_approvals(agreement).update(set_aside_at=at)
        agreement.parties.update(agreed_at=None)
        for signatory in Signatory.objects.filter(party__agreement=agreement):
            unsign(signatory)
    elif step == AgreementStep.SIGN:
        agreement.signed_on = _last_signed(agreement)
    elif step == AgreementStep.ENTER_INTO_FORCE:
        agreement.in_force_from = agreement.in_force_from or _ready_on(agreement)
    elif step == AgreementStep.RENEW:
        agreement.ends_on, agreement.reminded_days = decision.ends_on, None
    elif step == AgreementStep.TERMINATE and decision.decided_on:
        begun = agreement.in_force_from or decision.decided_on
        agreement.ends_on = max(begun, decision.decided_on)


def _last_signed(agreement: Agreement) -> date | None:
    """The day of the last signature."""
    days = Signatory.objects.filter(party__agreement=agreement, party__role=PartyRole.PARTY)
    return max((day for day in days.values_list("signed_on", flat=True) if day), default=None)


def _ready_on(agreement: Agreement) -> date | None:
    """The day on which the last signature or approval was there."""
    given = standing_approvals(agreement).filter(state=ApprovalState.GIVEN)
    days = [day for day in given.values_list("decided_on", flat=True) if day]
    return max([*days, *([agreement.signed_on] if agreement.signed_on else [])], default=None)


def go_on_with_the_text(
    agreement: Agreement, *, party: Party, by: AbstractBaseUser, at: datetime
) -> None:
    """Lead an agreement on to whose text all have agreed."""
    agreement.parties.filter(role=PartyRole.PARTY, agreed_at=None).update(agreed_at=at)
    move(agreement, AgreementStep.AGREE_TEXT, party=party, by=by, at=at)
    hear_of(agreement, at, *SAVED)
    tell(agreement, f"moved:{agreement.state}")


def come_into_force(
    agreement: Agreement, *, party: Party, by: AbstractBaseUser, at: datetime
) -> None:
    """Bring a signed agreement into force once nothing is missing any more; else it waits."""
    waiting = (AgreementState.SIGNED, AgreementState.REGISTERED)
    if agreement.state in waiting and not missing_approvals(agreement, Stage):
        move(agreement, AgreementStep.ENTER_INTO_FORCE, party=party, by=by, at=at)


@transaction.atomic
def undo_agreement_step(*, agreement_id: int, by: AbstractBaseUser, at: datetime) -> Agreement:
    """Take the last step back: the state, the days and what came with it are as before.

    Raises
    ------
    ValidationError
        When there is no step to undo or something followed it (`NothingToUndo`), or the step
        would not have been the person's to take (`NotYourStep`).
    """
    agreement = held(agreement_id)
    moves = last_moves(agreement)
    if not moves:
        raise NothingToUndo(_("There is no step to take back, or something has followed it."))
    party = bound_parties(agreement).get(entity=moves[0].entity_id)
    check_speaks(party, TAKEN_WITH[AgreementStep(moves[0].step)], by, at)
    before = snapshot(agreement, *MOVED)
    for moved in moves:
        _take_back(agreement, moved, at)
    if agreement.state not in SIGNED:
        agreement.visibility = min(agreement.visibility, Visibility.OVERSIGHT)
    agreement.moved_at = at
    hear_of(agreement, at, *SAVED)
    record(
        Act.UNDO,
        subject=agreement,
        by=by,
        body=party.entity,
        changes=changes_since(before, agreement),
        steps=[moved.step for moved in moves],
    )
    tell(agreement, f"moved:{agreement.state}")
    return agreement


def _take_back(agreement: Agreement, moved: AgreementMove, at: datetime) -> None:
    """What one step brought with it is as before."""
    agreement.state = moved.was
    agreement.signed_on = moved.was_signed_on
    agreement.in_force_from = moved.was_in_force_from
    agreement.ends_on = moved.was_ends_on
    if moved.step == AgreementStep.SEEK_APPROVALS:
        standing_approvals(agreement).delete()
    elif moved.step == AgreementStep.AGREE_TEXT:
        agreement.parties.filter(entity=moved.entity_id).update(agreed_at=None)
    elif moved.step == AgreementStep.SIGN and moved.signatory:
        unsign(moved.signatory)
    untie(moved.document)
    moved.undone_at = at
    moved.save(update_fields=["undone_at"])
