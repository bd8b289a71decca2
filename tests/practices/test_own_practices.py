"""A body writes, publishes and archives its own practices."""

import pytest

from entrecidades.audit.models import Trace
from entrecidades.kernel.lives import IllegalStep
from entrecidades.network.choices import Visibility
from entrecidades.network.models import PlaceChange
from entrecidades.network.rules import NotAllowed
from entrecidades.network.services import remove
from entrecidades.practices.choices import PracticeState, PracticeStep
from entrecidades.practices.models import Practice
from entrecidades.practices.rules import PRACTICE_LIFE, NothingSaid
from entrecidades.practices.services import take_practice_step, write_practice
from tests.conftest import A_DAY, A_MOMENT, entrusted
from tests.factories.practices import PracticeFactory
from tests.factories.themes import ThemeFactory


@pytest.fixture
def facts(maputo, officer):
    return {
        "entity": maputo,
        "themes": [ThemeFactory(slug="solid-waste")],
        "title": {"pt": "Recolha porta a porta"},
        "summary": {"pt": "Em bairros sem acesso."},
        "since_year": 2004,
        "visibility": Visibility.PUBLIC,
        "by": officer,
        "on": A_DAY,
    }


def test_a_practice_is_drafted_under_a_key_of_its_own(facts, officer):
    one, other = write_practice(**facts), write_practice(**facts)
    assert (one.key, other.key) == (
        "maputo-recolha-porta-a-porta",
        "maputo-recolha-porta-a-porta-2",
    )
    assert (one.state, one.themes.get().slug) == (PracticeState.DRAFT, "solid-waste")
    trace = Trace.objects.first()
    assert (trace.act, trace.by_id) == ("practices:practice:write", officer.pk)


def test_the_key_of_what_was_removed_stays_its_own(facts, officer):
    one = write_practice(**facts)
    remove(record=one, by=officer, on=A_DAY, at=A_MOMENT)
    assert write_practice(**facts).key == f"{one.key}-2"


@pytest.mark.parametrize("title", [{}, {"pt": "  "}])
def test_without_a_title_it_is_refused(facts, title):
    with pytest.raises(NothingSaid):
        write_practice(**{**facts, "title": title})
    assert not Practice.objects.exists()


def test_only_people_of_the_body_write_it(facts, stranger):
    with pytest.raises(NotAllowed):
        write_practice(**{**facts, "by": stranger})


@pytest.mark.parametrize("state", PracticeState)
@pytest.mark.parametrize("step", PracticeStep)
def test_every_step_is_in_the_table_or_refused(maputo, officer, state, step):
    practice = PracticeFactory(entity=maputo, state=state)
    act = {"practice_id": practice.pk, "step": step, "by": officer, "on": A_DAY}
    if (state, step) not in PRACTICE_LIFE:
        with pytest.raises(IllegalStep):
            take_practice_step(**act)
        assert not Trace.objects.exists()
        return
    assert take_practice_step(**act).state == PRACTICE_LIFE[state, step]
    assert Trace.objects.get().facts == {"step": step, "was": state, "now": practice_now(practice)}
    assert PlaceChange.objects.filter(place=maputo.seat).exists()


def practice_now(practice):
    practice.refresh_from_db()
    return practice.state


def test_a_technician_drafts_and_does_not_publish(facts, maputo):
    technician = entrusted(maputo, role="technician")
    practice = write_practice(**{**facts, "by": technician})
    with pytest.raises(NotAllowed):
        take_practice_step(
            practice_id=practice.pk, step=PracticeStep.PUBLISH, by=technician, on=A_DAY
        )
