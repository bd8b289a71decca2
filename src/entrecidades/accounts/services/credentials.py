"""What opens an account, and how all of it ends at one moment.

One moment kept with the person, ``credentials_from``, is part of what a session, a link to
a new password and a code by letter are checked with: when it moves, all of them are dead at
their next use, in every process. Rows that are worth nothing any more are removed besides.
"""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from entrecidades.accounts.choices import Act, Change
from entrecidades.accounts.models import Person, SignIn
from entrecidades.accounts.rules import refuse_unless_hers
from entrecidades.accounts.services.sign_ins import end
from entrecidades.audit.services import record
from entrecidades.queue.services import enqueue


@transaction.atomic
def revoke_credentials(
    *, person: Person, by: Person | None, at: datetime, keep_session: str = ""
) -> None:
    """Nothing given out before this moment opens the account; her own means of proof stay.

    Sessions (but for the one that is kept), codes by letter, links to a new password and links
    that would prove another address end. Passkeys, app, identities and password remain.
    """
    person.credentials_from = at
    person.save(update_fields=["credentials_from"])
    end(SignIn.objects.filter(person=person).exclude(session_key=keep_session))
    EmailAddress.objects.filter(user=person, verified=False).exclude(email=person.email).delete()
    record(Act.REVOKE, subject=person, by=by)


@transaction.atomic
def change_password(
    *, person: Person, password: str, by: Person | None, at: datetime, keep_session: str = ""
) -> None:
    """She has another password, and every other browser is logged out."""
    person.set_password(password)
    person.save(update_fields=["password"])
    record(Act.CHANGE_PASSWORD, subject=person, by=by)
    revoke_credentials(person=person, by=by, at=at, keep_session=keep_session)


@transaction.atomic
def deactivate(*, person: Person, by: Person | None, at: datetime) -> None:
    """The account opens no more until an operator opens it again; nothing of it is lost.

    Raises
    ------
    NotHers
        Neither the person herself nor an operator asks for it.
    """
    operator = by is None or by.is_staff
    refuse_unless_hers(person=person.pk, by=by.pk if by else None, operator=operator)
    person.is_active = False
    person.save(update_fields=["is_active"])
    record(Act.DEACTIVATE, subject=person, by=by)
    revoke_credentials(person=person, by=by, at=at)


@transaction.atomic
def close_account(*, person: Person, by: Person | None, at: datetime) -> None:
    """The account is closed for good, and she is told by letter.

    Besides what `deactivate` ends, her password, passkeys, app and identities are removed.
    What she did for her bodies stays with them.

    Raises
    ------
    NotHers
        Neither the person herself nor an operator asks for it.
    """
    deactivate(person=person, by=by, at=at)
    person.set_unusable_password()
    person.save(update_fields=["password"])
    Authenticator.objects.filter(user=person).delete()
    SocialAccount.objects.filter(user=person).delete()
    record(Act.CLOSE, subject=person, by=by)
    tell_of_change(person=person, change=Change.CLOSED)


def tell_of_change(*, person: Person, change: Change) -> None:
    """Promise her a letter about what has changed with what protects her account."""
    enqueue("accounts.tell_of_change", person_id=person.pk, change=change.value)
