"""Two partners whose pages save at the same moment: no word is lost without a question."""

import datetime as dt
from threading import Barrier

import pytest

from entrecidades.audit.models import Trace
from entrecidades.calls.models import Application
from entrecidades.calls.services import Saved, confirm_part, save_answers
from entrecidades.network.rules import EditedMeanwhile
from entrecidades.network.services import Seen
from tests.conftest import entrusted
from tests.race import at_once

AT = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)
TIMES = 6

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def officers(bodies):
    return [entrusted(body) for body in bodies]


def save(application, by, seen, **said):
    """Save as a page does by itself: history is told later."""
    return save_answers(sheet=application, seen=seen, said=said, by=by, at=AT, tells=False)


def test_the_same_answer_is_kept_of_one_and_the_others_choose(application, officers):
    seen = Seen(application.version, application.units())
    outcomes = at_once(
        lambda number: save(application, officers[number % 2], seen, aim=f"Text {number}"),
        times=TIMES,
    )
    kept = [number for number, one in enumerate(outcomes) if isinstance(one, Saved)]
    asked = [one for one in outcomes if isinstance(one, EditedMeanwhile)]
    assert (len(kept), len(asked)) == (1, TIMES - 1)
    application.refresh_from_db()
    assert application.answers == {"aim": f"Text {kept[0]}"}
    assert {clash.theirs for one in asked for clash in one.merged.clashes} == {f"Text {kept[0]}"}
    assert not Trace.objects.exists()  # the pages saved by themselves: told with the next step


def test_different_answers_are_all_kept(application, officers):
    seen = Seen(application.version, application.units())
    said = [{"aim": "Waste"}, {"budget": "5000"}]
    outcomes = at_once(
        lambda number: save(application, officers[number], seen, **said[number]), times=2
    )
    assert all(isinstance(one, Saved) for one in outcomes)
    application.refresh_from_db()
    assert application.answers == {"aim": "Waste", "budget": "5000"}


def test_nobody_confirms_what_is_being_changed(application, officers):
    part = application.parts.get(position=1)
    seen = Seen(application.version, application.units())

    def act(number):
        if number:
            return save(application, officers[0], seen, aim="Changed")
        who = {"application_id": application.pk, "part_id": part.pk, "by": officers[1]}
        return confirm_part(at=AT, **who)

    at_once(act, times=2)
    part.refresh_from_db()
    trace = Trace.objects.filter(act="calls:application:confirm").get()
    application.refresh_from_db()
    assert (part.confirmed_at is not None) == (trace.facts["version"] == application.version)


def test_the_race_is_real(application):
    looked = Barrier(2)
    said = [{"aim": "Waste"}, {"budget": "5000"}]

    def save_without_a_lock(number):
        row = Application.objects.get(pk=application.pk)
        looked.wait()
        row.answers = {**row.answers, **said[number]}
        row.save(update_fields=["answers"])

    at_once(save_without_a_lock, times=2)
    application.refresh_from_db()
    assert len(application.answers) == 1
