"""Mandates end at once, roles change, and a body is never left without somebody who can invite."""

import pytest

from entrecidades.accounts.permissions import Permission
from entrecidades.accounts.roles import MandateRole
from entrecidades.audit.models import Trace
from entrecidades.network.models import Mandate
from entrecidades.network.rules import LastAdmin, NotAllowed, NotOffered
from entrecidades.network.selectors import may
from entrecidades.network.services import change_role, end_mandate, entrust
from tests.conftest import A_DAY, A_MOMENT
from tests.factories.accounts import PersonFactory
from tests.network.joining import holding_role
from tests.race import at_once


@pytest.fixture
def admin(maputo):
    return holding_role(maputo, MandateRole.ADMIN)


@pytest.fixture
def colleague(maputo):
    return holding_role(maputo, MandateRole.OFFICER)


def held_by(person):
    return Mandate.objects.get(person=person)


def end(person, by):
    end_mandate(mandate=held_by(person), by=by, at=A_MOMENT)


def change(person, role, by):
    return change_role(mandate=held_by(person), role=role, by=by, at=A_MOMENT)


def test_an_ended_mandate_allows_nothing_from_that_moment_on(maputo, admin, colleague):
    assert may(colleague, Permission.PUBLISH, maputo, on=A_DAY)
    end(colleague, by=admin)
    assert not may(colleague, Permission.PUBLISH, maputo, on=A_DAY)
    assert Trace.objects.filter(act="network:mandate:end", by_id=admin.pk).count() == 1


def test_one_that_began_today_ends_too(maputo, admin):
    person = PersonFactory()
    entrust(entity=maputo, person=person, role=MandateRole.OFFICER, since=A_DAY, by=admin)
    end(person, by=admin)
    assert not Mandate.objects.filter(person=person).exists()


@pytest.mark.parametrize("act", [end, lambda person, by: change(person, MandateRole.ADMIN, by)])
def test_who_may_not_invite_may_not_end_or_change(maputo, admin, colleague, act):
    with pytest.raises(NotAllowed):
        act(admin, by=colleague)
    assert not Trace.objects.exists()


def test_anybody_ends_her_own(maputo, admin, colleague):
    end(colleague, by=colleague)
    assert not may(colleague, Permission.READ, maputo, on=A_DAY)


@pytest.mark.parametrize("act", [end, lambda person, by: change(person, MandateRole.OFFICER, by)])
def test_the_last_one_who_can_invite_stays(maputo, admin, colleague, act):
    with pytest.raises(LastAdmin):
        act(admin, by=admin)
    assert may(admin, Permission.INVITE, maputo, on=A_DAY)


def test_an_operator_takes_even_the_last_one_away(maputo, admin):
    end(admin, by=None)
    assert not may(admin, Permission.INVITE, maputo, on=A_DAY)


@pytest.mark.parametrize("act", ["change", "end"])
def test_what_she_was_given_out_ends_with_it(maputo, admin, colleague, act):
    if act == "end":
        end(colleague, by=admin)
    else:
        change(colleague, MandateRole.TECHNICIAN, by=admin)
    colleague.refresh_from_db()
    assert colleague.credentials_from == A_MOMENT


def test_a_changed_role_allows_what_it_says(maputo, admin, colleague):
    changed = change(colleague, MandateRole.TECHNICIAN, by=admin)
    assert changed.role == MandateRole.TECHNICIAN
    assert not may(colleague, Permission.PUBLISH, maputo, on=A_DAY)
    assert may(colleague, Permission.DRAFT, maputo, on=A_DAY)
    trace = Trace.objects.get(act="network:mandate:change-role")
    assert trace.facts == {"person": colleague.pk, "change": "officer → technician"}


def test_the_same_role_again_changes_nothing(maputo, admin, colleague):
    change(colleague, MandateRole.OFFICER, by=admin)
    assert not Trace.objects.exists()


def test_a_role_that_the_body_does_not_give_is_refused(maputo, admin, colleague):
    with pytest.raises(NotOffered):
        change(colleague, MandateRole.OVERSEER, by=admin)


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_end_each_other_leave_one(maputo, admin):
    other = holding_role(maputo, MandateRole.ADMIN)
    pairs = [(admin, other), (other, admin)]
    at_once(lambda number: end(pairs[number][0], by=pairs[number][1]), times=2)
    left = [may(person, Permission.INVITE, maputo, on=A_DAY) for person in (admin, other)]
    assert sorted(left) == [False, True]
