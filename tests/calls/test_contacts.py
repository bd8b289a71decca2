"""First contacts that follow from published pairs: opened once each, in one step, by both eyes."""

import pytest
from django.core.exceptions import ValidationError

from entrecidades.audit.models import Trace
from entrecidades.calls.choices import Act, Follow
from entrecidades.calls.models import Opening
from entrecidades.calls.rules.pairing import NothingToOpen
from entrecidades.calls.selectors.contacts import pairs_to_open, pairs_waiting
from entrecidades.calls.services import ask_contacts, leave_round, publish_round
from entrecidades.config.jobs import KEEPERS
from entrecidades.cooperation.choices import Act as Cooperation
from entrecidades.cooperation.choices import IntroductionState, IntroductionStep
from entrecidades.cooperation.models import Introduction
from entrecidades.cooperation.rules import NotYourStep
from entrecidades.cooperation.services import propose_introduction, take_step
from entrecidades.matching import jobs
from entrecidades.matching.jobs import open_contacts
from entrecidades.network.rules import NotAllowed
from entrecidades.queue.models import Job
from entrecidades.queue.services import keep_one
from tests.conftest import entrusted
from tests.factories.accounts import PersonFactory
from tests.factories.rounds import AT, a_round, answered, cities

pytestmark = pytest.mark.django_db
WORDS = "Your two cities were paired."


@pytest.fixture
def paired():
    """A round with four published pairs, and who coordinates it."""
    made, by = a_round()
    run = answered(made, by, [(0, 0), (1, 1), (2, 2), (3, 3)])
    publish_round(
        round_id=made.pk, version=made.version, run_id=run.pk, follow=Follow.LETTER, by=by, at=AT
    )
    Job.objects.all().delete()
    return made, by


def ask(made, by, pairs=None):
    keys = [one.pk for one in made.pairs.all()] if pairs is None else [one.pk for one in pairs]
    return ask_contacts(
        round_id=made.pk, pairs=keys, message=f" {WORDS} ", language="pt-br", by=by, at=AT
    )


def work():
    """Keep the promises to open contacts, and no others."""
    while Job.objects.filter(name="calls.open_contacts", state=Job.State.WAITING).exists():
        Job.objects.exclude(name="calls.open_contacts").update(state=Job.State.CANCELLED)
        job = keep_one(KEEPERS, now=AT.replace(year=2100))
        assert job.state == Job.State.DONE, job.error


def test_each_pair_gets_a_contact_through_the_body_that_coordinates(paired):
    made, by = paired
    opening = ask(made, by)
    assert opening.count == pairs_waiting(opening).count() == 4
    work()
    opening.refresh_from_db()
    assert (opening.message, opening.ended_at is None) == ("", False)
    for pair in made.pairs.whole():
        contact = pair.introduction
        assert (contact.asker, contact.asked) == (pair.first.entity, pair.second.entity)
        assert (contact.broker, contact.proposed_by) == (made.entity, by)
        assert (contact.state, contact.is_convened) == (IntroductionState.FORWARDED, True)
        assert (contact.message, contact.language) == (WORDS, "pt-br")
    assert Introduction.objects.count() == 4
    asked = Trace.objects.get(act=Act.OPEN_CONTACTS)
    assert (asked.facts["count"], asked.by_id) == (4, by.pk)
    assert Trace.objects.filter(act=Cooperation.PROPOSE, body_id=made.entity_id).count() == 4


def test_pressed_again_nothing_changes(paired):
    made, by = paired
    ask(made, by)
    for _twice in range(2):
        with pytest.raises(NothingToOpen):
            ask(made, by)
        work()
    assert (Opening.objects.count(), Introduction.objects.count()) == (1, 4)


def test_chosen_pairs_are_opened_and_the_rest_later(paired):
    made, by = paired
    one, *others = made.pairs.all()
    ask(made, by, [one])
    work()
    assert set(pairs_to_open(made)) == set(others)
    opening = ask(made, by)
    work()
    assert opening.count == 3
    assert Introduction.objects.count() == 4


