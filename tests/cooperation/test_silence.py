"""Silence: whose step is awaited is reminded, and long after that the contact lapses."""

import datetime as dt

import pytest

from entrecidades.audit.models import Trace
from entrecidades.cooperation import jobs
from entrecidades.cooperation.choices import IntroductionState, IntroductionStep
from entrecidades.cooperation.models import Introduction
from entrecidades.cooperation.rules import LIFE, SILENCE, NotYourStep
from entrecidades.cooperation.services import let_lapse, remind_of_silence, take_step
from entrecidades.queue.models import Job
from tests.factories.cooperation import IntroductionFactory

S, T = IntroductionState, IntroductionStep
LAST_STEP = dt.datetime(2009, 3, 2, tzinfo=dt.UTC)
ONE = dt.timedelta(days=1)


@pytest.fixture
def contact(maputo, curitiba):
    return IntroductionFactory(asker=maputo, asked=curitiba, moved_at=LAST_STEP)


def run(after):
    """What the two jobs do so long after the last step; the state of the contact."""
    on = (LAST_STEP + after).date().isoformat()
    jobs.remind_of_silences(on=on)
    jobs.lapse_introductions(on=on)
    return Introduction.objects.get().state


def reminders():
    told = Job.objects.filter(name="cooperation.tell_of_silence").order_by("pk")
    return [job.facts["lapses_on"] for job in told]


def test_every_open_state_and_no_other_can_fall_silent():
    assert SILENCE.keys() == {state for state, step in LIFE if step == T.LAPSE}
    assert all(short < long for short, long in SILENCE.values())


@pytest.mark.parametrize("state", SILENCE)
def test_it_is_reminded_once_then_lapses(contact, state):
    Introduction.objects.update(state=state)
    short, long = SILENCE[state]
    assert (run(short - ONE), reminders()) == (state, [])
    lapses_on = (LAST_STEP + long).date().isoformat()
    assert (run(short), reminders()) == (state, [lapses_on])
    assert (run(long - ONE), reminders()) == (state, [lapses_on])
    assert run(long) == run(long) == S.LAPSED
    remind, lapse = Trace.objects.all()
    assert (remind.act, remind.by_id) == ("cooperation:introduction:remind", None)
    assert remind.facts == {"lapses_on": lapses_on}
    assert (lapse.act, lapse.by_id) == ("cooperation:introduction:step", None)
    assert lapse.facts == {"step": "lapse", "was": state, "now": "lapsed"}


@pytest.mark.parametrize("state", set(S) - SILENCE.keys())
def test_what_is_over_stays(contact, state):
    Introduction.objects.update(state=state)
    assert run(2000 * ONE) == state
    assert not Trace.objects.exists()


def test_nobodys_contact_lapses_unwarned_though_no_worker_was_there(contact):
    short, long = SILENCE[S.FORWARDED]
    assert run(2 * long) == S.FORWARDED
    assert reminders() == [(LAST_STEP + 2 * long + long - short).date().isoformat()]
    assert run(2 * long + long - short - ONE) == S.FORWARDED
    assert run(2 * long + long - short) == S.LAPSED


def test_a_step_ends_the_silence(contact, counterpart):
    short, long = SILENCE[S.FORWARDED]
    run(short)
    take_step(
        introduction_id=contact.pk, step=T.ACCEPT, by=counterpart, at=LAST_STEP + short + ONE
    )
    assert run(long) == S.ACCEPTED
    assert len(reminders()) == 1
    run(short + ONE + short)
    assert len(reminders()) == 2


def test_who_answers_just_before_is_faster(contact, counterpart):
    short, long = SILENCE[S.FORWARDED]
    run(short)
    at = LAST_STEP + long
    take_step(introduction_id=contact.pk, step=T.ACCEPT, by=counterpart, at=at)
    assert let_lapse(introduction_id=contact.pk, at=at) is False
    assert remind_of_silence(introduction_id=contact.pk, at=at) is False
    assert Introduction.objects.get().state == S.ACCEPTED


def test_the_house_takes_no_step_that_is_somebodys(contact):
    with pytest.raises(NotYourStep):
        take_step(introduction_id=contact.pk, step=T.ACCEPT, by=None, at=LAST_STEP)
    assert not Trace.objects.exists()


def test_a_run_is_bounded_and_goes_on_in_another(contact, maputo, curitiba, monkeypatch):
    monkeypatch.setattr(jobs, "BATCH", 1)
    second = IntroductionFactory(asker=curitiba, asked=maputo, moved_at=LAST_STEP)
    short, long = SILENCE[S.FORWARDED]
    for name, after in (("remind_of_silences", short), ("lapse_introductions", long)):
        getattr(jobs, name)(on=(LAST_STEP + after).date().isoformat())
        onward = Job.objects.get(name=f"cooperation.{name}")
        assert onward.facts["after"] == contact.pk
        getattr(jobs, name)(**onward.facts)
    assert set(Introduction.objects.filter(state=S.LAPSED)) == {contact, second}
