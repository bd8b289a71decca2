"""An officer asks for a first contact; the other side hears of it, and nobody asks twice."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from entrecidades.audit.models import Trace
from entrecidades.cooperation.choices import IntroductionState
from entrecidades.cooperation.models import Introduction
from entrecidades.cooperation.rules import AlreadyAsked, NotACounterpart
from entrecidades.cooperation.services import propose_introduction
from entrecidades.network.rules import NotAllowed
from entrecidades.queue.models import Job
from tests.factories.cooperation import IntroductionFactory
from tests.factories.network import EntityFactory
from tests.factories.themes import ThemeFactory

AT = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def request_of(maputo, curitiba, officer):
    return {
        "asker": maputo,
        "asked": curitiba,
        "broker": None,
        "themes": [ThemeFactory(slug="solid-waste")],
        "message": "Como recolhem o lixo onde não passa um camião?",
        "language": "pt",
        "by": officer,
        "at": AT,
    }


def test_without_an_association_it_is_forwarded_at_once(request_of, officer):
    contact = propose_introduction(**request_of)
    assert contact.state == IntroductionState.FORWARDED
    assert (contact.proposed_by, contact.proposed_at) == (officer, AT)
    assert [theme.slug for theme in contact.themes.all()] == ["solid-waste"]
    assert str(contact) == "Maputo → Curitiba"


def test_through_an_association_it_waits_to_be_forwarded(request_of):
    fnp = EntityFactory(association=True)
    contact = propose_introduction(**request_of | {"broker": fnp})
    assert (contact.state, contact.broker) == (IntroductionState.REQUESTED, fnp)


def test_it_leaves_one_trace_and_promises_one_letter(request_of, officer, maputo, curitiba):
    contact = propose_introduction(**request_of)
    trace, job = Trace.objects.get(), Job.objects.get()
    assert (trace.act, trace.by_id) == ("cooperation:introduction:propose", officer.pk)
    assert trace.facts == {"asker": maputo.pk, "asked": curitiba.pk}
    assert (job.name, job.facts) == (
        "cooperation.tell_of_introduction",
        {"introduction_id": contact.pk, "state": "forwarded"},
    )


def refused(request, refusal, sentence):
    before = Introduction.objects.count()
    with pytest.raises(refusal, match=sentence):
        propose_introduction(**request)
    assert Introduction.objects.count() == before
    assert not Trace.objects.exists()
    assert not Job.objects.exists()


def test_a_city_of_the_same_country_is_no_counterpart(request_of, world):
    refused(request_of | {"asked": world.body("Beira")}, NotACounterpart, "another country")


def test_only_an_officer_of_the_city_can_ask_for_it(request_of, stranger):
    refused(request_of | {"by": stranger}, NotAllowed, "Maputo: ask bodies abroad")


def test_after_her_mandate_an_officer_asks_no_more(request_of, officer):
    officer.mandates.update(valid_to=AT.date() - dt.timedelta(days=1))
    refused(request_of, NotAllowed, "Maputo: ask bodies abroad")


def test_an_empty_message_is_refused(request_of):
    refused(request_of | {"message": ""}, ValidationError, "blank")


def test_whoever_is_in_contact_is_not_asked_again(request_of, maputo, curitiba):
    IntroductionFactory(asker=maputo, asked=curitiba)
    refused(request_of, AlreadyAsked, "Curitiba is in contact with you already")


def test_whoever_has_asked_us_is_not_asked_either(request_of, maputo, curitiba):
    IntroductionFactory(asker=curitiba, asked=maputo)
    refused(request_of, AlreadyAsked, "Curitiba is in contact with you already")


@pytest.mark.parametrize("over", ["agreed", "declined", "lapsed"])
def test_when_a_contact_is_over_one_may_ask_again(request_of, maputo, curitiba, over):
    IntroductionFactory(asker=maputo, asked=curitiba, state=over)
    assert propose_introduction(**request_of).state == IntroductionState.FORWARDED
