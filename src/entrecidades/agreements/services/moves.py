"""One step of an agreement whose row is held: what it rests on, what it brings, its record."""

from datetime import date, datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser

from entrecidades.agreements.choices import (
    Act,
    AgreementState,
    AgreementStep,
    ApprovalState,
    PartyRole,
    Stage,
)
from entrecidades.agreements.life import LIFE, Decision, check_missing, check_term
from entrecidades.agreements.models import Agreement, AgreementMove, Party, Signatory
from entrecidades.agreements.selectors.life import (
    missing_approvals,
    standing_approvals,
    unsigned_parties,
)
from entrecidades.agreements.services.approvals_asked import ask_for_approvals
from entrecidades.agreements.services.holding import tie, unsign
from entrecidades.audit.changes import changes_since, snapshot
from entrecidades.audit.services import record
from entrecidades.kernel.lives import next_state

MOVED = ("state", "signed_on", "in_force_from", "ends_on", "visibility")
#: What the row keeps of a step; of reminders history need not tell.
SAVED = (*MOVED, "moved_at", "reminded_days")
NOTHING = Decision()


def move(
    agreement: Agreement,
    step: AgreementStep,
    *,
    party: Party | None,
    by: AbstractBaseUser | None,
    at: datetime,
    decision: Decision = NOTHING,
    signatory: Signatory | None = None,
) -> AgreementMove:
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
    return moved


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
        check_term(agreement.in_force_from, agreement.ends_on)
    elif step in (AgreementStep.RENEW, AgreementStep.EXTEND):
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
