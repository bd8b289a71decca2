"""A programme's calls in the house of the browser tests: open, being read, decided."""

import datetime as dt

from entrecidades.cooperation.models import Programme
from tests.factories.accounts import PersonFactory
from tests.factories.calls import ApplicationFactory, CallFactory, ReadingFactory
from tests.factories.network import MandateFactory

WHEN = {
    "opens_at": dt.datetime(2026, 10, 1, 12, 0, tzinfo=dt.UTC),
    "closes_at": dt.datetime(2026, 12, 10, 21, 0, tzinfo=dt.UTC),
}
SHEET = {
    "need": {"score": "8", "reason": "Nothing is collected on the hills."},
    "means": {"score": "6", "reason": "Both send their own engineers."},
}


def calls_of(bodies, people):
    """The keys of the calls' pages; FNP's officer coordinates, Maputo's writes and reads."""
    programme = Programme.objects.get(slug="100-cities-100-projects")
    MandateFactory(entity=bodies["fnp"], person=people["fnp"], role="coordinator")
    told = {"programme": programme, "entity": bodies["fnp"], **WHEN}
    pair = {"lead": bodies["maputo"], "partners": [bodies["curitiba"]]}
    call = CallFactory(coordinated=False, open=True, **told)
    application = ApplicationFactory(call=call, title="Waste on the hills", **pair)
    read = CallFactory(coordinated=False, closed=True, **told)
    seen = ApplicationFactory(
        call=read,
        lead=bodies["curitiba"],
        partners=[bodies["belo-horizonte"]],
        title="Gardens beside the railway",
        submitted=True,
    )
    reading = ReadingFactory(application=seen, reader=people["maputo"], scores=SHEET)
    judged = ApplicationFactory(call=read, title="Night buses", submitted=True, **pair)
    for total in ("4.20", "8.10"):
        given = {"state": "handed_in", "total": total, "scores": SHEET}
        ReadingFactory(application=judged, reader=PersonFactory(), **given)
    decided = CallFactory(coordinated=False, state="decided", **told)
    reason = {"verdict": "accepted", "reason": "The need is great.", "is_listed": True}
    ApplicationFactory(
        call=decided,
        state="accepted",
        title="Waste on the hills",
        submitted_at=WHEN["opens_at"],
        **pair,
        **reason,
    )
    return {
        "call": call.slug,
        "read": read.slug,
        "decided": decided.slug,
        "application": str(application.public_id),
        "reading": str(reading.public_id),
    }
