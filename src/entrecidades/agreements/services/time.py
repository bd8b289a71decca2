"""What time does to agreements: ends that come near, ends that have come, and long silence."""

from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.permissions import Permission
from entrecidades.agreements.choices import BINDING, Act, AgreementState, AgreementStep
from entrecidades.agreements.life import LIFE, NotNow, due_reminder
from entrecidades.agreements.models import Agreement
from entrecidades.agreements.services.holding import hear_of, held, speaking_for, tell
from entrecidades.agreements.services.moves import SAVED, move
from entrecidades.audit.services import record


@transaction.atomic
def remind_of_end(*, agreement_id: int, at: datetime) -> bool:
    """Let an agreement fall due, and remind its parties once for each of the days of reminding.

    False if somebody renewed or ended it meanwhile, or its parties were reminded already.
    """
    agreement = held(agreement_id)
    ends_on, state = agreement.ends_on, AgreementState(agreement.state)
    ends = ends_on and state in BINDING and agreement.ends_by_itself
    days = due_reminder(ends_on, at.date()) if ends_on and ends else None
    if days is None or (agreement.reminded_days is not None and agreement.reminded_days <= days):
        return False
    agreement.reminded_days = days
    if (state, AgreementStep.FALL_DUE) in LIFE:
        move(agreement, AgreementStep.FALL_DUE, party=None, by=None, at=at)
        agreement.version += 1
    agreement.save(update_fields=[*SAVED, "version"])
    record(Act.REMIND, subject=agreement, by=None, days=days)
    tell(agreement, f"due:{_days_left(ends_on, at)}")
    return True


def _days_left(ends_on: date | None, at: datetime) -> int:
    """How many days there are to the last one."""
    return (ends_on - at.date()).days if ends_on else 0


@transaction.atomic
def let_expire(*, agreement_id: int, at: datetime) -> bool:
    """Let an agreement expire whose last day is over; False if it was renewed meanwhile."""
    agreement = held(agreement_id)
    state, ends_on = AgreementState(agreement.state), agreement.ends_on
    over = ends_on is not None and ends_on < at.date() and agreement.ends_by_itself
    if not over or (state, AgreementStep.EXPIRE) not in LIFE:
        return False
    move(agreement, AgreementStep.EXPIRE, party=None, by=None, at=at)
    agreement.version += 1
    agreement.is_dormant = False
    agreement.save(update_fields=[*SAVED, "version", "is_dormant"])
    tell(agreement, f"moved:{agreement.state}")
    return True


@transaction.atomic
def call_dormant(*, agreement_id: int, at: datetime) -> bool:
    """Flag an agreement of which nothing was heard for a year, and ask its parties about it."""
    silent = Agreement.objects.silent(at).select_for_update(of=("self",))
    agreement = silent.filter(pk=agreement_id).first()
    if agreement is None:
        return False
    agreement.is_dormant = True
    agreement.save(update_fields=["is_dormant"])
    heard = agreement.heard_at.date().isoformat()
    record(Act.CALL_DORMANT, subject=agreement, by=None, heard_on=heard)
    tell(agreement, "dormant")
    return True


@transaction.atomic
def reconfirm(*, agreement_id: int, by: AbstractBaseUser, at: datetime) -> Agreement:
    """A party says that an agreement of which nothing was heard goes on.

    Raises
    ------
    ValidationError
        `NotYourStep`, or `NotNow` when it is not dormant.
    """
    agreement = held(agreement_id)
    party = speaking_for(agreement, Permission.DRAFT_AGREEMENT, by, at)
    if not agreement.is_dormant:
        raise NotNow(_("This agreement is not called dormant."))
    record(Act.RECONFIRM, subject=agreement, by=by, body=party.entity)
    hear_of(agreement, at)
    tell(agreement, "awake")
    return agreement


@transaction.atomic
def hear_of_work(*, agreement_id: int, at: datetime) -> None:
    """A project on an agreement has given a sign of life, and so has the agreement."""
    Agreement.objects.filter(pk=agreement_id, heard_at__lt=at).update(
        heard_at=at, is_dormant=False
    )
