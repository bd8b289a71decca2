"""A programme's calls in the house of the browser tests: open, being read, decided."""

import datetime as dt

from entrecidades.calls.choices import Follow
from entrecidades.calls.services import make_round, publish_round, tie_pair
from entrecidades.cooperation.models import Programme
from tests.factories.accounts import PersonFactory
from tests.factories.calls import ApplicationFactory, CallFactory, ReadingFactory
from tests.factories.network import MandateFactory
from tests.factories.rounds import answered, cities

WHEN = {
    "opens_at": dt.datetime(2026, 10, 1, 12, 0, tzinfo=dt.UTC),
    "closes_at": dt.datetime(2026, 12, 10, 21, 0, tzinfo=dt.UTC),
}
AT = dt.datetime(2026, 11, 20, 12, 0, tzinfo=dt.UTC)
MOZAMBIQUE, BRAZIL = ("Nampula (example)", "Pemba (example)"), ("Natal (example)",)
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
    paired = paired_in(decided, people["fnp"], bodies)
    return {
        "round": str(paired.public_id),
        "call": call.slug,
        "read": read.slug,
        "decided": decided.slug,
        "application": str(application.public_id),
        "reading": str(reading.public_id),
    }


def paired_in(call, by, bodies):
    """A published round of a call with three pairs, of which one is pinned; an example."""
    firsts = [(bodies["maputo"], 1), *((one, 1) for one in cities(MOZAMBIQUE, "MZ"))]
    seconds = [(bodies["curitiba"], 1), (bodies["belo-horizonte"], 1)]
    seconds += [(one, 1) for one in cities(BRAZIL, "BR")]
    made = make_round(
        call=call, title="Example round", firsts=firsts, seconds=seconds, by=by, at=AT
    )
    run = answered(made, by, [(0, 1), (1, 0), (2, 2)], worth=150.0)
    publish_round(
        round_id=made.pk, version=made.version, run_id=run.pk, follow=Follow.LETTER, by=by, at=AT
    )
    first, second = (made.members.filter(side=side)[2] for side in ("first", "second"))
    tie_pair(
        round_id=made.pk, version=made.version, kind="pin", first_id=first.pk,
        second_id=second.pk, by=by, at=AT,
    )  # fmt: skip
    return made
