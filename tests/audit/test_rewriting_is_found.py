"""A thousand rewritings of history are found, each with its place; a whole chain is whole."""

import random

import pytest
from django.db import transaction

from entrecidades.audit.models import Head
from entrecidades.audit.selectors.chain import verify
from tests.audit.conftest import LENGTH
from tests.audit.thief import COVERED, TRICKS
from tests.history import history_unguarded

TIMES = 1000


def found_after(trick, chance, heads=()):
    """Where the thief may have left traces, and what a walk along the chain finds."""
    with transaction.atomic():
        where, kinds = trick(LENGTH, chance)
        verdict = verify(heads=heads)
        transaction.set_rollback(True)
    return where, kinds, verdict


@pytest.mark.slow
def test_a_thousand_rewritings_are_found_and_each_is_named(chain):
    seed = random.SystemRandom().randrange(10**9)
    chance, tried = random.Random(seed), set()
    with history_unguarded():
        for _number in range(TIMES):
            trick = chance.choice(TRICKS)
            where, kinds, verdict = found_after(trick, chance)
            tried.add(trick)
            told = (seed, trick.__name__, where, verdict)
            assert verdict.broken, told
            assert (verdict.broken.position in where, verdict.broken.kind in kinds) == (
                True,
                True,
            ), told
    assert tried == set(TRICKS)


@pytest.mark.slow
@pytest.mark.parametrize("trick", COVERED)
def test_who_covers_the_tracks_is_found_by_whoever_kept_a_head(chain, trick):
    head, chance = Head.objects.get(), random.Random(7)
    with history_unguarded():
        for _number in range(20):
            _where, _kinds, alone = found_after(trick, chance)
            assert alone.is_whole
            where, kinds, verdict = found_after(trick, chance, [(head.position, head.hash)])
            assert verdict.broken.position in where
            assert verdict.broken.kind in kinds


@pytest.mark.slow
def test_a_whole_chain_is_whole_a_thousand_times(chain):
    head = Head.objects.get()
    verdicts = {verify(heads=[(head.position, head.hash)]) for _number in range(TIMES)}
    (verdict,) = verdicts
    assert verdict.is_whole
    assert (verdict.position, verdict.hash) == (LENGTH, head.hash)


def test_a_chain_without_a_trace_is_whole(db):
    assert verify().is_whole
