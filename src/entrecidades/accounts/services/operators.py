"""Who runs the instance: rights are asked for by one operator and given by another."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.choices import Act, Change, Matter, NominationState
from entrecidades.accounts.models import Nomination, Person
from entrecidades.accounts.rules import LEAST_REASON, NotAnOperator, NotAnotherOperator, NotNow
from entrecidades.accounts.services.credentials import revoke_credentials, tell_of_change
from entrecidades.accounts.services.people import make_operator
from entrecidades.audit.services import record
from entrecidades.kernel.errors import Refusal


@transaction.atomic
def nominate(*, person: Person, reason: str, by: Person, at: datetime) -> Nomination:
    """An operator asks that somebody becomes one; another decides.

    Raises
    ------
    NotAnOperator
        Somebody else asks.
    NotNow
        She is one already, or it has been asked.
    Refusal
        The reason says too little.
    """
    held = _held(person, by=by)
    if held.is_staff or not held.is_active:
        raise NotNow(_("She is an operator already, or her account does not open."))
    made = _asked(held, Matter.OPERATOR, reason, by=by, at=at)
    record(Act.NOMINATE, subject=held, by=by, nomination=made.pk)
    return made


@transaction.atomic
def ask_to_remove_proofs(*, person: Person, reason: str, by: Person, at: datetime) -> Nomination:
    """An operator asks that somebody's lost passkeys and app no longer stand before her account.

    Another operator decides. She is told by letter at once: if it was not she who asked, she
    can say so before anything has happened.

    Raises
    ------
    NotAnOperator
        Somebody else asks.
    NotNow
        She has no second proof, her account opens no more, or it has been asked.
    NotAnotherOperator
        She asks for herself.
    Refusal
        The reason says too little.
    """
    held = _held(person, by=by)
    if held.pk == by.pk:
        raise NotAnotherOperator(_("Other operators do this for you."))
    if not held.is_active or not Authenticator.objects.filter(user=held).exists():
        raise NotNow(_("She has neither passkey nor app, or her account does not open."))
    made = _asked(held, Matter.PROOFS, reason, by=by, at=at)
    record(Act.ASK_PROOFS, subject=held, by=by, nomination=made.pk)
    tell_of_change(person=held, change=Change.PROOFS_ASKED)
    return made


def _held(person: Person, *, by: Person) -> Person:
    """Her row, under its lock, for an operator."""
    require_operator(by)
    return Person.objects.select_for_update(of=("self",)).get(pk=person.pk)


def _asked(held: Person, matter: Matter, reason: str, *, by: Person, at: datetime) -> Nomination:
    """One question at a time about one matter, with a reason that can be read later."""
    waiting = Nomination.objects.filter(person=held, matter=matter, state=NominationState.WAITING)
    if waiting.exists():
        raise NotNow(_("This has been asked; another operator decides."))
    if len(reason.strip()) < LEAST_REASON:
        raise Refusal(_("Say why, in a sentence: the other operator reads it."))
    return Nomination.objects.create(
        person=held, matter=matter, asked_by=by, reason=reason.strip(), asked_at=at
    )


@transaction.atomic
def decide_nomination(
    *, nomination: Nomination, grant: bool, by: Person, at: datetime
) -> Nomination:
    """Another operator says yes, and it is so from now on and she is told by letter; or no.

    Whoever asked may take it back by saying no.

    Raises
    ------
    NotAnOperator
        Somebody else decides.
    NotAnotherOperator
        The one who asked, or she herself, says yes.
    NotNow
        It is decided already, or her account opens no more.
    """
    require_operator(by)
    rows = Nomination.objects.select_for_update(of=("self",)).select_related("person")
    held = rows.get(pk=nomination.pk)
    if held.state != NominationState.WAITING:
        raise NotNow(_("This is decided already."))
    if grant and by.pk in {held.asked_by_id, held.person_id}:
        raise NotAnotherOperator(_("Another operator has to agree; nobody gives rights alone."))
    if grant and not held.person.is_active:
        raise NotNow(_("Her account opens no more."))
    held.state = NominationState.GRANTED if grant else NominationState.DECLINED
    held.decided_by, held.decided_at = by, at
    held.save(update_fields=["state", "decided_by", "decided_at"])
    if grant:
        GRANTED[Matter(held.matter)](held.person, by=by, at=at)
    else:
        record(Act.DECLINE, subject=held.person, by=by, nomination=held.pk)
    return held


def _make_operator(person: Person, *, by: Person, at: datetime) -> None:  # noqa: ARG001 - one of GRANTED
    """She runs the instance from now on."""
    make_operator(person=person, is_operator=True, by=by)
    tell_of_change(person=person, change=Change.OPERATOR)


def _remove_proofs(person: Person, *, by: Person, at: datetime) -> None:
    """Passkeys, app and recovery codes are gone, and every log-in, link and code with them."""
    Authenticator.objects.filter(user=person).delete()
    record(Act.REMOVE_PROOFS, subject=person, by=by)
    revoke_credentials(person=person, by=by, at=at)
    tell_of_change(person=person, change=Change.PROOFS_REMOVED)


#: What happens when two operators agree.
GRANTED = {Matter.OPERATOR: _make_operator, Matter.PROOFS: _remove_proofs}


@transaction.atomic
def reset(*, person: Person, by: Person, at: datetime) -> None:
    """An operator ends every log-in, link and code of somebody; she is told by letter.

    Raises
    ------
    NotAnOperator
        Somebody else asks.
    """
    require_operator(by)
    revoke_credentials(person=person, by=by, at=at)
    tell_of_change(person=person, change=Change.RESET)


def require_operator(by: AbstractBaseUser) -> None:
    """Only an operator, as the database knows her now.

    Raises
    ------
    NotAnOperator
        She is none.
    """
    if not Person.objects.filter(pk=by.pk, is_staff=True, is_active=True).exists():
        raise NotAnOperator(_("Only operators do this."))
