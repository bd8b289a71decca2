"""Reading and deciding: who is given what, who sees whose sheet when, and what is decided why."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrecidades.audit.models import Trace
from entrecidades.calls.choices import Act, CallState, CallStep, ReadingState, ReadingStep, Verdict
from entrecidades.calls.models import Application, Call, Reading
from entrecidades.calls.rules.life import CeilingReached, Conflicted, NotReady, NotYourStep
from entrecidades.calls.selectors import (
    interest_of,
    readings_of,
    sheets_seen_by,
    standing_of,
    standings_of,
)
from entrecidades.calls.services import (
    assign_reader,
    assign_readers,
    decide_application,
    save_sheet,
    take_application_step,
    take_call_step,
    take_reading_step,
)
from entrecidades.kernel.lives import IllegalStep
from entrecidades.network.rules import NotAllowed
from entrecidades.queue.models import Job
from tests.calls.conftest import sheet
from tests.factories.calls import CLOSES, ApplicationFactory, CallFactory, ReadingFactory
from tests.factories.network import MandateFactory
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db
AT = CLOSES + dt.timedelta(days=1)
ON = AT.date()


@pytest.fixture
def call():
    return CallFactory(closed=True)


@pytest.fixture
def application(call, maputo, curitiba):
    return ApplicationFactory(call=call, lead=maputo, partners=[curitiba], submitted=True)


def given_to(application, reader, score="5", **facts):
    return ReadingFactory(application=application, reader=reader, scores=sheet(score), **facts)


def step(reading, what, by=None, **facts):
    by = by or reading.reader
    return take_reading_step(reading_id=reading.pk, step=what, by=by, at=AT, **facts)


def hand_in(reading):
    return step(reading, ReadingStep.HAND_IN)


def shown(person, application, *, runs=False):
    fresh = Application.objects.get(pk=application.pk)
    return {one.pk for one in sheets_seen_by(person, fresh, runs=runs)}


def test_nobody_sees_the_sheet_of_another_before_all_are_in(application, readers, runner, officer):
    one, other = given_to(application, readers[0]), given_to(application, readers[1], "6")
    hand_in(one)
    assert shown(readers[0], application) == {one.pk}
    assert shown(readers[1], application) == {other.pk}
    assert shown(runner, application, runs=True) == set()
    hand_in(other)
    both = {one.pk, other.pk}
    assert shown(readers[0], application) == shown(readers[1], application) == both
    assert shown(runner, application, runs=True) == both
    assert shown(readers[2], application) == shown(officer, application) == set()


def test_the_two_who_are_apart_see_nothing_before_the_third_has_read(application, readers, runner):
    one, other = given_to(application, readers[0], "1"), given_to(application, readers[1], "9")
    hand_in(one)
    hand_in(other)
    third = Reading.objects.get(is_third=True)
    assert third.reader in readers[2:]
    assert shown(readers[0], application) == {one.pk}
    assert shown(runner, application, runs=True) == set()
    step(third, ReadingStep.CLEAR)
    Reading.objects.filter(pk=third.pk).update(scores=sheet("5"))
    hand_in(third)
    assert len(shown(runner, application, runs=True)) == 3
    assert standing_of(Application.objects.get()).mean == Decimal(5)


def test_within_the_spread_no_third_is_called_and_without_one_it_is_not_read(application, readers):
    for reader, score in zip(readers, ("4", "6"), strict=False):
        hand_in(given_to(application, reader, score))
    assert Reading.objects.count() == 2
    assert standing_of(Application.objects.get()).is_read


def test_where_no_third_can_read_it_waits_and_says_so(call, application, readers, runner):
    for reader in readers[2:]:
        reader.is_active = False
        reader.save()
    for reader, score in zip(readers, ("1", "9"), strict=False):
        hand_in(given_to(application, reader, score))
    assert standing_of(Application.objects.get()).wants_third
    with nothing_changes("calls"), pytest.raises(NotReady, match="not read to the end"):
        take_call_step(call_id=call.pk, step=CallStep.EVALUATE, by=runner, at=AT)
    assert assign_readers(call_id=call.pk, by=runner, at=AT) == [application.number]


def test_a_conflict_frees_the_reader_and_another_is_asked(call, application, readers, runner):
    assert assign_readers(call_id=call.pk, by=runner, at=AT) == []
    first = Reading.objects.order_by("pk").first()
    with nothing_changes("calls"), pytest.raises(NotReady, match="few words"):
        step(first, ReadingStep.CONFLICT, conflict="  ")
    step(first, ReadingStep.CONFLICT, conflict="My brother works there.")
    assert assign_readers(call_id=call.pk, by=runner, at=AT) == []
    asked = application.readings.standing()
    assert asked.count() == call.readers
    assert first.reader_id not in asked.values_list("reader", flat=True)
    trace = Trace.objects.filter(act=Act.STEP_READING).get()
    assert "brother" not in str(trace.changes)


@pytest.mark.parametrize("ended", [False, True])
def test_who_acts_or_acted_for_a_body_is_not_asked(call, application, readers, runner, ended):
    facts = {"valid_to": dt.date(2009, 6, 1)} if ended else {}
    facts |= {"entity": application.lead, "valid_from": dt.date(2009, 1, 1)}
    MandateFactory(person=readers[0], **facts)
    assert interest_of(readers[0], application, on=ON) == "body"
    with nothing_changes("calls"), pytest.raises(Conflicted):
        assign_reader(application_id=application.pk, reader=readers[0], by=runner, at=AT)
    assign_readers(call_id=call.pk, by=runner, at=AT)
    assert not Reading.objects.filter(reader=readers[0]).exists()


def test_who_comes_to_act_for_a_body_while_she_reads_hands_nothing_in(application, readers):
    reading = given_to(application, readers[0])
    MandateFactory(entity=application.lead, person=readers[0], valid_from=dt.date(2009, 11, 1))
    with nothing_changes("calls"), pytest.raises(Conflicted):
        hand_in(reading)


def test_a_country_bars_only_where_the_call_says_so(call, application, readers, world):
    MandateFactory(
        entity=world.body("Belo Horizonte"), person=readers[0], valid_from=dt.date(2009, 1, 1)
    )
    assert interest_of(readers[0], application, on=ON) == ""
    application.call.bars_country = True
    assert interest_of(readers[0], application, on=ON) == "country"


def test_only_evaluators_of_those_who_coordinate_read(application, runner, officer, stranger):
    for reader in (officer, stranger, runner):
        with nothing_changes("calls"), pytest.raises((IllegalStep, Conflicted)):
            assign_reader(application_id=application.pk, reader=reader, by=runner, at=AT)


def test_nobody_but_those_who_run_the_call_gives_readers(call, application, readers, officer):
    with nothing_changes("calls"), pytest.raises(NotAllowed):
        assign_readers(call_id=call.pk, by=officer, at=AT)
    with nothing_changes("calls"), pytest.raises(NotAllowed):
        assign_reader(application_id=application.pk, reader=readers[0], by=readers[1], at=AT)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(1, 6))
def test_applications_are_spread_evenly_and_always_alike(call, readers, runner, count):
    Reading.objects.all().delete()
    call.applications.all().delete()
    for _number in range(count):
        ApplicationFactory(call=call, submitted=True)
    assign_readers(call_id=call.pk, by=runner, at=AT)
    load = [Reading.objects.filter(reader=reader).count() for reader in readers]
    assert sum(load) == 2 * count
    assert max(load) - min(load) <= 1
    given_out = list(Reading.objects.order_by("pk").values_list("application", "reader"))
    assign_readers(call_id=call.pk, by=runner, at=AT)
    assert list(Reading.objects.order_by("pk").values_list("application", "reader")) == given_out


def test_what_was_taken_from_her_is_gone_from_her_list(application, readers, runner):
    reading = given_to(application, readers[0])
    assert readings_of(readers[0]).count() == 1
    step(reading, ReadingStep.RELEASE, by=runner)
    assert readings_of(readers[0]).count() == 0
    with nothing_changes("calls"), pytest.raises(IllegalStep):
        assign_reader(application_id=application.pk, reader=readers[0], by=runner, at=AT)


def save(reading, scores, by=None, version=None):
    facts = {"scores": scores, "by": by or reading.reader, "at": AT}
    return save_sheet(reading_id=reading.pk, version=version or reading.version, **facts)


def test_a_sheet_keeps_what_it_asks_and_the_older_window_is_told(application, readers):
    reading = given_to(application, readers[0])
    saved = save(reading, {"need": {"score": "7,5", "reason": "x"}, "riddle": {"score": "1"}})
    assert saved.scores == {"need": {"score": "7,5", "reason": "x"}}
    with nothing_changes("calls"), pytest.raises(IllegalStep, match="another window"):
        save(reading, {"need": {"score": "1", "reason": ""}}, version=reading.version)
    with nothing_changes("calls"), pytest.raises(NotYourStep):
        save(reading, {}, by=readers[1])


def test_a_sheet_that_lacks_something_names_all_of_it_by_the_words_of_the_criteria(
    application, readers
):
    reading = ReadingFactory(application=application, reader=readers[0], scores={})
    with nothing_changes("calls"), pytest.raises(NotReady) as refusal:
        hand_in(reading)
    told = refusal.value.messages
    assert [one.partition(":")[0] for one in told] == ["Need", "Need", "Means", "Means"]


def test_a_complete_sheet_is_weighed(application, readers):
    scores = {**sheet("8"), "means": {"score": "5,5", "reason": "Because."}}
    reading = ReadingFactory(application=application, reader=readers[0], scores=scores)
    hand_in(reading)
    reading.refresh_from_db()
    assert (reading.state, reading.total) == (ReadingState.HANDED_IN, Decimal("7.00"))


def evaluated(call, **facts):
    Call.objects.filter(pk=call.pk).update(state=CallState.EVALUATED, **facts)


def decide(application, by, verdict=Verdict.ACCEPTED, reason="The need is great."):
    who = {"application_id": application.pk, "by": by, "at": AT}
    return decide_application(verdict=verdict, reason=reason, **who)


def test_a_decision_gives_its_reason_and_comes_after_the_evaluation(call, application, runner):
    with nothing_changes("calls"), pytest.raises(IllegalStep):
        decide(application, runner)
    evaluated(call)
    with nothing_changes("calls"), pytest.raises(NotReady):
        decide(application, runner, reason=" \n")
    decide(application, runner)
    assert not Job.objects.exists()  # nobody outside learns of it yet
    assert Application.objects.get().state == "submitted"


def test_neither_an_applicant_nor_who_acted_for_one_decides(call, application, runner, officer):
    evaluated(call)
    with nothing_changes("calls"), pytest.raises(NotAllowed):
        decide(application, officer)
    MandateFactory(entity=application.lead, person=runner, valid_from=dt.date(2009, 1, 1))
    with nothing_changes("calls"), pytest.raises(Conflicted):
        decide(application, runner)


def publish(call, runner):
    return take_call_step(call_id=call.pk, step=CallStep.DECIDE, by=runner, at=AT)


def test_all_is_published_at_once_or_nothing_is(call, runner):
    evaluated(call)
    several = [ApplicationFactory(call=call, submitted=True) for _one in range(3)]
    for one, verdict in zip(several, Verdict, strict=True):
        with nothing_changes("calls"), pytest.raises(NotReady, match=str(several[2].number)):
            publish(call, runner)
        decide(one, runner, verdict)
    publish(call, runner)
    states = Application.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["accepted", "reserve", "refused"]
    assert Job.objects.filter(name="calls.tell_of_application").count() == 3


def test_no_more_are_accepted_than_there_is_room_for_and_the_next_waits(call, runner):
    evaluated(call, ceiling_pairs=1)
    first, second = (ApplicationFactory(call=call, submitted=True) for _one in range(2))
    decide(first, runner)
    decide(second, runner)
    with nothing_changes("calls"), pytest.raises(CeilingReached):
        publish(call, runner)
    decide(second, runner, Verdict.RESERVE)
    publish(call, runner)
    who = {"by": runner, "at": AT, "reason": "There is room."}
    with nothing_changes("calls"), pytest.raises(CeilingReached):
        take_application_step(application_id=second.pk, step="promote", **who)
    Application.objects.filter(pk=first.pk).update(state="withdrawn")
    promoted = take_application_step(application_id=second.pk, step="promote", **who)
    assert promoted.verdict == Verdict.ACCEPTED


def test_the_standings_are_the_best_first(call, readers):
    for score in ("3", "8"):
        hand_in(given_to(ApplicationFactory(call=call, submitted=True), readers[0], score))
    assert [one.mean for one in standings_of(call)] == [Decimal(8), Decimal(3)]
