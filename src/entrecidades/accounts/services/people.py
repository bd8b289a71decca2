"""How people come to have an account."""

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from entrecidades.accounts.choices import Act
from entrecidades.accounts.models import Person
from entrecidades.accounts.rules import same_address
from entrecidades.audit.changes import made_with
from entrecidades.audit.services import record


@transaction.atomic
def add_person(*, email: str, name: str, language: str, password: str) -> Person:
    """Make an account.

    Raises
    ------
    ValidationError
        When the address is malformed or taken, or the password too weak.
    """
    address = Person.objects.normalize_email(email).lower()
    person = Person(email=address, name=name, language=language)
    validate_password(password, person)
    person.set_password(password)
    person.full_clean()
    person.save()
    keep_address(person=person, proven=False)
    told = made_with(person, "email", "name", "language")
    record(Act.JOIN, subject=person, by=None, changes=told)
    return person


@transaction.atomic
def keep_address(*, person: Person, proven: bool) -> None:
    """Her address stands in the library's table; once proven it stays proven."""
    address, _made = EmailAddress.objects.get_or_create(
        user=person, email=person.email, defaults={"primary": True, "verified": proven}
    )
    if proven and not address.verified:
        address.verified = True
        address.save(update_fields=["verified"])


@transaction.atomic
def set_operator(*, person: Person, is_operator: bool) -> Person:
    """Let a person see the operators' pages, or no longer; nothing happens if it is so already.

    For whoever has the machine; on the pages two operators agree (`services.operators`).
    """
    return make_operator(person=person, is_operator=is_operator, by=None)


def make_operator(*, person: Person, is_operator: bool, by: Person | None) -> Person:
    """The right and its trace, inside the transaction of whoever may give it."""
    if person.is_staff != is_operator:
        person.is_staff = is_operator
        person.save(update_fields=["is_staff"])
        record(Act.OPERATE, subject=person, by=by, is_operator=is_operator)
    return person


@transaction.atomic
def welcome(*, email: str, name: str, language: str) -> tuple[Person, bool]:
    """The person at an address that she has proven, and whether the account is new.

    A new account has no password: she logs in by letter until she chooses another way.
    """
    address = same_address(email)
    known = Person.objects.filter(email=address).first()
    person = known or Person(email=address, name=name, language=language)
    if known is None:
        person.set_unusable_password()
        person.full_clean(exclude=["password"])
        person.save()
        told = made_with(person, "email", "name", "language")
        record(Act.JOIN, subject=person, by=None, changes=told)
    keep_address(person=person, proven=True)
    return person, known is None
