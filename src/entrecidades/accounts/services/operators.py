"""Who runs the instance: rights are asked for by one operator and given by another."""

from datetime import datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.utils.translation import gettext as _

from entrecidades.accounts.choices import Act, Change, NominationState
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
    require_operator(by)
    held = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if held.is_staff or not held.is_active:
        raise NotNow(_("She is an operator already, or her account does not open."))
    if Nomination.objects.filter(person=held, state=NominationState.WAITING).exists():
        raise NotNow(_("This has been asked; another operator decides."))
    if len(reason.strip()) < LEAST_REASON:
        raise Refusal(_("Say why, in a sentence: the other operator reads it."))
    made = Nomination.objects.create(person=held, asked_by=by, reason=reason.strip(), asked_at=at)
    record(Act.NOMINATE, subject=held, by=by, nomination=made.pk)
    return made


@transaction.atomic
def decide_nomination(
    *, nomination: Nomination, grant: bool, by: Person, at: datetime
) -> Nomination:
    """Another operator says yes, and she is one from now on and told by letter; or no.

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
        make_operator(person=held.person, is_operator=True, by=by)
        tell_of_change(person=held.person, change=Change.OPERATOR)
    else:
        record(Act.DECLINE, subject=held.person, by=by, nomination=held.pk)
    return held


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