def test_a_contact_that_the_two_have_already_stays_as_it_is(paired):
    made, by = paired
    pair = made.pairs.whole().first()
    there = propose_introduction(
        asker=pair.second.entity, asked=pair.first.entity, broker=None, themes=[],
        message="Ours", language="it", by=entrusted(pair.second.entity), at=AT,
    )  # fmt: skip
    ask(made, by)
    work()
    pair.refresh_from_db()
    there.refresh_from_db()
    assert pair.introduction == there
    assert (there.message, there.is_convened, there.broker) == ("Ours", False, None)
    assert Introduction.objects.count() == 4


def test_interrupted_half_way_it_goes_on(paired, monkeypatch):
    made, by = paired
    monkeypatch.setattr(jobs, "PIECE", 2)
    opening = ask(made, by)
    open_contacts(opening_id=opening.pk)
    assert pairs_waiting(opening).count() == 2
    from entrecidades.calls.services import contacts  # noqa: PLC0415 - patched for this test alone

    opened, real = [], contacts.convene_introduction

    def dies(**facts):
        if opened:
            raise KeyboardInterrupt
        opened.append(facts)
        return real(**facts)

    with monkeypatch.context() as patch:
        patch.setattr(contacts, "convene_introduction", dies)
        with pytest.raises(KeyboardInterrupt):
            open_contacts(opening_id=opening.pk)
    assert Introduction.objects.count() == 2  # the piece that was broken off left nothing
    work()
    assert Introduction.objects.count() == 4
    assert Job.objects.filter(name="cooperation.tell_of_introduction").count() == 4


def test_who_has_left_meanwhile_gets_none(paired):
    made, by = paired
    opening = ask(made, by)
    made.refresh_from_db()
    leave_round(
        member_id=made.pairs.first().first_id, version=made.version, reason="x", by=by, at=AT
    )
    work()
    opening.refresh_from_db()
    assert opening.ended_at
    assert Introduction.objects.count() == 3


def test_two_of_one_country_are_no_contact():
    made, by = a_round()
    second = made.members.filter(side="second").select_related("entity").first()
    second.entity.country = made.members.filter(side="first").first().entity.country
    second.entity.save()
    run = answered(made, by, [(0, 0), (1, 1)])
    publish_round(
        round_id=made.pk, version=made.version, run_id=run.pk, follow=Follow.LETTER, by=by, at=AT
    )
    assert ask(made, by).count == 1


def test_strangers_open_nothing(paired):
    made, _by = paired
    with pytest.raises(NotAllowed):
        ask(made, PersonFactory())
    assert not Opening.objects.exists()


def test_no_words_no_contacts(paired):
    made, by = paired
    with pytest.raises(ValidationError):
        ask_contacts(
            round_id=made.pk, pairs=[made.pairs.first().pk], message=" ", language="x" * 11,
            by=by, at=AT,
        )  # fmt: skip
    assert not Opening.objects.exists()


def test_the_first_did_not_ask_so_it_may_decline_but_not_accept(paired):
    made, by = paired
    ask(made, by)
    work()
    contact = made.pairs.whole().first().introduction
    officer = entrusted(contact.asker)
    facts = {"introduction_id": contact.pk, "by": officer, "at": AT}
    with pytest.raises(NotYourStep):
        take_step(step=IntroductionStep.ACCEPT, **facts)
    take_step(step=IntroductionStep.DECLINE, **facts)
    contact.refresh_from_db()
    assert contact.state == IntroductionState.DECLINED


def test_who_asked_itself_does_not_decline():
    one, other = (*cities(["Natal"], "BR"), *cities(["Bari"], "IT"))
    officer = entrusted(one)
    contact = propose_introduction(
        asker=one, asked=other, broker=None, themes=[], message="x", language="pt",
        by=officer, at=AT,
    )  # fmt: skip
    with pytest.raises(NotYourStep):
        take_step(introduction_id=contact.pk, step=IntroductionStep.DECLINE, by=officer, at=AT)
