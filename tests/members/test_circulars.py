"""A letter to the members: who gets it, once each, and what stops it."""

import datetime as dt

import pytest
from django.core import mail

from entrecidades.audit.models import Trace
from entrecidades.kernel.lives import IllegalStep
from entrecidades.mail import circulars as sending
from entrecidades.mail.letters import MailIsAway
from entrecidades.members import services
from entrecidades.members.choices import CopyState
from entrecidades.members.models import Copy
from entrecidades.members.rules import Faulty, ReadersChanged, TooMany, WrittenMeanwhile
from entrecidades.members.selectors import MemberWish, addressees_of, outcome_of
from entrecidades.network.rules import NotAllowed
from entrecidades.queue.models import Job
from entrecidades.queue.rules import NeverAgain
from entrecidades.queue.services import Outward, keep_one
from tests.conftest import A_DAY, A_MOMENT, entrusted
from tests.factories.circulars import CircularFactory, DeclineFactory
from tests.factories.members import members_in_bulk
from tests.factories.network import MembershipFactory

#: Promises are due by the true clock, which has not stood still.
LATER = A_MOMENT + dt.timedelta(days=9000)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


@pytest.fixture
def coordinator(anci):
    """Somebody who may write to all members of the association."""
    return entrusted(anci, role="coordinator", email="coordinator@anci.example")


@pytest.fixture
def members(anci):
    """Nine members; each third has an officer."""
    return members_in_bulk(anci, 9)


@pytest.fixture
def letter(anci, members):
    return CircularFactory(entity=anci)


def send(letter, by, **more):
    facts = {"circular_id": letter.pk, "version": letter.version, "by": by, "at": A_MOMENT}
    copies = addressees_of(letter, on=A_DAY).copies
    return services.send_circular(**{**facts, "copies": copies, **more})


def work(times=50, *, at=LATER):
    keepers = {"members.send_some": Outward(sending.send_some)}
    for number in range(times):
        if keep_one(keepers, now=at + dt.timedelta(minutes=number * 2)) is None:
            return


def test_those_who_speak_for_a_member_get_it_once_and_one_trace_stays(letter, coordinator):
    before = Trace.objects.count()
    send(letter, coordinator)
    assert Trace.objects.count() == before + 1
    work()
    assert sorted(one.to[0] for one in mail.outbox) == sorted(
        copy.person.email for copy in letter.copies.all()
    )
    assert len(mail.outbox) == 3
    letter.refresh_from_db()
    assert (letter.state, letter.left_out) == ("sent", {"nobody": 6, "declined": 0})
    one = mail.outbox[0]
    assert "people" not in one.body.split("missing: ")[1].split("\n")[0]
    assert one.subject.startswith("The profile of Member 0")
    assert one.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_a_person_who_speaks_for_two_members_reads_of_each(letter, anci, members, coordinator):
    entrusted(members[1], email="both@city.example")
    both = members[1].mandates.get().person
    members[2].mandates.create(person=both, role="officer")
    send(letter, coordinator)
    work()
    assert [one.to[0] for one in mail.outbox].count("both@city.example") == 2


def test_who_has_declined_gets_none_and_is_counted(letter, anci, members, coordinator):
    person = members[0].mandates.get().person
    DeclineFactory(person=person, entity=anci)
    found = addressees_of(letter, on=A_DAY)
    assert (found.copies, len(found.declined), len(found.nobody)) == (2, 1, 6)
    send(letter, coordinator)
    work()
    assert person.email not in {one.to[0] for one in mail.outbox}


def test_who_declines_or_leaves_while_it_is_sent_gets_none(letter, anci, members, coordinator):
    send(letter, coordinator)
    services.decline_letters(
        person=members[0].mandates.get().person, association=anci, at=A_MOMENT
    )
    members[3].mandates.all().delete()
    work()
    assert outcome_of(letter) == {"declined": 1, "gone": 1, "sent": 1}


def test_the_wish_chooses_who_gets_it(anci, members, coordinator):
    wish = MemberWish(lacks=["website"])
    letter = services.begin_circular(
        association=anci, wish=wish, asked="lacks=website", by=coordinator, at=A_MOMENT
    )
    assert {one.member.name for one in addressees_of(letter, on=A_DAY).reached} == {
        "Member 00000",
        "Member 00006",
    }


def test_it_is_sent_by_pieces_with_a_pause_between(anci, coordinator):
    members_in_bulk(anci, 45, people_every=1)
    letter = CircularFactory(entity=anci)
    send(letter, coordinator)
    keepers = {"members.send_some": Outward(sending.send_some)}
    keep_one(keepers, now=LATER)
    assert len(mail.outbox) == sending.PIECE
    waiting = Job.objects.get(name="members.send_some", state="waiting")
    assert waiting.due_at == A_MOMENT + sending.PAUSE
    work()
    assert len(mail.outbox) == 45


