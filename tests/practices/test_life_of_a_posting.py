"""The life of a posting is a table: what stands in it is done, what does not is refused."""

import datetime as dt
from itertools import product

import pytest
from django.core.exceptions import ValidationError

from entrecidades.audit.models import Trace
from entrecidades.kernel.lives import IllegalStep, next_state, steps_from
from entrecidades.network.models import PlaceChange
from entrecidades.practices.choices import PostingState, PostingStep
from entrecidades.practices.models import Posting
from entrecidades.practices.rules import LIFE
from entrecidades.practices.services import take_step
from tests.factories.practices import PostingFactory

EVERY_PAIR = [*product(PostingState, PostingStep)]
LEGAL = [pair for pair in EVERY_PAIR if pair in LIFE]
ILLEGAL = [pair for pair in EVERY_PAIR if pair not in LIFE]
DAY = dt.date(2009, 11, 19)


@pytest.mark.parametrize(("state", "step"), ILLEGAL)
def test_what_is_not_in_the_table_is_refused_with_a_sentence(state, step):
    with pytest.raises(IllegalStep) as refusal:
        next_state(LIFE, state, step)
    assert refusal.value.messages == [f"Impossible while it is “{state.label}”: {step.label}."]


@pytest.mark.parametrize("state", PostingState)
def test_the_steps_that_are_offered_are_those_of_the_table(state):
    assert steps_from(LIFE, state) == [step for step in PostingStep if (state, step) in LIFE]


def test_every_state_but_the_ends_leads_on_and_every_state_can_be_reached():
    reached = {PostingState.DRAFT, *LIFE.values()}
    assert reached == set(PostingState)
    ends = {state for state in PostingState if not steps_from(LIFE, state)}
    assert ends == {PostingState.FULFILLED, PostingState.WITHDRAWN}


@pytest.mark.parametrize(("state", "step"), LEGAL)
def test_a_legal_step_is_taken_and_leaves_one_trace(officer, maputo, state, step):
    posting = PostingFactory(entity=maputo, state=state)
    take_step(posting_id=posting.pk, step=step, by=officer, on=DAY, expires_on=DAY)
    posting.refresh_from_db()
    assert posting.state == LIFE[state, step]
    trace = Trace.objects.get()
    assert (trace.act, trace.by_id) == ("practices:posting:step", officer.pk)
    assert trace.facts == {"step": step, "was": state, "now": LIFE[state, step]}
    assert [change.place for change in PlaceChange.objects.all()] == [maputo.seat]


@pytest.mark.parametrize("step", [PostingStep.FULFIL, PostingStep.MATCH])
def test_an_illegal_step_changes_nothing_and_leaves_no_trace(officer, maputo, step):
    posting = PostingFactory(entity=maputo, state=PostingState.DRAFT)
    with pytest.raises(IllegalStep):
        take_step(posting_id=posting.pk, step=step, by=officer, on=DAY)
    posting.refresh_from_db()
    assert posting.state == PostingState.DRAFT
    assert not Trace.objects.exists()
    assert not PlaceChange.objects.exists()


def test_renewing_sets_the_last_day_and_no_other_step_does(officer, maputo):
    posting = PostingFactory(
        entity=maputo, state=PostingState.EXPIRED, expires_on=dt.date(2009, 1, 1)
    )
    take_step(posting_id=posting.pk, step=PostingStep.RENEW, by=officer, on=DAY, expires_on=DAY)
    take_step(posting_id=posting.pk, step=PostingStep.MATCH, by=officer, on=DAY, expires_on=None)
    assert Posting.objects.get().expires_on == DAY


def test_renewing_until_before_it_opened_is_refused(officer, maputo):
    posting = PostingFactory(entity=maputo, opens_on=DAY)
    early = DAY - dt.timedelta(days=1)
    with pytest.raises(ValidationError, match="cannot run out before it opens"):
        take_step(
            posting_id=posting.pk, step=PostingStep.RENEW, by=officer, on=DAY, expires_on=early
        )
    assert not Trace.objects.exists()


def test_it_is_open_until_its_last_day_included(db):
    posting = PostingFactory(expires_on=DAY)
    drafted = PostingFactory(drafted=True)
    for_ever = PostingFactory()
    assert set(Posting.objects.open(DAY)) == {posting, for_ever}
    assert set(Posting.objects.open(DAY + dt.timedelta(days=1))) == {for_ever}
    assert drafted not in Posting.objects.open(DAY)
