"""Of many who agree on different dates at once one is heard; without the rows held, more are."""

from threading import Barrier

import pytest

from entrecidades.audit.models import Trace
from entrecidades.cooperation.choices import Act, MeetingState
from entrecidades.cooperation.models import Meeting
from entrecidades.kernel.lives import IllegalStep
from entrecidades.queue.models import Job
from tests.cooperation.meetings import FIRST, SECOND, agreed, answered, proposed
from tests.factories.cooperation import IntroductionFactory
from tests.race import at_once

PEOPLE = 12

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def meeting(maputo, curitiba, officer, counterpart):
    contact = IntroductionFactory(asker=maputo, asked=curitiba, state="talking")
    return answered(proposed(contact, officer), counterpart, curitiba)


def test_of_many_who_agree_on_different_dates_at_once_one_is_heard(
    meeting, officer, counterpart, maputo, curitiba
):
    sides = [(officer, maputo, FIRST), (counterpart, curitiba, SECOND)]
    answers = at_once(lambda number: agreed(meeting, *sides[number % 2]), times=PEOPLE)
    (heard,) = [one for one in answers if not isinstance(one, Exception)]
    assert sum(isinstance(one, IllegalStep) for one in answers) == PEOPLE - 1
    meeting.refresh_from_db()
    assert (meeting.state, meeting.begins_at) == (MeetingState.AGREED, heard.begins_at)
    assert meeting.sequence == 1
    assert Trace.objects.filter(act=Act.STEP_MEETING).count() == 1
    told = Job.objects.filter(name="cooperation.tell_of_meeting", facts__event="agree")
    assert told.count() == 1


def test_the_race_is_real(meeting):
    """Two who read the meeting, wait for each other, and agree, are told two different dates."""
    looked = Barrier(2)

    def agree_without_a_lock(number):
        row = Meeting.objects.get(pk=meeting.pk)
        looked.wait()
        if row.state != MeetingState.ANSWERED:
            raise IllegalStep
        row.state, row.begins_at = MeetingState.AGREED, [FIRST, SECOND][number]
        row.save(update_fields=["state", "begins_at"])
        return row.begins_at

    told = at_once(agree_without_a_lock, times=2)
    meeting.refresh_from_db()
    assert {*told} == {FIRST, SECOND}
    assert any(one != meeting.begins_at for one in told)
