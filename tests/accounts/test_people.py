"""People are known by one address, in one spelling, and nobody is let in by a weak password."""

import pytest
from django.core.exceptions import ValidationError

from entrecidades.accounts.models import Person
from entrecidades.accounts.services import add_person
from entrecidades.audit.models import Trace

STRONG = "praia-do-bilene-1975"


@pytest.fixture
def facts():
    return {"name": "", "language": "pt", "password": STRONG}


def test_she_is_known_by_her_address_in_one_spelling(db, facts):
    person = add_person(email="Officer@Maputo.Example", **facts)
    assert person.email == "officer@maputo.example"
    assert person.check_password(STRONG)
    assert str(person) == "officer@maputo.example"
    assert (person.is_staff, person.is_superuser) == (False, False)


def test_it_leaves_a_trace_without_her_address(db, facts):
    person = add_person(email="officer@maputo.example", **facts)
    trace = Trace.objects.get()
    assert trace.subject == f"accounts.Person:{person.pk}"
    assert "maputo" not in str(trace.facts)


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "not an address"},
        {"email": ""},
        {"password": "12345678"},
        {"password": "password"},
        {"password": "officer@maputo.example"},
    ],
)
def test_a_malformed_address_or_a_weak_password_is_refused(db, facts, wrong):
    with pytest.raises(ValidationError):
        add_person(**{"email": "officer@maputo.example"} | facts | wrong)
    assert not Person.objects.exists()
    assert not Trace.objects.exists()


def test_one_address_is_one_account(db, facts):
    add_person(email="officer@maputo.example", **facts)
    with pytest.raises(ValidationError):
        add_person(email="OFFICER@maputo.example", **facts)


def test_without_a_password_none_fits(db):
    person = Person.objects.create_user("officer@maputo.example")
    assert not person.has_usable_password()


def test_an_operator_is_marked_as_one(db):
    operator = Person.objects.create_superuser("operator@anci.example", STRONG, name="Operator")
    assert (operator.is_staff, operator.is_superuser, str(operator)) == (True, True, "Operator")


def test_a_person_without_an_address_cannot_be(db):
    with pytest.raises(ValueError, match="e-mail address"):
        Person.objects.create_user("")
