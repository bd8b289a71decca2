"""Rounds of pairing between cities of Brazil and of Italy; generated, and no real pairing."""

import datetime as dt

import factory

from entrecidades.calls.choices import RoundState
from entrecidades.calls.models import Call, Round
from entrecidades.calls.services import ask_run, begin_run, end_run, make_round
from entrecidades.matching import jobs
from tests.factories.accounts import PersonFactory
from tests.factories.calls import CallFactory
from tests.factories.network import EntityFactory, MandateFactory

AT = dt.datetime(2009, 12, 20, 12, 0, tzinfo=dt.UTC)
BRAZIL = ("Aracaju", "Belém", "Curitiba", "Dourados")
ITALY = ("Ancona", "Bari", "Cremona", "Domodossola")


class RoundFactory(factory.django.DjangoModelFactory):
    """A round without anybody in it."""

    class Meta:
        model = Round

    class Params:
        published = factory.Trait(state=RoundState.PUBLISHED, published_at=AT)

    call = factory.SubFactory(CallFactory, state="decided")
    programme = factory.SelfAttribute("call.programme")
    entity = factory.SelfAttribute("call.entity")
    title = factory.Sequence(lambda n: f"Round {n}")
    made_at = AT


def coordinator_of(call: Call):
    """Somebody who runs a call."""
    person = PersonFactory()
    MandateFactory(entity=call.entity, person=person, role="coordinator")
    return person


def cities(names, country):
    return [EntityFactory(name=name, country__code=country) for name in names]


def a_round(*, call=None, by=None, brazil=BRAZIL, italy=ITALY, **facts):
    """A round of a decided call, and who coordinates it."""
    call = call or CallFactory(state="decided")
    by = by or coordinator_of(call)
    firsts = [(body, 1) for body in cities(brazil, "BR")]
    seconds = [(body, 1) for body in cities(italy, "IT")]
    made = make_round(
        call=call, title="First round", firsts=firsts, seconds=seconds, by=by, at=AT, **facts
    )
    return made, by


def answered(round_, by, links, *, keeps=False, worth=100.0):
    """A run with an answer that pairs members as told: pairs of positions on the two sides."""
    run = ask_run(round_id=round_.pk, version=round_.version, keeps=keeps, by=by, at=AT)
    begin_run(run_id=run.pk, at=AT)
    firsts, seconds = ([*round_.members.filter(side=side)] for side in ("first", "second"))
    pairs = [
        {"first": firsts[one].pk, "second": seconds[other].pk, "score": 50.0, "pinned": False,
         "regret": 1.0, "instead": None, "needed": False}
        for one, other in links
    ]  # fmt: skip
    end_run(run_id=run.pk, answer={"pairs": pairs}, worth=worth, bound=worth, at=AT)
    run.refresh_from_db()
    return run


def solved(run, monkeypatch, scores):
    """Let the worker's job keep a run, with these scores in place of the matcher's."""
    monkeypatch.setattr(jobs, "fits", lambda *_sides, **_facts: scores)
    jobs.solve_round("key", run.pk)
    run.refresh_from_db()
    return run
