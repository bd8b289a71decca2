"""A desk changes hands: what moves, what is refused, which trace and letters it leaves."""

import pytest

from entrecidades.accounts.roles import MandateRole
from entrecidades.audit.models import Trace
from entrecidades.cooperation.models import Introduction
from entrecidades.handover.models import HandOver
from entrecidades.handover.rules import NobodyStays, NotConfirmed, NotOnTheTeam, NotTwo
from entrecidades.handover.services import hand_over
from entrecidades.network.models import Invitation, Mandate, Post
from entrecidades.network.rules import NotAllowed
from entrecidades.queue.models import Job
from tests.conftest import A_DAY, A_MOMENT, entrusted
from tests.factories.network import EntityFactory, PostFactory
from tests.handover.desks import admin_of, contact, invitation, mandates


@pytest.fixture
def desk(world, maputo, admin):
    """What waits for the administrator: a contact, a post, an invitation."""
    return (
        contact(maputo, world.body("Curitiba"), admin),
        PostFactory(entity=maputo, holder=admin, holder_agreed=True),
        invitation(maputo, admin),
    )


def hand(maputo, leaver, to, by=None, *, confirmed=True):
    return hand_over(
        body=maputo, leaver=leaver, to=to, confirmed=confirmed, by=by or leaver, at=A_MOMENT
    )


def test_all_that_waits_moves_and_roles_with_it(maputo, admin, colleague, desk):
    hand(maputo, admin, colleague)
    assert (mandates(admin, maputo), mandates(colleague, maputo)) == ([], ["admin", "officer"])
    assert Introduction.objects.get().proposed_by == colleague
    assert Invitation.objects.get().by == colleague
    post = Post.objects.get()
    # Whoever follows has not agreed to be named yet.
    assert (post.holder, post.holder_agreed) == (colleague, False)


def test_one_trace_tells_all_of_it(maputo, admin, colleague, desk):
    hand(maputo, admin, colleague)
    trace = Trace.objects.get(act="handover:desk:hand-over")
    introduction, post, invited = desk
    assert trace.subject == f"network.Entity:{maputo.pk}"
    assert (trace.by_id, trace.body_id) == (admin.pk, maputo.pk)
    assert trace.facts == {
        "leaver": admin.pk,
        "successor": colleague.pk,
        "ended": ["admin"],
        "begun": ["admin"],
        "moved": {
            "cooperation.Introduction.proposed_by": [introduction.pk],
            "network.Post.holder": [post.pk],
            "network.Invitation.by": [invited.pk],
        },
    }


def test_what_is_over_and_what_is_others_stays(world, maputo, admin, colleague):
    other = world.body("Curitiba")
    ended = contact(maputo, other, admin)
    Introduction.objects.filter(pk=ended.pk).update(state="declined")
    elsewhere = contact(world.body("Seattle"), other, admin_of(world.body("Seattle")))
    hand(maputo, admin, colleague)
    assert Introduction.objects.get(pk=ended.pk).proposed_by == admin
    assert Introduction.objects.get(pk=elsewhere.pk).proposed_by == elsewhere.proposed_by


@pytest.mark.parametrize("elsewhere", [False, True])
def test_she_is_logged_out_if_it_was_her_last_body(maputo, admin, colleague, client, elsewhere):
    if elsewhere:
        Mandate.objects.create(entity=EntityFactory(), person=admin, role=MandateRole.OFFICER)
    client.force_login(admin)
    hand(maputo, admin, colleague)
    assert (client.get("/en/desk/").status_code == 200) is elsewhere


def test_both_are_promised_a_letter(maputo, admin, colleague):
    hand(maputo, admin, colleague)
    assert Job.objects.filter(name="handover.tell_of_hand_over").count() == 1


def refused(refusal, act):
    with pytest.raises(refusal):
        act()
    assert not HandOver.objects.exists()
    assert not Trace.objects.filter(act__startswith="handover").exists()


def test_what_is_not_confirmed_is_not_done(maputo, admin, colleague):
    refused(NotConfirmed, lambda: hand(maputo, admin, colleague, confirmed=False))
    assert mandates(admin, maputo) == ["admin"]


def test_who_may_not_hand_over_is_refused(world, maputo, admin, colleague):
    refused(NotAllowed, lambda: hand(maputo, admin, colleague, by=colleague))
    foreign = admin_of(world.body("Curitiba"))
    refused(NotAllowed, lambda: hand(maputo, admin, colleague, by=foreign))


def test_nobody_hands_over_to_herself(maputo, admin):
    refused(NotTwo, lambda: hand(maputo, admin, admin))


def test_a_stranger_neither_leaves_nor_follows(world, maputo, admin, colleague):
    stranger = entrusted(world.body("Seattle"))
    refused(NotOnTheTeam, lambda: hand(maputo, admin, stranger))
    refused(NotOnTheTeam, lambda: hand(maputo, stranger, colleague, by=admin))


def test_one_whose_account_is_closed_does_not_follow(maputo, admin):
    closed = entrusted(maputo, is_active=False)
    refused(NotOnTheTeam, lambda: hand(maputo, admin, closed))


def test_somebody_stays_while_a_successor_is_only_invited(maputo, admin):
    invited = invitation(maputo, admin)
    refused(NobodyStays, lambda: hand(maputo, admin, invited))


def test_an_invitation_that_was_withdrawn_is_no_successor(maputo, admin, colleague):
    invited = invitation(maputo, admin)
    Invitation.objects.update(withdrawn_at=A_MOMENT)
    refused(NotOnTheTeam, lambda: hand(maputo, colleague, invited, by=admin))


def test_a_mandate_that_begins_later_has_not_been(maputo, admin, colleague):
    Mandate.objects.filter(person=colleague).update(valid_from=A_DAY.replace(year=2010))
    hand(maputo, colleague, admin, by=admin)
    assert not Mandate.objects.filter(person=colleague).exists()
