"""Traces are sealed after their acts: none lost, none twice, and nobody waits in a circle."""

import pytest
from django.db import DatabaseError, connection, transaction

from entrecidades.audit import services
from entrecidades.audit.models import Head, Trace
from entrecidades.audit.rules import link
from entrecidades.audit.selectors.chain import open_rows, verify
from entrecidades.audit.services import record, seal
from entrecidades.network.models import Entity
from tests.factories.network import EntityFactory
from tests.race import at_once

WRITERS, ACTS = 12, 5
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def bodies():
    return [EntityFactory() for _number in range(2)]


def act(bodies, number):
    """Several acts of one writer; each locks a row after its trace is written, as acts may."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET deadlock_timeout = '200ms'")
    for turn in range(ACTS):
        with transaction.atomic():
            record("a:b:c", subject=bodies[(number + turn) % 2], by=None, turn=turn, of=number)
            body = bodies[turn % 2]
            Entity.objects.select_for_update(of=("self",)).get(pk=body.pk)
            record("a:b:d", subject=body, by=None, turn=turn, of=number)


def test_writers_at_once_leave_one_whole_chain(bodies):
    outcomes = at_once(lambda number: act(bodies, number), times=WRITERS)
    assert outcomes == [None] * WRITERS
    verdict = verify()
    assert (verdict.is_whole, verdict.position, verdict.waiting) == (True, WRITERS * ACTS * 2, 0)


def seal_without_a_lock():
    """What sealing would be if it only looked where the chain ends."""
    head = Head.objects.get(pk=1)
    rows = open_rows(1000)
    for pk, *content in rows:
        digest = link(head.hash, head.position + 1, content)
        head.position, head.hash = head.position + 1, digest
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE audit_trace SET position = %s, hash = %s WHERE id = %s",
                [head.position, head.hash, pk],
            )
    Head.objects.filter(pk=1).update(position=head.position, hash=head.hash)
    return len(rows)


def test_the_race_is_real(bodies, monkeypatch):
    record("a:b:c", subject=bodies[0], by=None)
    refused = []

    def seal_carelessly():
        try:
            return seal_without_a_lock()
        except DatabaseError as refusal:
            refused.append(refusal)
            return 0

    monkeypatch.setattr(services, "_seal_some", seal_carelessly)
    at_once(lambda number: act(bodies, number), times=WRITERS)
    # The guards stop whoever would seal a trace twice; what they cannot see, the walk finds.
    assert refused or not verify().is_whole


def test_what_a_crash_left_open_is_sealed_by_the_next(bodies, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(services, "_seal_some", lambda: 1 / 0)
        record("a:b:c", subject=bodies[0], by=None)
    assert (verify().position, verify().waiting) == (0, 1)
    record("a:b:c", subject=bodies[1], by=None)
    assert (verify().position, verify().waiting) == (2, 0)
    assert [trace.position for trace in Trace.objects.order_by("pk")] == [1, 2]


def test_an_act_that_is_taken_back_leaves_no_trace_and_no_gap(bodies):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record("a:b:c", subject=bodies[0], by=1 / 0 or None)
    with transaction.atomic():
        with transaction.atomic():
            record("a:b:c", subject=bodies[0], by=None)
            transaction.set_rollback(True)
        record("a:b:d", subject=bodies[0], by=None)
    assert [(one.act, one.position) for one in Trace.objects.all()] == [("a:b:d", 1)]


def test_many_are_sealed_in_turns(bodies, monkeypatch):
    monkeypatch.setattr(services, "BATCH", 3)
    with transaction.atomic():
        for _number in range(10):
            record("a:b:c", subject=bodies[0], by=None)
    assert (verify().position, verify().is_whole) == (10, True)
    assert seal() == 0
