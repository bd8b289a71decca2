"""Calls that ANAMM runs, and applications to them: of Maputo with Curitiba, and of others."""

from entrecidades.calls.models import Run
from entrecidades.network.models import Entity
from tests.factories.calls import ApplicationFactory, CallFactory, ReadingFactory
from tests.factories.rounds import AT, RoundFactory


def calls_around(world, people):
    """A call in the states that tell people apart, applications, and one that is read."""
    city, other, third = (world.body(name) for name in ("Maputo", "Curitiba", "Seattle"))
    group = Entity.objects.get(slug="anamm")
    calls = {
        "open": CallFactory(entity=group, open=True),
        "draft": CallFactory(entity=group),
        "decided": CallFactory(entity=group, state="decided"),
    }
    read = ApplicationFactory(
        call=CallFactory(entity=group, closed=True), lead=third, partners=[other], submitted=True
    )
    reading = ReadingFactory(application=read, reader=people["evaluator"])
    rounds = {"draft": RoundFactory(call=calls["decided"])}
    rounds["published"] = RoundFactory(call=calls["decided"], published=True)
    facts = {"number": 1, "version": 1, "state": "done", "worth": 0.0, "asked_at": AT}
    Run.objects.create(round=rounds["published"], **facts)
    return {
        "call": calls,
        "round": rounds,
        "application": {
            "ours": ApplicationFactory(call=calls["open"], lead=city, partners=[other]),
            "others": ApplicationFactory(call=calls["open"], lead=third, partners=[other]),
        },
        "reading": {"there": reading},
    }
