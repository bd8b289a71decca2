"""From a programme's call to published decisions, through the pages (journey J2, steps 1 to 5)."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from entrecidades.calls.choices import ApplicationState, CallState, ReadingState
from entrecidades.calls.jobs import turn_calls
from entrecidades.calls.models import Application, Call, Reading
from entrecidades.kernel import clock
from tests.conftest import entrusted
from tests.factories.cooperation import CoordinationFactory, ProgrammeFactory
from tests.factories.network import EntityFactory

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NOW = dt.datetime(2009, 11, 19, 12, 0, tzinfo=dt.UTC)


@pytest.fixture
def at(monkeypatch):
    """A clock that the journey moves."""
    moment = [NOW]
    monkeypatch.setattr(clock, "now", lambda: moment[0])
    monkeypatch.setattr(clock, "today", lambda: clock.now().date())

    def move(**by):
        moment[0] += dt.timedelta(**by)

    return move


@pytest.fixture
def login(client):
    """A browser in which several people take turns."""

    def as_(person):
        client.force_login(person)
        return client

    return as_


@pytest.fixture
def fnp(world):
    return EntityFactory(
        name="Frente Nacional", slug="fnp-x", country__code="BR", association=True
    )


@pytest.fixture
def programme(fnp):
    programme = ProgrammeFactory(slug="hundred")
    CoordinationFactory(programme=programme, entity=fnp)
    return programme


def said(response):
    """What a page refused."""
    page = response.content.decode(errors="replace")
    return page.partition('role="alert"')[2][:1500]


def ok(response, status=(200, 302)):
    assert response.status_code in status, said(response)
    return response


def fill(page, address, said):
    """Open a form and send it, with what it showed."""
    shown = re.search(r'name="shown"[^>]*value="([^"]*)"', ok(page.get(address)).content.decode())
    return ok(page.post(address, {"shown": shown.group(1), **said}), (302,))


def texts(**words):
    return {name: f"{name}" for name in ("title", "summary", "text")} | words


BASICS = {
    "opens_at": "2009-11-19T09:00",
    "closes_at": "2009-11-30T18:00",
    "zone": "America/Sao_Paulo",
    "languages": ["pt", "en"],
    "is_joint": "on",
    "per_body": "1",
    "countries": ["BR", "MZ"],
    "readers": "2",
    "scale": "10",
    "spread": "2",
    "ceiling_amount": "50000",
    "ceiling_currency": "EUR",
    "ceiling_pairs": "10",
}
FIRST = {"name_pt_0": "Necessidade", "name_en_0": "Need", "weight_0": "60"}
SECOND = {"name_pt_1": "Meios", "name_en_1": "Means", "weight_1": "40"}
QUESTIONS = {
    "label_pt_0": "O quê?",
    "label_en_0": "What?",
    "kind_0": "text",
    "asked_of_0": "whole",
    "limit_0": "200",
    "required_0": "on",
    "required_1": "on",
    "required_2": "on",
    "label_pt_1": "Quanto?",
    "label_en_1": "How much?",
    "kind_1": "budget",
    "asked_of_1": "whole",
    "label_pt_2": "Parte",
    "label_en_2": "Part",
    "kind_2": "partner",
    "asked_of_2": "side",
}


def address(name, *carried):
    return reverse(f"web:{name}", args=carried)


def build(page, programme):
    """A call, made and built page by page, and published."""
    ok(page.get(new := address("programme-call", programme.slug)))
    ok(page.post(new, {"title": "Cem cidades", "language": "pt"}), (302,))
    call = Call.objects.get()
    fill(page, address("call-edit", call.slug, "basics"), BASICS)
    for language in ("pt", "en"):
        texts_page = address("call-edit", call.slug, "texts") + f"?language={language}"
        fill(page, texts_page, texts(checked="on"))
    fill(page, address("call-edit", call.slug, "criteria"), FIRST)
    assert "60" in ok(page.get(address("call-build", call.slug))).content.decode()
    fill(page, address("call-edit", call.slug, "criteria"), FIRST | SECOND)
    fill(page, address("call-edit", call.slug, "questions"), QUESTIONS)
    ok(page.post(address("call-try", call.slug), {"answer_o-que": "x"}), (422,))
    ok(page.post(address("call-step", call.slug), {"step": "publish"}), (302,))
    call.refresh_from_db()
    assert call.state == CallState.OPEN
    return call


def write(login, call, officer, counterpart):
    """Maputo and Curitiba write one application; who submits too early is told why not."""
    page, lead = login(officer), officer.mandates.get().entity
    asked = {"lead": str(lead.public_id), "title": "Waste", "language": "pt"}
    ok(page.post(address("call-apply", call.slug), asked | {"partner": "br/curitiba"}), (302,))
    application = Application.objects.get(lead=lead)
    key = application.public_id
    what, much, side = (question["key"] for question in call.questions)
    fill(page, address("application-answer", key, what), {"answer": "Lixo"})
    fill(page, address("application-answer", key, much), {"answer": "40000"})
    own = address("application-answer", key, side) + f"?body={lead.public_id}"
    fill(page, own, {"answer": "Dois"})
    refused = ok(page.post(address("application-step", key), {"step": "submit"}), (422,))
    assert "Curitiba" in refused.content.decode()
    partner = application.parts.get(position=1)
    page = login(counterpart)
    theirs = address("application-answer", key, side) + f"?body={partner.entity.public_id}"
    fill(page, theirs, {"answer": "Um"})
    ok(
        page.post(address("application-step", key), {"step": "confirm", "part": partner.pk}),
        (302,),
    )
    return application


def submit(page, application):
    """The lead confirms and submits; the receipt has a number."""
    step = address("application-step", application.public_id)
    ok(page.get(address("application-check", application.public_id)))
    own = application.parts.get(position=0)
    ok(page.post(step, {"step": "confirm", "part": own.pk}), (302,))
    ok(page.post(step, {"step": "submit", "is_listed": "on"}), (302,))
    application.refresh_from_db()
    assert (application.state, application.number) == (ApplicationState.SUBMITTED, 1)
    assert "Receipt" in page.get(application.get_absolute_url()).content.decode()


def read(login, reader, score):
    """A reader declares, is told what her sheet lacks, and hands in."""
    page, reading = login(reader), Reading.objects.get(reader=reader)
    ok(page.post(address("reading-step", reading.public_id), {"step": "clear"}), (302,))
    ok(page.get(reading.get_absolute_url()))
    reading.refresh_from_db()
    said = {"version": reading.version, "step": "hand_in"}
    ok(page.post(reading.get_absolute_url(), said), (422,))
    for one in reading.application.call.criteria:
        said |= {f"score_{one['key']}": score, f"reason_{one['key']}": "Because."}
    reading.refresh_from_db()
    said["version"] = reading.version
    ok(page.post(reading.get_absolute_url(), said), (302,))


def judge(login, call, coordinator):
    """Two readers differ by more than two points, and a third is asked at once."""
    turn_calls("2009-12-01")
    ok(login(coordinator).post(address("call-readers", call.slug)), (302,))
    for reading, score in zip(list(Reading.objects.all()), ["9", "5"], strict=True):
        read(login, reading.reader, score)
    third = Reading.objects.get(is_third=True)
    step = address("call-step", call.slug)
    ok(login(coordinator).post(step, {"step": "evaluate"}), (422,))
    read(login, third.reader, "7")
    ok(login(coordinator).post(step, {"step": "evaluate"}), (302,))
    assert Reading.objects.filter(state=ReadingState.HANDED_IN).count() == 3


def decide(login, call, application, officer, coordinator):
    """A decision wants a reason, and is told when all are published."""
    page, step = login(coordinator), address("call-step", call.slug)
    ok(page.get(address("call-cockpit", call.slug)))
    ok(page.post(step, {"step": "decide"}), (422,))
    note = address("application-decide", application.public_id)
    ok(page.post(note, {"verdict": "accepted", "reason": ""}), (422,))
    ok(page.post(note, {"verdict": "accepted", "reason": "They need it."}), (302,))
    hidden = login(officer).get(application.get_absolute_url())
    assert "They need it." not in hidden.content.decode()
    ok(login(coordinator).post(step, {"step": "decide"}), (302,))
    told = ok(login(officer).get(application.get_absolute_url()))
    assert "They need it." in told.content.decode()


@pytest.fixture
def coordinator(fnp):
    for number in range(3):
        entrusted(fnp, role="evaluator", email=f"r{number}@fnp.example")
    return entrusted(fnp, role="coordinator", email="c@fnp.example", language="en")


@pytest.fixture
def cities(officer, counterpart):
    return officer, counterpart


def test_a_programme_runs_a_call_to_its_decisions(at, login, coordinator, programme, cities):
    call = build(login(coordinator), programme)
    application = write(login, call, *cities)
    submit(login(cities[0]), application)
    at(days=12)
    judge(login, call, coordinator)
    decide(login, call, application, cities[0], coordinator)
    page = login(coordinator)
    results = ok(page.get(address("call-results", call.slug))).content.decode()
    assert "They need it." in results
    assert "Curitiba" in results
    for name in ("call-log", "call-build", "call-detail"):
        ok(page.get(address(name, call.slug)))
    for fmt in ("csv", "xlsx"):
        ok(page.get(address("call-export", call.slug, fmt)))
    assert ok(page.get(address("call-poster", call.slug, "pdf"))).content[:4] == b"%PDF"
    for path in (address("desk"), address("call-list"), programme.get_absolute_url()):
        ok(page.get(path))
