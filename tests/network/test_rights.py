"""What somebody may do for a body: person × role × body, on a day."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.accounts.permissions import DELEGABLE, Permission
from entrecidades.accounts.roles import GRANTS, MandateRole, roles_with
from entrecidades.network.models import Mandate
from entrecidades.network.rules import NotAllowed
from entrecidades.network.selectors import may, reader_of, require
from tests.factories.accounts import PersonFactory
from tests.factories.network import EntityFactory, MandateFactory

DAY = dt.date(2009, 11, 19)


def holder(entity, role):
    person = PersonFactory()
    MandateFactory(entity=entity, person=person, role=role)
    return person


@pytest.mark.parametrize("role", MandateRole)
def test_a_role_allows_what_its_list_says_and_nothing_else(role, maputo):
    person = holder(maputo, role)
    allowed = {permission for permission in Permission if may(person, permission, maputo, on=DAY)}
    assert allowed == GRANTS[role].allows


@pytest.mark.parametrize("role", MandateRole)
def test_no_role_allows_anything_for_another_body(role, maputo, curitiba):
    person = holder(maputo, role)
    assert not any(may(person, permission, curitiba, on=DAY) for permission in Permission)


@pytest.mark.parametrize("role", MandateRole)
def test_for_a_member_an_association_does_only_what_can_be_entrusted(role, anci, maputo):
    person = holder(anci, role)
    MandateFactory(entity=maputo, agent=anci)
    allowed = {permission for permission in Permission if may(person, permission, maputo, on=DAY)}
    assert allowed == GRANTS[role].allows & DELEGABLE


def test_two_roles_allow_what_either_does(maputo):
    person = holder(maputo, MandateRole.TECHNICIAN)
    MandateFactory(entity=maputo, person=person, role=MandateRole.OVERSEER)
    assert may(person, Permission.DRAFT, maputo, on=DAY)
    assert may(person, Permission.OVERSEE, maputo, on=DAY)


def test_a_closed_account_may_nothing_whatever_its_mandates_say(maputo):
    person = holder(maputo, MandateRole.ADMIN)
    person.is_active = False
    assert not any(may(person, permission, maputo, on=DAY) for permission in Permission)
    assert reader_of(person, on=DAY).own == frozenset()


def test_a_stranger_may_nothing(maputo):
    MandateFactory(entity=EntityFactory(), agent=maputo)
    assert not any(may(AnonymousUser(), right, maputo, on=DAY) for right in Permission)


def test_the_refusal_says_what_and_for_whom(maputo):
    person = holder(maputo, MandateRole.TECHNICIAN)
    require(person, Permission.DRAFT, maputo, on=DAY)
    with pytest.raises(NotAllowed, match=r"Maputo.*publish"):
        require(person, Permission.PUBLISH, maputo, on=DAY)


def test_the_database_wants_a_role_of_a_person_and_none_of_a_body(maputo, anci):
    for wrong in ({"person": PersonFactory()}, {"agent": anci, "role": MandateRole.OFFICER}):
        with pytest.raises(ValidationError):
            Mandate(entity=maputo, **wrong).full_clean()


@given(st.sampled_from(Permission))
def test_the_roles_that_allow_something_are_those_whose_list_has_it(permission):
    assert {role for role in MandateRole if permission in GRANTS[role].allows} == set(
        roles_with(permission)
    )


def test_a_reader_knows_her_bodies_her_associations_and_what_she_oversees(maputo, anci):
    person = holder(anci, MandateRole.COORDINATOR)
    MandateFactory(entity=maputo, agent=anci)
    MandateFactory(entity=EntityFactory(country=anci.country), person=person, role="overseer")
    reader = reader_of(person, on=DAY)
    assert (reader.own, reader.associations) == ({anci.pk, maputo.pk}, {anci.pk})
    assert reader.oversees == {"IT"}
