"""An account is ended by its owner or an operator, in one act with its traces and a letter."""

import pytest
from django.core import mail

from entrecidades.accounts.choices import Change
from entrecidades.accounts.models import SignIn
from entrecidades.accounts.rules import NotHers
from entrecidades.accounts.services import (
    begin_sign_in,
    change_password,
    close_account,
    deactivate,
)
from entrecidades.audit.models import Trace
from entrecidades.config.jobs import KEEPERS
from entrecidades.mail.accounts import tell_of_change, tell_of_new_device
from entrecidades.queue.models import Job
from entrecidades.queue.services import keep_one
from tests.conftest import A_MOMENT
from tests.factories.accounts import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return PersonFactory(email="officer@maputo.example", language="pt")


def test_closing_leaves_traces_and_promises_one_letter(person):
    close_account(person=person, by=person, at=A_MOMENT)
    acts = list(Trace.objects.order_by("pk").values_list("act", "by_id"))
    assert acts == [
        ("accounts:person:deactivate", person.pk),
        ("accounts:person:revoke", person.pk),
        ("accounts:person:close", person.pk),
    ]
    assert Job.objects.get().facts == {"person_id": person.pk, "change": "closed"}


@pytest.mark.parametrize("end", [close_account, deactivate])
def test_somebody_else_cannot_end_it_and_an_operator_can(person, end):
    with pytest.raises(NotHers):
        end(person=person, by=PersonFactory(), at=A_MOMENT)
    person.refresh_from_db()
    assert person.is_active
    assert not Trace.objects.exists()
    end(person=person, by=PersonFactory(is_staff=True), at=A_MOMENT)
    assert not person.is_active


def test_a_changed_password_leaves_a_trace_that_does_not_tell_it(person):
    change_password(person=person, password="costa-do-sol", by=person, at=A_MOMENT)  # noqa: S106
    assert "costa" not in str(list(Trace.objects.values()))
    assert person.check_password("costa-do-sol")


def begin(person, **facts):
    told = {"session_key": "k", "device": "Firefox · Linux", "stays": False, "known": False}
    return begin_sign_in(person=person, at=A_MOMENT, **(told | facts))


def test_the_letter_about_a_new_device_is_in_her_language_and_names_it(person):
    begin(person)
    keep_one(KEEPERS, now=Job.objects.get().due_at)
    assert mail.outbox[0].to == [person.email]
    assert "Firefox · Linux" in mail.outbox[0].body
    assert "/pt/account/devices/" in mail.outbox[0].body


def test_a_log_in_that_is_over_is_not_told_of(person):
    sign_in = begin(person)
    SignIn.objects.all().delete()
    tell_of_new_device("key", sign_in_id=sign_in.pk)
    assert not mail.outbox


@pytest.mark.parametrize("change", Change)
def test_each_change_has_its_sentence(person, change):
    tell_of_change("key", person_id=person.pk, change=change.value)
    letter = mail.outbox[0]
    assert "<<missing" not in letter.body
    assert ("/pt/account/" in letter.body) is (change is not Change.CLOSED)
