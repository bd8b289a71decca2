"""Approvals of a party are recorded as given or as waived, and reconsidered while that is open."""

from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.agreements.choices import (
    Act,
    AgreementState,
    AgreementStep,
    ApprovalState,
    Stage,
)
from entrecidades.agreements.life import Decision, NotDecided, NotNow, check_decision
from entrecidades.agreements.models import Agreement, Approval
from entrecidades.agreements.services.holding import check_speaks, hear_of, held, tell, tie, untie
from entrecidades.agreements.services.moves import SAVED
from entrecidades.agreements.services.moving import come_into_force
from entrecidades.audit.changes import changes_since, snapshot
from entrecidades.audit.services import record

#: What history tells of an approval; why it was waived is the body's own words, and stays with it.
TOLD = ("state", "deciding_body", "act_number", "decided_on")
#: When an approval of each stage can still be recorded, or reconsidered.
OPEN_WHILE = {
    Stage.SIGNATURE: (AgreementState.APPROVALS,),
    Stage.FORCE: (AgreementState.APPROVALS, AgreementState.SIGNED, AgreementState.REGISTERED),
}


@transaction.atomic
def give_approval(
    *, approval_id: int, decision: Decision, by: AbstractBaseUser, at: datetime
) -> Approval:
    """Record that an approval was given: by which body, by which act, on which day.

    The last one that a signed agreement waited for brings it into force.

    Raises
    ------
    ValidationError
        `NotAllowed`, `NotYourStep`, `NotNow`, or `NotDecided` with every problem.
    """
    agreement, approval = _open(approval_id, by, at)
    check_decision(AgreementStep.RESUME, decision, on=at.date())
    _settle(approval, ApprovalState.GIVEN, decision, by, at)
    _tell_of(agreement, approval, Act.GIVE, by, at)
    return approval


@transaction.atomic
def waive_approval(
    *, approval_id: int, reason: str, by: AbstractBaseUser, at: datetime
) -> Approval:
    """Record that a party does without an approval: who says so, and why.

    Raises
    ------
    ValidationError
        `NotAllowed`, `NotYourStep`, `NotNow`, or `NotDecided` when nothing says why.
    """
    agreement, approval = _open(approval_id, by, at)
    if not reason.strip():
        raise NotDecided(_("Say why."))
    _settle(approval, ApprovalState.WAIVED, Decision(reason=reason.strip()), by, at)
    _tell_of(agreement, approval, Act.WAIVE, by, at)
    return approval


@transaction.atomic
def reconsider_approval(*, approval_id: int, by: AbstractBaseUser, at: datetime) -> Approval:
    """Take back what was recorded of an approval, while nothing rests on it yet.

    Raises
    ------
    ValidationError
        `NotAllowed`, `NotYourStep`, or `NotNow`.
    """
    agreement, approval = _held(approval_id, by, at)
    if approval.state == ApprovalState.OPEN:
        raise NotNow(_("Nothing was recorded yet."))
    untie(approval.document)
    before = snapshot(approval, *TOLD)
    approval.state, approval.settled_by, approval.settled_at = ApprovalState.OPEN, None, None
    _say(approval, Decision())
    record(
        Act.RECONSIDER,
        subject=agreement,
        by=by,
        body=approval.party.entity,
        changes=changes_since(before, approval),
        approval=approval.key,
    )
    hear_of(agreement, at)
    return approval


def _held(approval_id: int, by: AbstractBaseUser, at: datetime) -> tuple[Agreement, Approval]:
    """An approval that may still be recorded, its agreement's row held."""
    rows = Approval.objects.select_related("party__entity")
    agreement = held(rows.get(pk=approval_id).party.agreement_id)
    approval = rows.get(pk=approval_id)
    check_speaks(approval.party, Permission.APPROVE_AGREEMENT, by, at)
    if approval.set_aside_at or agreement.state not in OPEN_WHILE[Stage(approval.stage)]:
        message = _("Impossible while the agreement is “%(state)s”: this approval is settled.")
        raise NotNow(message % {"state": agreement.get_state_display()})
    return agreement, approval


def _open(approval_id: int, by: AbstractBaseUser, at: datetime) -> tuple[Agreement, Approval]:
    """An approval of which nothing is recorded yet; of two people the second is refused."""
    agreement, approval = _held(approval_id, by, at)
    if approval.state != ApprovalState.OPEN:
        raise NotNow(_("Somebody has recorded this already. Reconsider it first."))
    return agreement, approval


def _settle(
    approval: Approval,
    state: ApprovalState,
    decision: Decision,
    by: AbstractBaseUser,
    at: datetime,
) -> None:
    """Write down what became of an approval, and who says so."""
    approval.state, approval.settled_by_id, approval.settled_at = state, by.pk, at
    tie(decision.document)
    _say(approval, decision)


def _say(approval: Approval, decision: Decision) -> None:
    """Let an approval say a decision."""
    approval.deciding_body, approval.act_number = decision.deciding_body, decision.act_number
    approval.decided_on, approval.reason = decision.decided_on, decision.reason
    approval.document = decision.document
    approval.save()


def _tell_of(
    agreement: Agreement, approval: Approval, act: Act, by: AbstractBaseUser, at: datetime
) -> None:
    """Leave the trace, bring into force what waited for this alone, and tell the parties."""
    day: date | None = approval.decided_on
    record(
        act,
        subject=agreement,
        by=by,
        body=approval.party.entity,
        approval=approval.key,
        deciding_body=approval.deciding_body,
        act_number=approval.act_number,
        decided_on=day.isoformat() if day else "",
    )
    come_into_force(agreement, party=approval.party, by=by, at=at)
    hear_of(agreement, at, *SAVED)
    tell(agreement, f"moved:{agreement.state}" if agreement.moved_at == at else "approval")
