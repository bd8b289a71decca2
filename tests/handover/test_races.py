"""Two hand-overs at once, and somebody who acts while her desk is handed over."""

import pytest

from entrecidades.cooperation.models import Introduction
from entrecidades.cooperation.services import introductions as cooperation
from entrecidades.handover.models import HandOver
from entrecidades.handover.rules import NotOnTheTeam
from entrecidades.handover.services import hand_over
from entrecidades.network.models import Invitation, Mandate
from entrecidades.network.rules import NotAllowed
from entrecidades.network.services import invitations
from tests.conftest import A_MOMENT, entrusted
from tests.factories.world import build_world
from tests.handover.desks import admin_of, contact, invitation, mandates
from tests.race import at_once, meanwhile

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cities():
    return build_world()


@pytest.fixture
def team(cities):
    body = cities.body("Maputo")
    return body, admin_of(body), entrusted(body), entrusted(body)


def hand(body, leaver, to, by):
    return hand_over(body=body, leaver=leaver, to=to, confirmed=True, by=by, at=A_MOMENT)


def test_of_two_hand_overs_at_once_one_is_done(cities, team):
    body, admin, leaver, third = team
    contact(body, cities.body("Curitiba"), leaver)
    outcomes = at_once(lambda n: hand(body, leaver, (admin, third)[n], admin), times=2)
    refused = [one for one in outcomes if isinstance(one, NotOnTheTeam)]
    done = [one for one in outcomes if isinstance(one, HandOver)]
    assert (len(done), len(refused), HandOver.objects.count()) == (1, 1, 1)
    assert Introduction.objects.get().proposed_by == done[0].kept_by


def test_two_who_hand_over_to_each_other_leave_one_of_them(team):
    body, admin, other, _third = team
    Mandate.objects.filter(person=other).update(role="admin")
    pairs = [(admin, other), (other, admin)]
    at_once(lambda n: hand(body, *pairs[n], pairs[n][0]), times=2)
    left = [person for person in (admin, other) if mandates(person, body)]
    assert len(left) == HandOver.objects.count() == 1


def both(cities, team, act):
    """What becomes of an act of somebody whose desk is handed over and not committed yet."""
    body, admin, leaver, _third = team
    return meanwhile(
        lambda: hand(body, leaver, admin, admin),
        lambda: act(body, cities.body("Curitiba"), leaver),
    )


@pytest.mark.postgresql
def test_who_asks_for_a_contact_meanwhile_is_refused(cities, team):
    assert isinstance(both(cities, team, contact), NotAllowed)
    assert not Introduction.objects.exists()


@pytest.mark.postgresql
def test_without_asking_again_her_contact_would_be_nobodys(cities, team, monkeypatch):
    # The control: rights are asked for before the lock alone, and then the contact is written.
    asked = []

    def once(*facts, **more):
        if not asked:
            asked.append(require(*facts, **more))

    require = cooperation.require
    monkeypatch.setattr(cooperation, "require", once)
    both(cities, team, contact)
    leaver = team[2]
    assert Introduction.objects.get().proposed_by == leaver
    assert not mandates(leaver, team[0])


@pytest.mark.postgresql
def test_who_invites_meanwhile_is_refused(cities, team):
    Mandate.objects.filter(person=team[2]).update(role="admin")
    outcome = both(cities, team, lambda body, _other, leaver: invitation(body, leaver))
    assert isinstance(outcome, NotAllowed)
    assert not Invitation.objects.exists()


@pytest.mark.postgresql
def test_without_her_turn_her_invitation_would_be_nobodys(cities, team, monkeypatch):
    Mandate.objects.filter(person=team[2]).update(role="admin")
    monkeypatch.setattr(invitations, "take_turn", lambda _entity: None)
    outcome = both(cities, team, lambda body, _other, leaver: invitation(body, leaver))
    assert outcome.by == team[2]
    assert not mandates(team[2], team[0])
