"""The history of a thing as its page tells it: who did what, when, and what changed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from entrecidades.accounts.models import Person
from entrecidades.audit.models import Trace
from entrecidades.audit.selectors.history import history_of
from entrecidades.kernel.versions import OF
from entrecidades.network.models import Entity, Mandate
from entrecidades.network.selectors import Reader
from entrecidades.privacy.selectors.requests import offices_of
from entrecidades.web.presenters.history_told import (
    Rows,
    deed,
    field_of,
    field_words,
    in_order,
    model_of,
    value_words,
)

#: Acts that a page tells at most, and those that stand there before the rest is unfolded.
LONGEST, FIRST = 100, 5
#: What is told of words that were taken out because a person asked to be erased.
GONE = (None, None)
#: What strangers are not told of a thing that everybody may see; the fields they are told of.
OWN_ACTS = frozenset(
    {
        "agreements:agreement:call-dormant",
        "agreements:agreement:remind",
        "agreements:agreement:set-term",
        "agreements:agreement:undo",
        "agreements:approval:reconsider",
        "agreements:approval:waive",
        "agreements:signatory:drop",
        "agreements:signatory:take-back",
        "network:mandate:entrust",
        "network:record:bring-back",
        "network:record:remove",
        "handover:desk:hand-over",
        "handover:desk:pass-on",
        "handover:desk:undo",
        "handover:pack:make",
        "network:record:share",
        "practices:posting:remind",
        "projects:help:answer",
        "projects:help:ask",
        "projects:project:remind",
        "projects:report:make",
    }
)
OPEN_FIELDS = frozenset(
    {"confirmation", "expires_on", "kind", "name", "opens_on", "side", "state"}
)


@dataclass(frozen=True, slots=True)
class Sight:
    """What a reader may learn from history.

    ``own`` are the bodies whose people she may know by name, ``person`` is
    herself; ``all`` says that the thing is hers, ``names`` that everybody is
    named to her.
    """

    own: frozenset[int] = frozenset()
    person: int | None = None
    all: bool = False
    names: bool = False

    @classmethod
    def of(cls, reader: Reader, *, bodies: Iterable[int | None] = ()) -> "Sight":
        """What a reader learns about a thing that belongs to some bodies."""
        return cls(reader.own, reader.person, all=not reader.own.isdisjoint(set(bodies)))

    def may_know(self, trace: Trace) -> bool:
        """Whether she is told who acted by name."""
        return self.names or trace.by_id == self.person or trace.body_id in self.own


@dataclass(slots=True)
class Circle:
    """The people, bodies and rows that some traces speak of, each asked for once."""

    people: dict[int, Person] = field(default_factory=dict)
    bodies: dict[int, Entity] = field(default_factory=dict)
    roles: dict[tuple[int | None, int | None], str] = field(default_factory=dict)
    rows: Rows = field(default_factory=dict)


def history_told(subject: Model, sight: Sight, *, but: Collection[str] = ()) -> dict[str, Any]:
    """What ``history.html`` shows of a thing: the newest acts first, the older ones folded.

    Acts in ``but`` are not this reader's to know.
    """
    traces = list(history_of(subject).exclude(act__in=but)[:LONGEST])
    if not sight.all:
        traces = [trace for trace in traces if trace.act not in OWN_ACTS]
    told = events(traces, sight)
    return {"first": told[:FIRST], "older": told[FIRST:]}


def events(traces: Sequence[Trace], sight: Sight) -> list[dict[str, Any]]:
    """Each trace in words, as far as the reader may know."""
    circle = _circle(traces, sight)
    return [
        {
            "at": trace.at,
            "deed": deed(trace),
            "who": _who(trace, sight, circle),
            "changes": _changes(trace, sight, circle.rows),
            "position": trace.position,
        }
        for trace in traces
    ]


def _who(trace: Trace, sight: Sight, circle: Circle) -> str:
    """By name to those who may know it; else by role and body."""
    if trace.by_id is None:
        return _("Entrecidades itself")
    body = circle.bodies.get(trace.body_id or 0)
    person = circle.people.get(trace.by_id) if sight.may_know(trace) else None
    if person is not None:
        return f"{person}, {body.name_in()}" if body else str(person)
    if body is None:
        return _("a member")
    role = circle.roles.get((trace.by_id, body.pk))
    return f"{role}, {body.name_in()}" if role else body.name_in()


def _changes(trace: Trace, sight: Sight, rows: Rows) -> list[dict[str, Any]]:
    """What changed, field by field."""
    model = model_of(trace)
    kept = {**trace.changes, **(trace.personal if sight.names else {})}
    gone, own_gone = trace.taken_out
    gone |= own_gone if sight.names else frozenset()
    told: list[dict[str, Any]] = []
    for name in in_order({*kept, *gone}):
        change = kept.get(name, GONE)
        if not (sight.all or sight.names or name in OPEN_FIELDS) or len(change) != 2:  # noqa: PLR2004 (before, after)
            continue
        field = field_of(model, name.partition(OF)[0])
        was, now = (value_words(field, name, value, rows) for value in change)
        told.append(
            {"field": field_words(name, field), "was": was, "now": now, "gone": name in gone}
        )
    return told


def _circle(traces: Sequence[Trace], sight: Sight) -> Circle:
    """Everything that the traces speak of, in few questions."""
    keys = {trace.body_id for trace in traces if trace.body_id}
    bodies = Entity.objects.filter(pk__in=keys).prefetch_related("names") if keys else ()
    actors = {trace.by_id for trace in traces if trace.by_id}
    known = {trace.by_id for trace in traces if trace.by_id and sight.may_know(trace)}
    held = Mandate.objects.filter(person__in=actors - known, entity__in=keys).order_by("pk")
    return Circle(
        people=Person.objects.in_bulk(known) if known else {},
        bodies={body.pk: body for body in bodies},
        roles={(one.number, one.entity_id): one.get_role_display() for one in offices_of(actors)}
        | {
            (one.person_id, one.entity_id): one.get_role_display()
            for one in (held if keys and actors - known else ())
        },
        rows=_rows_named(traces),
    )


def _rows_named(traces: Sequence[Trace]) -> Rows:
    """The rows that values point to, each kind asked for once."""
    wanted: dict[type[Model], set[Any]] = {}
    for trace in traces:
        model = model_of(trace)
        for name, change in trace.changes.items():
            found = field_of(model, name)
            if found is not None and found.is_relation:
                for value in change:
                    keys = value if isinstance(value, list) else [value]
                    wanted.setdefault(found.related_model, set()).update(keys)
    return {
        model: model._base_manager.in_bulk([key for key in keys if key is not None])
        for model, keys in wanted.items()
    }
