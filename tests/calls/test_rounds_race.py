"""Coordinators who pin, forbid and publish at once; without the lock they would overwrite."""

from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from entrecidades.audit.models import Trace
from entrecidades.calls.choices import Act, Follow, TieKind
from entrecidades.calls.models import Pair, Round, Run, Tie
from entrecidades.calls.rules.pairing import ChangedMeanwhile, UnderWay
from entrecidades.calls.services import ask_run, publish_round, tie_pair
from entrecidades.queue.models import Job
from tests.factories.rounds import AT, a_round, answered
from tests.race import at_once

PEOPLE = 12

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ready():
    """A round with an answer that pairs the first with the first, and so on."""
    made, by = a_round()
    run = answered(made, by, [(0, 0), (1, 1), (2, 2), (3, 3)])
    return made, by, run


def publish(made, by, run):
    return publish_round(
        round_id=made.pk, version=made.version, run_id=run.pk, follow=Follow.LETTER, by=by, at=AT
    )


def forbid(made, by, number):
    first, second = (list(made.members.filter(side=side)) for side in ("first", "second"))
    return tie_pair(
        round_id=made.pk, version=made.version, kind=TieKind.FORBID,
        first_id=first[number % 4].pk, second_id=second[number % 4].pk, by=by, at=AT,
    )  # fmt: skip


def of(kind, outcomes):
    return [one for one in outcomes if isinstance(one, kind)]


def test_however_many_publish_at_once_the_pairs_are_made_once(ready):
    made, by, run = ready
    outcomes = at_once(lambda _number: publish(made, by, run), times=PEOPLE)
    assert (len(of(Round, outcomes)), len(of(ValidationError, outcomes))) == (1, PEOPLE - 1)
    assert Pair.objects.count() == 4
    assert Trace.objects.filter(act=Act.PUBLISH_ROUND).count() == 1
    assert Job.objects.filter(name="calls.follow_pair").count() == 4


def test_what_was_forbidden_first_is_never_published(ready):
    made, by, run = ready
    outcomes = at_once(
        lambda number: publish(made, by, run) if number % 2 else forbid(made, by, number // 2),
        times=PEOPLE,
    )
    assert len(of(Tie, outcomes)) == 1  # the others saw an older version
    assert len(of(ChangedMeanwhile, outcomes)) >= PEOPLE // 2 - 1
    assert not of(IntegrityError, outcomes)
    made.refresh_from_db()
    assert made.version == 2
    order = list(
        Trace.objects.filter(act__in=[Act.TIE, Act.PUBLISH_ROUND])
        .order_by("pk")
        .values_list("act", flat=True)
    )
    assert order in ([Act.TIE], [Act.PUBLISH_ROUND, Act.TIE])
    assert Pair.objects.exists() == (Act.PUBLISH_ROUND in order)


def test_however_many_ask_a_round_is_computed_once(ready):
    made, by, _run = ready
    outcomes = at_once(
        lambda _number: ask_run(
            round_id=made.pk, version=made.version, keeps=False, by=by, at=AT
        ),
        times=PEOPLE,
    )  # fmt: skip
    assert (len(of(Run, outcomes)), len(of(UnderWay, outcomes))) == (1, PEOPLE - 1)


def forbid_without_a_lock(made, number, looked):
    """What the service would be without its lock: all look at the version, then all write."""
    row = Round.objects.get(pk=made.pk)
    first, second = (list(made.members.filter(side=side)) for side in ("first", "second"))
    looked.wait()
    if row.version != made.version:
        raise ChangedMeanwhile("")
    tie = Tie.objects.create(
        round=row, first=first[number], second=second[number], kind=TieKind.FORBID
    )
    Round.objects.filter(pk=made.pk).update(version=row.version + 1)
    return tie


def test_the_race_is_real(ready):
    made, _by, _run = ready
    looked = Barrier(4)
    outcomes = at_once(lambda number: forbid_without_a_lock(made, number, looked), times=4)
    made.refresh_from_db()
    # All four have written on the ground of a version of which only one was the next.
    assert len(of(Tie, outcomes)) > made.version - 1
