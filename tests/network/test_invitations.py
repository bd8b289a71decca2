"""An invitation is made by who may, accepted once, in time, and only by whom it is meant for."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.accounts.roles import MandateRole
from entrecidades.audit.models import Trace
from entrecidades.network.models import Invitation, Mandate
from entrecidades.network.rules import NotAllowed, NotOffered, NotOpen
from entrecidades.network.services import (
    accept_invitation,
    end_mandate,
    name_invited,
    withdraw_invitation,
)
from entrecidades.network.services.invitations import MOST
from entrecidades.network.tickets import (
    INVITATION,
    INVITED,
    LETTERS,
    hash_of,
    new_code,
    read_ticket,
    ticket,
)
from entrecidades.queue.models import Job
from tests.conftest import A_DAY, A_MOMENT
from tests.factories.accounts import PersonFactory
from tests.network.joining import LATER, holding_role, invited
from tests.race import at_once


@pytest.fixture
def admin(maputo):
    return holding_role(maputo, MandateRole.ADMIN, email="admin@maputo.example")


@pytest.fixture
def guest(db):
    return PersonFactory(email="guest@maputo.example")


def accept(invitation, person, at=A_MOMENT):
    return accept_invitation(invitation=invitation, person=person, at=at)


def test_a_guest_who_says_yes_acts_for_the_body_from_the_day_on(maputo, admin, guest):
    invitation, _code = invited(maputo, admin, guest.email)
    mandate = accept(invitation, guest)
    assert (mandate.entity, mandate.person, mandate.role) == (maputo, guest, MandateRole.OFFICER)
    assert mandate.valid_from == A_DAY
    acts = set(Trace.objects.values_list("act", "by_id"))
    assert {
        ("network:invitation:make", admin.pk),
        ("network:invitation:accept", guest.pk),
        ("network:mandate:entrust", admin.pk),
    } <= acts


def test_with_an_address_a_letter_is_promised_and_without_one_none(maputo, admin):
    invited(maputo, admin)
    assert not Job.objects.exists()
    invitation, _code = invited(maputo, admin, "Guest@Maputo.Example")
    assert Job.objects.get().facts == {"invitation_id": invitation.pk}
    assert invitation.email == "guest@maputo.example"


@pytest.mark.parametrize("role", [role for role in MandateRole if role is not MandateRole.ADMIN])
def test_only_administrators_invite(maputo, role):
    with pytest.raises(NotAllowed):
        invited(maputo, holding_role(maputo, role))
    assert not Invitation.objects.exists()


def test_an_administrator_of_another_body_does_not(maputo, curitiba):
    with pytest.raises(NotAllowed):
        invited(maputo, holding_role(curitiba, MandateRole.ADMIN))


@pytest.mark.parametrize("role", [MandateRole.OVERSEER, MandateRole.COORDINATOR])
def test_a_city_gives_neither_oversight_nor_coordination(maputo, admin, role):
    with pytest.raises(NotOffered):
        invited(maputo, admin, role=role)


def test_fifty_are_open_at_most(maputo, admin):
    for _ in range(MOST):
        invited(maputo, admin)
    with pytest.raises(NotOffered):
        invited(maputo, admin)


def used(invitation, admin):
    accept(invitation, PersonFactory())


def withdrawn(invitation, admin):
    withdraw_invitation(invitation=invitation, by=admin, at=A_MOMENT)


def sent_by_somebody_who_left(invitation, admin):
    Mandate.objects.filter(person=admin).update(valid_to=A_DAY - dt.timedelta(days=1))


def sent_by_a_closed_account(invitation, admin):
    type(admin).objects.filter(pk=admin.pk).update(is_active=False)


@pytest.mark.parametrize(
    "happens", [used, withdrawn, sent_by_somebody_who_left, sent_by_a_closed_account]
)
def test_one_that_no_longer_holds_is_refused(maputo, admin, guest, happens):
    invitation, _code = invited(maputo, admin)
    happens(invitation, admin)
    with pytest.raises(NotOpen):
        accept(invitation, guest)
    assert not Mandate.objects.filter(person=guest).exists()


def test_after_fourteen_days_it_is_too_old(maputo, admin, guest):
    invitation, _code = invited(maputo, admin)
    with pytest.raises(NotOpen):
        accept(invitation, guest, at=LATER)
    assert accept(invitation, guest, at=LATER - dt.timedelta(seconds=1))


def test_one_meant_for_an_address_is_for_nobody_else(maputo, admin, guest):
    invitation, _code = invited(maputo, admin, "other@maputo.example")
    with pytest.raises(NotOpen):
        accept(invitation, guest)


def test_it_writes_to_no_other_address_than_it_was_meant_for(maputo, admin):
    invitation, _code = invited(maputo, admin, "guest@maputo.example")
    facts = {"name": "X", "language": "en"}
    name_invited(invitation=invitation, email="thief@x.example", **facts)
    assert Job.objects.count() == 1
    name_invited(invitation=invitation, email="GUEST@maputo.example", **facts)
    assert Job.objects.count() == 2


def test_an_open_one_writes_to_whom_was_named_last(maputo, admin):
    invitation, _code = invited(maputo, admin)
    name_invited(invitation=invitation, email="a@x.example", name="A", language="en")
    name_invited(invitation=invitation, email="b@x.example", name="B", language="en")
    invitation.refresh_from_db()
    assert (invitation.email, invitation.name) == ("b@x.example", "B")


def test_who_leaves_takes_her_unused_invitations_with_her(maputo, admin):
    second = holding_role(maputo, MandateRole.ADMIN)
    invitation, _code = invited(maputo, second)
    mandate = Mandate.objects.get(person=second)
    end_mandate(mandate=mandate, by=admin, at=A_MOMENT)
    invitation.refresh_from_db()
    assert invitation.withdrawn_at


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_say_yes_at_once_one_is_heard(maputo, admin):
    invitation, _code = invited(maputo, admin)
    guests = [PersonFactory() for _ in range(8)]
    answers = at_once(lambda number: accept(invitation, guests[number]), times=8)
    assert sum(isinstance(answer, Mandate) for answer in answers) == 1
    assert Mandate.objects.filter(person__in=guests).count() == 1


def test_the_code_is_not_kept_and_is_found_however_it_is_typed(maputo, admin):
    invitation, code = invited(maputo, admin)
    row = str(Invitation.objects.values().get())
    assert code not in row
    assert code.replace("-", "") not in row
    assert hash_of(code.lower().replace("-", "  ")) == invitation.code_hash


def test_codes_are_two_groups_of_clear_letters_and_never_alike():
    codes = {new_code() for _ in range(500)}
    assert len(codes) == 500
    assert all(len(code) == 9 and set(code) <= {*LETTERS, "-"} for code in codes)
    assert not set("BGIOQS") & set(LETTERS)


@given(text=st.text(max_size=200))
def test_nobody_makes_a_link(text):
    assert read_ticket(INVITATION, text) is None


def test_a_link_of_one_kind_opens_no_other(maputo, admin):
    invitation, _code = invited(maputo, admin)
    told = ticket(INVITATION, invitation.public_id)
    assert read_ticket(INVITATION, told) == (invitation.public_id, "")
    assert read_ticket(INVITED, told) is None
