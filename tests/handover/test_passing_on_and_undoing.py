"""What is kept for somebody invited, and what can be taken back within a day."""

import datetime as dt

import pytest

from entrecidades.audit.models import Trace
from entrecidades.config.jobs import KEEPERS
from entrecidades.cooperation.models import Introduction
from entrecidades.handover.models import HandOver
from entrecidades.handover.rules import TooLate
from entrecidades.handover.services import hand_over, undo_hand_over
from entrecidades.network.models import Mandate
from entrecidades.network.rules import NotAllowed
from entrecidades.network.services import accept_invitation
from entrecidades.queue.models import Job
from tests.conftest import A_DAY, A_MOMENT
from tests.factories.accounts import PersonFactory
from tests.handover.desks import contact, invitation, mandates

LATER = A_MOMENT + dt.timedelta(hours=20)
TOO_LATE = A_MOMENT + dt.timedelta(hours=25)


@pytest.fixture
def asked(world, maputo, colleague):
    return contact(maputo, world.body("Curitiba"), colleague)


def hand(maputo, leaver, to, by):
    return hand_over(body=maputo, leaver=leaver, to=to, confirmed=True, by=by, at=A_MOMENT)


def holder():
    return Introduction.objects.get().proposed_by


def accepted(invited):
    """Somebody says yes, and the worker keeps what that promises."""
    heir = PersonFactory(email=invited.email)
    accept_invitation(invitation=invited, person=heir, at=A_MOMENT)
    KEEPERS["network.pass_on"](**Job.objects.get(name="network.pass_on").facts)
    return heir


def test_it_is_kept_and_passed_on_when_she_accepts(maputo, admin, colleague, asked, on_the_day):
    invited = invitation(maputo, admin)
    hand(maputo, colleague, invited, admin)
    assert (holder(), mandates(colleague, maputo)) == (admin, [])
    heir = accepted(invited)
    assert holder() == heir
    assert HandOver.objects.get().passed_on_at == A_MOMENT
    trace = Trace.objects.get(act="handover:desk:pass-on")
    assert trace.facts["moved"] == {"cooperation.Introduction.proposed_by": [asked.pk]}


@pytest.mark.usefixtures("on_the_day", "asked")
def test_what_the_keeper_had_herself_stays_hers(world, maputo, admin, colleague):
    own = contact(maputo, world.body("Lyon"), admin)
    invited = invitation(maputo, admin)
    hand(maputo, colleague, invited, admin)
    accepted(invited)
    assert Introduction.objects.get(pk=own.pk).proposed_by == admin


def test_a_keeper_who_leaves_gives_on_what_she_keeps(maputo, admin, colleague, asked, on_the_day):
    invited = invitation(maputo, admin)
    hand(maputo, colleague, invited, admin)
    deputy = PersonFactory()
    Mandate.objects.create(entity=maputo, person=deputy, role="admin", valid_from=A_DAY)
    hand(maputo, admin, deputy, admin)
    assert HandOver.objects.get(leaver=colleague).kept_by == holder() == deputy
    heir = accepted(invited)
    assert holder() == heir


def test_an_invitation_without_a_hand_over_passes_nothing_on(maputo, admin, on_the_day):
    accepted(invitation(maputo, admin))
    assert not Trace.objects.filter(act="handover:desk:pass-on").exists()


def test_within_a_day_it_is_as_it_was(maputo, admin, colleague, asked):
    before = list(Mandate.objects.order_by("pk").values_list("person", "role", "valid_to"))
    done = hand(maputo, colleague, admin, admin)
    undo_hand_over(hand_over=done, by=admin, at=LATER)
    assert holder() == colleague
    after = Mandate.objects.order_by("pk").values_list("person", "role", "valid_to")
    assert list(after) == before
    assert Trace.objects.get(act="handover:desk:undo").by_id == admin.pk
    assert Job.objects.filter(name="handover.tell_of_undo").count() == 1


def test_an_administrator_comes_back_through_her_successor(maputo, admin, colleague):
    done = hand(maputo, admin, colleague, admin)
    undo_hand_over(hand_over=done, by=colleague, at=LATER)
    assert (mandates(admin, maputo), mandates(colleague, maputo)) == (["admin"], ["officer"])


def test_a_mandate_that_began_today_comes_back(maputo, admin, colleague):
    Mandate.objects.filter(person=colleague).update(valid_from=A_DAY)
    done = hand(maputo, colleague, admin, admin)
    assert not Mandate.objects.filter(person=colleague).exists()
    undo_hand_over(hand_over=done, by=admin, at=LATER)
    assert Mandate.objects.get(person=colleague).valid_from == A_DAY


def test_what_moved_on_meanwhile_stays_where_it_is(maputo, admin, colleague, asked):
    done = hand(maputo, colleague, admin, admin)
    Introduction.objects.update(state="declined")
    undo_hand_over(hand_over=done, by=admin, at=LATER)
    assert holder() == admin


def refused(refusal, done, by, at):
    with pytest.raises(refusal):
        undo_hand_over(hand_over=done, by=by, at=at)
    assert Trace.objects.filter(act="handover:desk:undo").count() <= 1


def test_after_a_day_or_twice_it_is_not_undone(maputo, admin, colleague):
    done = hand(maputo, colleague, admin, admin)
    refused(TooLate, done, admin, TOO_LATE)
    undo_hand_over(hand_over=done, by=admin, at=LATER)
    refused(TooLate, done, admin, LATER)


def test_only_who_may_hand_over_undoes(maputo, admin, colleague):
    done = hand(maputo, colleague, admin, admin)
    refused(NotAllowed, done, colleague, LATER)


def test_a_closed_account_gets_nothing_back(maputo, admin, colleague):
    done = hand(maputo, colleague, admin, admin)
    colleague.is_active = False
    colleague.save()
    refused(TooLate, done, admin, LATER)
