"""Whoever stops acting for a body leaves nothing that waits for nobody."""

import datetime as dt

import pytest

from entrecidades.accounts.models import Person
from entrecidades.accounts.roles import MandateRole
from entrecidades.audit.models import Trace
from entrecidades.cooperation.models import Introduction
from entrecidades.handover.models import HandOver
from entrecidades.handover.rules import NobodyFollows, TooLate
from entrecidades.handover.services import close_account, leave, undo_hand_over
from entrecidades.network.models import Invitation, Mandate, Post
from entrecidades.network.rules import LastAdmin, NotAllowed
from entrecidades.network.selectors import is_claimed
from entrecidades.network.selectors.joining import is_body_claimed
from entrecidades.privacy.services.erasure import erase
from entrecidades.queue.models import Job
from tests.conftest import A_MOMENT, BEFORE, entrusted
from tests.factories.accounts import PersonFactory
from tests.factories.network import EntityFactory, MandateFactory, PostFactory
from tests.handover.desks import contact, invitation, mandates
from tests.race import at_once

LATER = A_MOMENT + dt.timedelta(hours=1)


@pytest.fixture
def desk(world, maputo, colleague):
    """What waits for the officer: a contact and a post."""
    return (
        contact(maputo, world.body("Curitiba"), colleague),
        PostFactory(entity=maputo, holder=colleague, holder_agreed=True),
    )


def end(person, to, by):
    return leave(mandate=person.mandates.get(), to=to, by=by, at=A_MOMENT)


def test_what_waits_goes_to_the_colleague_who_keeps_her_own_role(maputo, admin, colleague, desk):
    end(colleague, admin, by=colleague)
    assert (mandates(colleague, maputo), mandates(admin, maputo)) == ([], ["admin"])
    assert Introduction.objects.get().proposed_by == admin
    assert (Post.objects.get().holder, Post.objects.get().holder_agreed) == (admin, False)


def test_history_tells_both_and_both_are_promised_a_letter(maputo, admin, colleague, desk):
    done = end(colleague, admin, by=admin)
    acts = set(Trace.objects.values_list("act", flat=True))
    assert {"handover:desk:hand-over", "network:mandate:end"} <= acts
    letter = Job.objects.get(name="handover.tell_of_hand_over")
    assert letter.facts == {"hand_over_id": done.pk}


def test_without_a_colleague_chosen_nothing_ends(maputo, admin, colleague, desk):
    with pytest.raises(NobodyFollows):
        end(colleague, None, by=colleague)
    assert mandates(colleague, maputo) == ["officer"]


@pytest.mark.parametrize("who", ["herself", "a stranger", "one who reads nothing"])
def test_only_a_colleague_who_can_do_something_with_it_follows(
    maputo, admin, colleague, desk, who
):
    heir = {
        "herself": colleague,
        "a stranger": PersonFactory(),
        "one who reads nothing": entrusted(maputo, role=MandateRole.EVALUATOR),
    }[who]
    with pytest.raises(NobodyFollows):
        end(colleague, heir, by=admin)
    assert Introduction.objects.get().proposed_by == colleague


def test_who_may_not_end_it_moves_nothing(maputo, admin, colleague, desk):
    stranger = entrusted(maputo)
    with pytest.raises(NotAllowed):
        end(colleague, admin, by=stranger)
    assert Introduction.objects.get().proposed_by == colleague
    assert not HandOver.objects.exists()


def test_the_last_administrator_stays_and_so_does_her_desk(maputo, admin, colleague):
    invitation(maputo, admin)
    with pytest.raises(LastAdmin):
        end(admin, colleague, by=admin)
    assert Invitation.objects.get().by == admin


def test_while_she_acts_in_another_role_her_desk_stays_hers(maputo, admin, colleague, desk):
    other = MandateFactory(entity=maputo, person=colleague, role="technician", valid_from=BEFORE)
    assert leave(mandate=other, to=None, by=colleague, at=A_MOMENT) is None
    assert Introduction.objects.get().proposed_by == colleague
    assert mandates(colleague, maputo) == ["officer"]


def test_with_nothing_waiting_nobody_is_asked_for(maputo, admin, colleague):
    assert end(colleague, None, by=colleague) is None
    assert mandates(colleague, maputo) == []


def test_it_can_be_undone_for_a_day(maputo, admin, colleague, desk):
    done = end(colleague, admin, by=colleague)
    undo_hand_over(hand_over=done, by=admin, at=LATER)
    assert (mandates(colleague, maputo), mandates(admin, maputo)) == (["officer"], ["admin"])
    assert Introduction.objects.get().proposed_by == colleague