def test_stopped_and_resumed_it_reaches_everybody_once(anci, coordinator, monkeypatch):
    members_in_bulk(anci, 9, people_every=1)
    letter = CircularFactory(entity=anci)
    send(letter, coordinator)
    monkeypatch.setattr(sending, "PIECE", 4)
    work(1)
    assert len(mail.outbox) == 4
    who = {"circular_id": letter.pk, "by": coordinator, "at": A_MOMENT}
    services.stop_circular(**who)
    work()
    assert len(mail.outbox) == 4
    services.resume_circular(**who)
    # The promise of the first turn is still there, and sends nothing.
    sending.send_some(key="", circular_id=letter.pk, turn=1)
    assert len(mail.outbox) == 4
    work()
    assert len({one.to[0] for one in mail.outbox}) == len(mail.outbox) == 9
    letter.refresh_from_db()
    assert letter.state == "sent"


def test_what_was_on_its_way_when_a_worker_died_is_not_sent_again(letter, coordinator):
    send(letter, coordinator)
    assert services.take_copy(circular_id=letter.pk, turn=1, at=A_MOMENT)  # and it dies here
    work()
    assert outcome_of(letter) == {"on_its_way": 1, "sent": 2}
    assert len(mail.outbox) == 2


def test_a_server_that_is_away_makes_a_copy_wait_and_one_refused_does_not(
    letter, coordinator, monkeypatch
):
    send(letter, coordinator)
    answers = [NeverAgain("550"), MailIsAway("451")]
    true = sending.hand_over

    def hand_over(one):
        if answers:
            raise answers.pop(0)
        true(one)

    monkeypatch.setattr(sending, "hand_over", hand_over)
    work(1)
    assert outcome_of(letter) == {"refused": 1, "waiting": 2}
    work()
    monkeypatch.undo()
    work(at=LATER + dt.timedelta(days=1))
    assert outcome_of(letter) == {"refused": 1, "sent": 2}


def test_a_broken_connection_leaves_one_copy_unknown_and_the_rest_go_on(
    letter, coordinator, monkeypatch
):
    send(letter, coordinator)
    true, broken = sending.hand_over, [1]

    def hand_over(one):
        true(one)
        if broken:
            broken.pop()
            raise ConnectionResetError

    monkeypatch.setattr(sending, "hand_over", hand_over)
    work()
    assert outcome_of(letter) == {"on_its_way": 1, "sent": 2}
    assert len({one.to[0] for one in mail.outbox}) == len(mail.outbox) == 3


def test_what_is_refused_is_refused_whole(letter, anci, coordinator, officer):
    with pytest.raises(NotAllowed):
        send(letter, officer)
    with pytest.raises(NotAllowed):
        send(letter, entrusted(anci, role="officer"))
    with pytest.raises(WrittenMeanwhile):
        send(letter, coordinator, version=7)
    with pytest.raises(ReadersChanged):
        send(letter, coordinator, copies=4)
    letter.text = {"en": "{nobody} {knows}"}
    letter.save()
    with pytest.raises(Faulty) as wrong:
        send(letter, coordinator)
    assert len(wrong.value.messages) == 2
    assert not Copy.objects.exists()
    assert not Job.objects.filter(name="members.send_some").exists()


def test_it_is_sent_once(letter, coordinator):
    send(letter, coordinator)
    with pytest.raises(IllegalStep):
        send(letter, coordinator)
    with pytest.raises(WrittenMeanwhile):
        services.drop_circular(circular_id=letter.pk, by=coordinator, at=A_MOMENT)
    with pytest.raises(WrittenMeanwhile):
        services.write_circular(
            circular_id=letter.pk, subject={}, text={}, version=1, by=coordinator, at=A_MOMENT
        )


def test_three_letters_a_day_are_enough(anci, members, coordinator):
    for _number in range(3):
        send(CircularFactory(entity=anci), coordinator)
    with pytest.raises(TooMany):
        send(CircularFactory(entity=anci), coordinator)


def test_the_second_of_two_who_write_is_told(letter, coordinator):
    facts = {"circular_id": letter.pk, "version": 1, "by": coordinator, "at": A_MOMENT}
    services.write_circular(**facts, subject={"fr": "Un"}, text={})
    with pytest.raises(WrittenMeanwhile):
        services.write_circular(**facts, subject={"fr": "Deux"}, text={})
    letter.refresh_from_db()
    assert (letter.subject, letter.version) == ({"fr": "Un"}, 2)


def test_nobody_is_written_to_where_nobody_acts(anci, world, coordinator):
    MembershipFactory(member=world.body("Turin"), group=anci)
    letter = CircularFactory(entity=anci)
    with pytest.raises(ReadersChanged):
        send(letter, coordinator)


def test_a_copy_is_told_only_of_what_became_of_it_on_its_way(letter, coordinator):
    send(letter, coordinator)
    copy = services.take_copy(circular_id=letter.pk, turn=1, at=A_MOMENT)
    services.settle_copy(copy=copy, state=CopyState.SENT, at=A_MOMENT)
    services.settle_copy(copy=copy, state=CopyState.WAITING, at=A_MOMENT)
    copy.refresh_from_db()
    assert copy.state == "sent"


def test_the_house_forgets_that_she_declined_when_she_wants_letters_again(anci, officer):
    services.decline_letters(person=officer, association=anci, at=A_MOMENT)
    services.decline_letters(person=officer, association=anci, at=A_MOMENT)
    services.accept_letters(person=officer, association=anci)
    services.accept_letters(person=officer, association=anci)
    acts = Trace.objects.filter(act__startswith="members:letters").values_list("act", flat=True)
    assert list(acts) == ["members:letters:decline", "members:letters:accept"]
