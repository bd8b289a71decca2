"""Traces as records, row by row from the database."""

from collections.abc import Iterator

from django.db.models import QuerySet

from entrecidades.audit.models import Trace
from entrecidades.audit.rules import canonical
from entrecidades.exchange.exports.lists import CHUNK
from entrecidades.exchange.exports.sheet import Record

TRACES = (
    *("position", "at", "act", "subject", "person", "body", "about", "facts", "changes"),
    "hash",
)


def trace_records(traces: QuerySet[Trace]) -> Iterator[Record]:
    """Traces without what is a person's own; facts and changes as their canonical text."""
    for trace in traces.iterator(CHUNK):
        yield Record(
            (
                *(trace.position, trace.at.isoformat(), trace.act, trace.subject),
                *(trace.by_id, trace.body_id, trace.about_id),
                *(canonical(trace.facts), canonical(trace.changes), trace.hash),
            )
        )
