"""Making, copying and building a call together; who may, and what stays once it is out."""

import datetime as dt

import pytest

from entrecidades.audit.models import Trace
from entrecidades.calls.models import Call
from entrecidades.calls.rules.building import NoSuchZone
from entrecidades.calls.services import edit_call, make_call
from entrecidades.kernel.lives import IllegalStep
from entrecidades.network.rules import EditedMeanwhile, NotAllowed
from entrecidades.network.services import Seen
from tests.conftest import entrusted
from tests.factories.calls import CallFactory

pytestmark = pytest.mark.django_db
AT = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def call():
    return CallFactory()


def seen(call):
    return Seen(call.version, call.units())


def edit(call, by, shown, **said):
    return edit_call(call=call, seen=shown, said=said, by=by, on=AT.date())


def test_a_copy_takes_the_rules_and_not_the_days(call, runner):
    facts = {"programme": call.programme, "by": runner, "at": AT}
    copy = make_call(title={"pt": "Outra"}, copy_of=call, **facts)
    assert copy.criteria == call.criteria
    assert copy.opens_at is copy.closes_at is None
    assert copy.slug != call.slug
    assert Trace.objects.get(act="calls:call:make").by_id == runner.pk


def test_an_officer_of_the_same_body_does_not_make_calls(call):
    officer = entrusted(call.entity, role="officer", email="officer@call.example")
    with pytest.raises(NotAllowed):
        make_call(programme=call.programme, title={"pt": "Minha"}, by=officer, at=AT)
    assert Call.objects.count() == 1


def test_saving_what_stands_there_changes_nothing(call, runner):
    call.refresh_from_db()
    assert edit(call, runner, seen(call), **call.units()).changes == {}
    assert not Trace.objects.filter(act="calls:call:edit").exists()


def test_two_who_change_different_things_are_both_kept(call, runner):
    call.refresh_from_db()
    shown = seen(call)
    edit(call, runner, shown, scale=20)
    assert edit(call, runner, shown, readers=3).theirs == ("scale",)
    call.refresh_from_db()
    assert (call.scale, call.readers) == (20, 3)


def test_two_who_change_the_same_are_shown_both(call, runner):
    call.refresh_from_db()
    shown = seen(call)
    edit(call, runner, shown, scale=20)
    with pytest.raises(EditedMeanwhile):
        edit(call, runner, shown, scale=5)
    call.refresh_from_db()
    assert call.scale == 20


def test_once_out_the_rules_stay_and_the_words_do_not(runner, call):
    Call.objects.filter(pk=call.pk).update(state="open", checked=["pt"])
    call.refresh_from_db()
    with pytest.raises(IllegalStep):
        edit(call, runner, seen(call), scale=20)
    edit(call, runner, seen(call), **{"title.pt": "Melhor"})
    call.refresh_from_db()
    assert call.title["pt"] == "Melhor"
    assert call.checked == []


@pytest.mark.parametrize("zone", ["Mars/Olympus", "America", "/etc/localtime"])
def test_no_call_tells_its_days_by_a_clock_that_there_is_not(call, runner, zone):
    call.refresh_from_db()
    with pytest.raises(NoSuchZone):
        edit(call, runner, seen(call), zone=zone, scale=20)
    Call.objects.update(zone=zone)
    call.refresh_from_db()
    with pytest.raises(NoSuchZone):
        make_call(programme=call.programme, title={"pt": "Outra"}, copy_of=call, by=runner, at=AT)
    assert Call.objects.get().scale == 10
    assert call.clock.key == "UTC"  # a row that came in otherwise is told and put right
    edit(call, runner, seen(call), zone="Africa/Maputo")
    call.refresh_from_db()
    assert call.clock.key == "Africa/Maputo"
