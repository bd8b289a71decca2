"""Who takes part in an application: begun, asked, confirmed, left; each with its promise."""

import datetime as dt

import pytest

from entrecidades.audit.models import Trace
from entrecidades.calls.choices import Act
from entrecidades.calls.models import Application
from entrecidades.calls.rules.life import NotYourStep, TooLate
from entrecidades.calls.services import (
    NotAPartner,
    begin_application,
    confirm_part,
    confirm_profile,
    invite_partner,
    leave_application,
    list_application,
)
from entrecidades.calls.services.partners import MOST_PARTNERS
from entrecidades.kernel.lives import IllegalStep
from entrecidades.network.rules import NotAllowed
from entrecidades.queue.models import Job
from tests.factories.calls import CLOSES, OPENS, CallFactory
from tests.factories.network import EntityFactory
from tests.unchanged import nothing_changes

pytestmark = pytest.mark.django_db
AT = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


def begin(call, lead, by, *partners, at=AT):
    facts = {"title": " Waste ", "language": "pt", "by": by, "at": at}
    return begin_application(call=call, lead=lead, partners=partners, **facts)


def promised():
    return list(Job.objects.order_by("pk").values_list("name", flat=True))


def test_it_begins_with_its_bodies_two_traces_and_a_letter_to_the_partner(
    call, maputo, curitiba, officer
):
    made = begin(call, maputo, officer, curitiba)
    assert made.title == "Waste"
    assert made.bodies() == [maputo, curitiba]
    assert promised() == ["calls.tell_of_part"]
    acts = Trace.objects.order_by("pk").values_list("act", flat=True)
    assert list(acts) == [Act.BEGIN, Act.JOIN]


@pytest.mark.parametrize("at", [CLOSES, CLOSES + MINUTE])
def test_nobody_begins_once_it_is_over(call, maputo, officer, at):
    with nothing_changes("calls"), pytest.raises(TooLate):
        begin(call, maputo, officer, at=at)


def test_one_may_write_before_it_opens_and_not_before_it_is_out(maputo, officer):
    coming, draft = CallFactory(state="published"), CallFactory()
    assert begin(coming, maputo, officer, at=OPENS - MINUTE)
    with nothing_changes("calls"), pytest.raises(TooLate):
        begin(draft, maputo, officer)


def test_a_refused_partner_leaves_no_application(call, maputo, officer):
    with nothing_changes("calls"), pytest.raises(NotAPartner):
        begin(call, maputo, officer, maputo)


def test_nobody_begins_for_a_body_of_others(call, maputo, stranger):
    with nothing_changes("calls"), pytest.raises(NotAllowed):
        begin(call, maputo, stranger)


def invite(application, partner, by):
    return invite_partner(application_id=application.pk, partner=partner, by=by, at=AT)


def test_the_lead_asks_and_the_partner_does_not(application, officer, counterpart, world):
    with nothing_changes("calls"), pytest.raises(NotAllowed):
        invite(application, world.body("Seattle"), counterpart)
    application.parts.update(confirmed_at=AT)
    invite(application, world.body("Seattle"), officer)
    assert application.parts.count() == 3
    assert not application.parts.filter(confirmed_at__isnull=False).exists()


def test_nobody_takes_part_twice_and_there_are_only_so_many(application, curitiba, officer):
    with nothing_changes("calls"), pytest.raises(NotAPartner):
        invite(application, curitiba, officer)
    for _number in range(MOST_PARTNERS - 1):
        invite(application, EntityFactory(), officer)
    with nothing_changes("calls"), pytest.raises(NotAPartner):
        invite(application, EntityFactory(), officer)


def leave(application, position, by):
    part = application.parts.get(position=position)
    return leave_application(application_id=application.pk, part_id=part.pk, by=by, at=AT)


def test_a_partner_leaves_and_comes_back_with_what_it_wrote(
    application, curitiba, officer, counterpart
):
    application.parts.filter(position=1).update(answers={"part": "Carts"})
    leave(application, 1, counterpart)
    assert Application.objects.get().bodies() == [application.lead]
    invite(application, curitiba, officer)
    assert application.parts.get(position=1).answers == {"part": "Carts"}


def test_the_lead_lets_a_partner_go_and_neither_leaves_twice(application, officer, counterpart):
    leave(application, 1, officer)
    assert Trace.objects.get(act=Act.LEAVE).body_id == application.lead_id
    for by in (officer, counterpart):
        with nothing_changes("calls"), pytest.raises((IllegalStep, NotAllowed)):
            leave(application, 1, by)


def test_the_lead_does_not_leave_and_a_stranger_lets_nobody_go(application, officer, stranger):
    with nothing_changes("calls"), pytest.raises(NotYourStep):
        leave(application, 0, officer)
    with nothing_changes("calls"), pytest.raises(NotAllowed):
        leave(application, 1, stranger)


def confirm(application, position, by):
    part = application.parts.get(position=position)
    return confirm_part(application_id=application.pk, part_id=part.pk, by=by, at=AT)


def test_a_partner_confirms_once_and_the_lead_is_told_once(application, counterpart):
    confirm(application, 1, counterpart)
    confirm(application, 1, counterpart)
    assert promised() == ["calls.tell_of_confirmation"]
    assert Trace.objects.filter(act=Act.CONFIRM).count() == 1


def test_nobody_confirms_for_another(application, officer, counterpart):
    for position, by in ((0, counterpart), (1, officer)):
        with nothing_changes("calls"), pytest.raises(NotAllowed):
            confirm(application, position, by)


def test_consent_to_be_named_is_given_and_taken_back_by_the_lead_alone(
    application, officer, counterpart
):
    who = {"application_id": application.pk, "at": AT}
    with nothing_changes("calls"), pytest.raises(NotAllowed):
        list_application(is_listed=True, by=counterpart, **who)
    for is_listed in (True, True, False):
        list_application(is_listed=is_listed, by=officer, **who)
    assert not Application.objects.get().is_listed
    assert Trace.objects.filter(act=Act.LIST).count() == 2


def test_a_profile_is_confirmed_by_its_own_people(maputo, officer, stranger):
    with nothing_changes("calls"), pytest.raises(NotAllowed):
        confirm_profile(body=maputo, by=stranger, at=AT)
    confirm_profile(body=maputo, by=officer, at=AT)
    assert Trace.objects.get(act=Act.FRESH).body_id == maputo.pk