def test_closing_an_account_gives_the_desk_of_each_body(world, maputo, admin, colleague, desk):
    quelimane = EntityFactory(name="Quelimane")
    keeper = entrusted(quelimane)
    MandateFactory(entity=quelimane, person=colleague, role="officer", valid_from=BEFORE)
    PostFactory(entity=quelimane, holder=colleague)
    heirs = {maputo.pk: admin, quelimane.pk: keeper}
    close_account(person=colleague, heirs=heirs, at=A_MOMENT)
    colleague.refresh_from_db()
    assert not colleague.is_active
    assert Introduction.objects.get().proposed_by == admin
    assert Post.objects.get(entity=quelimane).holder == keeper
    assert mandates(keeper, quelimane) == ["officer"]


def test_closing_asks_for_each_desk_or_nothing_happens(maputo, admin, colleague, desk):
    with pytest.raises(NobodyFollows):
        close_account(person=colleague, heirs={}, at=A_MOMENT)
    colleague.refresh_from_db()
    assert colleague.is_active
    assert not HandOver.objects.exists()


def test_an_administrator_who_closes_leaves_an_administrator(maputo, admin, colleague):
    invitation(maputo, admin)
    close_account(person=admin, heirs={maputo.pk: colleague}, at=A_MOMENT)
    assert mandates(colleague, maputo) == ["admin", "officer"]
    assert Invitation.objects.get().by == colleague
    with pytest.raises(TooLate):
        undo_hand_over(hand_over=HandOver.objects.get(), by=colleague, at=LATER)


def test_who_is_alone_closes_without_being_asked(maputo, admin):
    PostFactory(entity=maputo, holder=admin)
    assert close_account(person=admin, heirs={}, at=A_MOMENT) == []


@pytest.mark.django_db(transaction=True)
def test_two_who_leave_their_desks_to_each_other_at_once_orphan_nothing(maputo, admin):
    one, other = entrusted(maputo), entrusted(maputo)
    for person in (one, other):
        PostFactory(entity=maputo, holder=person)
    pairs = [(one, other), (other, one)]
    answers = at_once(lambda n: end(*pairs[n], by=pairs[n][0]), times=2)
    refused = [answer for answer in answers if isinstance(answer, NobodyFollows)]
    assert len(refused) == 1
    stays = Mandate.objects.get(person__in=(one, other), valid_to=None).person
    assert {post.holder for post in Post.objects.all()} == {stays}


def unattended():
    """The bodies of which history says that nobody acts for them."""
    return [one.body_id for one in Trace.objects.filter(act="network:entity:unattend")]


def test_the_last_administrator_hands_her_body_back(world, maputo, admin):
    """She cannot be kept; the page can be claimed again, and it is told."""
    PostFactory(entity=maputo, holder=admin)
    assert is_body_claimed(maputo, on=A_MOMENT.date())
    close_account(person=admin, heirs={}, at=A_MOMENT)
    assert unattended() == [maputo.pk]
    assert mandates(admin, maputo) == []
    assert not is_body_claimed(maputo, on=A_MOMENT.date())
    assert not is_claimed(maputo.seat, on=A_MOMENT.date())
    assert Job.objects.filter(name="network.tell_of_unattended").count() == 1


def test_the_last_administrator_names_a_colleague_who_stays(maputo, admin, colleague):
    with pytest.raises(NobodyFollows):
        close_account(person=admin, heirs={}, at=A_MOMENT)
    close_account(person=admin, heirs={maputo.pk: colleague}, at=A_MOMENT)
    assert (mandates(colleague, maputo), unattended()) == (["admin", "officer"], [])


def test_one_of_two_administrators_closes_without_being_asked(maputo, admin):
    entrusted(maputo, role="admin")
    close_account(person=admin, heirs={}, at=A_MOMENT)
    assert unattended() == []


def test_who_is_erased_hands_her_body_back_too(maputo, admin):
    erase(person_id=admin.pk, by=None)
    assert unattended() == [maputo.pk]
    assert not is_body_claimed(maputo, on=A_MOMENT.date())


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_close_at_once_leave_one_body_told_once(maputo, admin):
    people = [admin, entrusted(maputo, role="admin")]
    at_once(lambda n: close_account(person=people[n], heirs={}, at=A_MOMENT), times=2)
    assert not Person.objects.filter(is_active=True, mandates__entity=maputo).exists()
    assert unattended() == [maputo.pk]
