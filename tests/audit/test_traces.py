"""A trace says who did what to which thing, and stays as it was written."""

import pytest
from django.contrib.auth.models import AnonymousUser

from entrecidades.audit.models import Trace, TraceIsWrittenOnce
from entrecidades.audit.services import record


@pytest.fixture
def trace(officer, maputo):
    return record("network:entity:register", subject=maputo, by=officer, name="Maputo")


def test_it_tells_act_subject_person_and_facts(trace, officer, maputo):
    assert trace.subject == f"network.Entity:{maputo.pk}"
    assert (trace.by_id, trace.facts) == (officer.pk, {"name": "Maputo"})
    assert str(trace) == f"network:entity:register network.Entity:{maputo.pk}"
    assert trace.at is not None


def test_the_house_itself_acts_under_no_name(maputo):
    assert record("network:entity:register", subject=maputo, by=None).by_id is None
    assert record("network:entity:register", subject=maputo, by=AnonymousUser()).by_id is None


def test_it_outlives_the_person(trace, officer):
    officer.delete()
    assert Trace.objects.get().by_id == trace.by_id


@pytest.mark.parametrize(
    "door",
    [
        lambda trace: trace.save(),
        lambda trace: trace.delete(),
        lambda _trace: Trace.objects.update(act="nothing"),
        lambda _trace: Trace.objects.filter(act="x").delete(),
        lambda _trace: Trace.objects.all().delete(),
    ],
)
def test_every_door_to_history_is_locked(trace, door):
    with pytest.raises(TraceIsWrittenOnce):
        door(trace)
    assert Trace.objects.get().act == "network:entity:register"
