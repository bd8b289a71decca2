"""Letters about calls: who gets which, what it says, and what it keeps to itself."""

import datetime as dt

import pytest
from django.core import mail

from entrecidades.calls.models import Application, Call
from entrecidades.calls.services import (
    confirm_part,
    extend_call,
    invite_partner,
    remind_of_deadline,
    take_application_step,
    take_call_step,
    turn_call,
)
from entrecidades.config.jobs import KEEPERS
from entrecidades.queue.models import Job
from entrecidades.queue.services import keep_one
from tests.conftest import A_MOMENT, entrusted
from tests.factories.calls import CLOSES, ApplicationFactory, CallFactory, ReadingFactory

LATER = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("on_the_day")]


@pytest.fixture
def call():
    return CallFactory(open=True)


@pytest.fixture
def runner(call):
    return entrusted(call.entity, role="coordinator", email="runner@call.example")


@pytest.fixture
def application(call, maputo, curitiba, officer, counterpart):
    return ApplicationFactory(
        call=call, lead=maputo, partners=[curitiba], title="Waste", complete=True
    )


def delivered():
    """Keep every promise; to whom the letters went, in the order of their addresses."""
    while keep_one(KEEPERS, now=LATER):
        pass
    assert not Job.objects.exclude(state=Job.State.DONE).exists()
    return sorted(to for letter in mail.outbox for to in letter.to)


BOTH = ["officer@curitiba.example", "officer@maputo.example"]


def test_both_are_told_of_the_receipt(application, officer):
    who = {"application_id": application.pk, "by": officer, "at": A_MOMENT}
    take_application_step(step="submit", **who)
    assert delivered() == BOTH
    assert all("Waste" in letter.subject for letter in mail.outbox)
    assert f"/applications/{application.public_id}/" in mail.outbox[0].body


def test_a_partner_is_asked_and_the_lead_hears_that_it_confirmed(
    application, officer, counterpart, world
):
    asked = entrusted(world.body("Seattle"), email="officer@seattle.example")
    invite_partner(
        application_id=application.pk, partner=world.body("Seattle"), by=officer, at=A_MOMENT
    )
    assert delivered() == [asked.email]
    mail.outbox.clear()
    part = application.parts.get(position=1)
    confirm_part(application_id=application.pk, part_id=part.pk, by=counterpart, at=A_MOMENT)
    assert delivered() == [officer.email]


def test_who_left_meanwhile_is_not_asked(application, officer, counterpart, world):
    entrusted(world.body("Seattle"), email="officer@seattle.example")
    part = invite_partner(
        application_id=application.pk, partner=world.body("Seattle"), by=officer, at=A_MOMENT
    )
    part.declined_at = A_MOMENT
    part.save()
    assert delivered() == []


def test_drafts_are_reminded_once_of_each_notice_by_the_clock_of_the_call(call, application):
    for days, letters in ((8, 0), (7, 2), (6, 2), (1, 4), (0.5, 4)):
        remind_of_deadline(call_id=call.pk, at=CLOSES - dt.timedelta(days=days))
        assert len(delivered()) == letters
    assert all("19:00 (São Paulo)" in letter.body for letter in mail.outbox)
    assert "19:00" in mail.outbox[0].subject


def test_who_lives_by_another_clock_is_told_the_end_by_hers_too(call, application, runner):
    """Nine in the evening in London was seven in São Paulo and Curitiba, and eleven in Maputo."""
    remind_of_deadline(call_id=call.pk, at=CLOSES - dt.timedelta(days=7))
    extend_call(
        call_id=call.pk,
        closes_at=CLOSES + dt.timedelta(days=1),
        reason="Rain.",
        by=runner,
        at=CLOSES - dt.timedelta(days=6),
    )
    delivered()
    assert len(mail.outbox) == 4
    for letter in mail.outbox:
        assert "19:00 (São Paulo)" in letter.body
        assert ("23:00" in letter.body) == (letter.to == ["officer@maputo.example"])


def test_a_partner_is_asked_by_the_clock_of_both(application, officer, world):
    body = world.body("Seattle")
    entrusted(body, email="officer@seattle.example")
    invite_partner(application_id=application.pk, partner=body, by=officer, at=A_MOMENT)
    delivered()
    assert "7 p.m. (Sao Paulo)" in mail.outbox[0].body
    assert f"3 p.m. by the clock of {body.name_in()}." in mail.outbox[0].body


def test_what_is_submitted_by_then_is_not_reminded(call, application):
    remind_of_deadline(call_id=call.pk, at=CLOSES - dt.timedelta(days=7))
    Application.objects.update(state="submitted", submitted_at=A_MOMENT)
    assert delivered() == []


def test_a_draft_that_was_too_late_is_told_so(call, application):
    turn_call(call_id=call.pk, at=CLOSES + dt.timedelta(hours=1))
    assert delivered() == BOTH


def test_a_reader_is_told_of_no_body_where_she_is_not_to_know(call, application):
    Call.objects.update(state="closed", hides_bodies=True)
    Application.objects.update(state="submitted", submitted_at=A_MOMENT)
    reader = entrusted(call.entity, role="evaluator", email="reader@call.example")
    reading = ReadingFactory(application=application, reader=reader)
    KEEPERS["calls.tell_of_reading"](reading_id=reading.pk)
    assert delivered() == [reader.email]
    for hidden in ("Maputo", "Curitiba", "Waste"):
        assert hidden not in mail.outbox[0].body + mail.outbox[0].subject


def test_a_decision_is_told_with_its_reason_when_all_are_published(
    call, application, runner, officer
):
    Call.objects.update(state="evaluated")
    Application.objects.update(
        state="submitted",
        submitted_at=A_MOMENT,
        number=1,
        verdict="refused",
        reason="Others need it more.",
    )
    assert delivered() == []
    take_call_step(call_id=call.pk, step="decide", by=runner, at=CLOSES + dt.timedelta(days=9))
    assert delivered() == BOTH
    assert all("Others need it more." in letter.body for letter in mail.outbox)


def test_a_cancelled_call_tells_why_to_all_who_wrote(call, application, runner):
    take_call_step(
        call_id=call.pk, step="cancel", by=runner, at=A_MOMENT, reason="There is no money."
    )
    told = delivered()
    assert set(told) == set(BOTH)
    assert any("There is no money." in letter.body for letter in mail.outbox)
