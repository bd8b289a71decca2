"""An agreement is led one step on, and the last step taken back while nothing followed it."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.agreements.choices import (
    SIGNED,
    Act,
    AgreementState,
    AgreementStep,
    PartyRole,
    Stage,
)
from entrecidades.agreements.life import (
    BY_ADDENDUM,
    BY_EACH,
    LIFE,
    TAKEN_WITH,
    Decision,
    NothingToUndo,
    NotNow,
    NotYourStep,
    check_decision,
)
from entrecidades.agreements.models import Agreement, AgreementMove, Party, Text
from entrecidades.agreements.selectors.life import (
    bound_parties,
    last_moves,
    missing_approvals,
    standing_approvals,
)
from entrecidades.agreements.services.amending import carry_over, take_changes_back
from entrecidades.agreements.services.holding import (
    check_speaks,
    hear_of,
    held,
    speaking_for,
    tell,
    unsign,
    untie,
)
from entrecidades.agreements.services.moves import MOVED, NOTHING, SAVED, move
from entrecidades.agreements.services.texts import unseal
from entrecidades.audit.changes import changes_since, snapshot
from entrecidades.audit.services import record
from entrecidades.kernel.lives import next_state
from entrecidades.network.choices import Visibility


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
    if step in BY_ADDENDUM:
        raise NotYourStep(_("An addendum does this, when it comes into force."))
    if step == AgreementStep.RENEW and not agreement.ends_by_itself:
        raise NotNow(_("An addendum is not renewed: renew what it amends, or amend it again."))
    check_decision(step, decision, on=at.date(), ends_on=agreement.ends_on)
    move(agreement, step, party=party, by=by, at=at, decision=decision)
    hear_of(agreement, at, *SAVED)
    carry_over(agreement, by=by, at=at)
    if step == AgreementStep.REOPEN and (text := Text.objects.filter(agreement=agreement).first()):
        unseal(text)
    tell(agreement, f"moved:{agreement.state}")
    return agreement


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
        carry_over(agreement, by=by, at=at)


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
    if any(moved.step == AgreementStep.ENTER_INTO_FORCE for moved in moves):
        take_changes_back(agreement, by=by, at=at)
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
