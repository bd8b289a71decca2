"""A reader learns of every change once, also of one that commits behind a later number."""

from itertools import product

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrecidades.network.models import PlaceChange
from entrecidades.network.selectors.changes import changed_since, look, older_than
from entrecidades.network.services import note_change, note_changes
from tests.factories.network import PlaceFactory
from tests.race import slowly

ACTS = ["note", "note", "look", "commit", "rollback"]


def slowly_changing(place, *, undone=False):
    """Another connection that has noted a change of a place, until the caller ends it."""
    return slowly(lambda: note_change(place), undone=undone)


@pytest.fixture
def slow(transactional_db):
    return PlaceFactory()


@pytest.fixture
def quick(transactional_db):
    return PlaceFactory()


def test_each_change_is_told_once(slow, quick):
    first = look()
    note_changes([slow.pk, quick.pk, quick.pk])
    second, places = changed_since(first)
    assert places == {slow.pk, quick.pk}
    assert changed_since(second)[1] == set()


def test_it_costs_one_question(slow, django_assert_num_queries):
    first = look()
    with django_assert_num_queries(1):
        changed_since(first)


@pytest.mark.postgresql
def test_a_slow_change_with_a_lower_number_is_told_when_it_commits(slow, quick):
    with slowly_changing(slow) as finish:
        before = look()
        note_change(quick)
        now, places = changed_since(before)
        assert places == {quick.pk}
        finish()
    assert changed_since(now)[1] == {slow.pk}


@pytest.mark.postgresql
def test_numbers_alone_would_miss_it(slow, quick):
    with slowly_changing(slow) as finish:
        note_change(quick)
        last = PlaceChange.objects.latest("pk").pk
        finish()
    assert not PlaceChange.objects.filter(pk__gt=last).exists()
    assert PlaceChange.objects.filter(place=slow).exists()


@pytest.mark.postgresql
def test_a_change_that_was_undone_keeps_nobody_waiting(slow, quick):
    with slowly_changing(slow, undone=True) as finish:
        note_change(quick)
        now = look()
        finish()
    later, places = changed_since(now)
    assert places == set()
    note_change(quick)
    assert changed_since(later)[1] == {quick.pk}


@pytest.mark.postgresql
def test_a_look_stays_small_while_a_transaction_is_slow(slow, quick):
    now = look()
    with slowly_changing(slow) as finish:
        now = changed_since(now)[0]
        length = len(now.seen)
        for _ in range(50):
            note_change(quick)
            now = changed_since(now)[0]
        assert len(now.seen) < length + 40
        finish()
    assert changed_since(now)[1] == {slow.pk}


@pytest.mark.postgresql
def test_what_a_look_could_not_see_is_not_forgotten(slow, quick):
    with slowly_changing(slow) as finish:
        note_change(quick)
        now = look()
        finish()
    older_than(now, by=0).delete()
    assert changed_since(now)[1] == {slow.pk}


@pytest.mark.slow
@pytest.mark.postgresql
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.tuples(st.integers(0, 2), st.sampled_from(ACTS)), max_size=25))
def test_whatever_the_order_of_commits_each_change_is_told_once(writers, script):
    now, told, pending, kept = look(), [], [[], [], []], []
    for who, act in [*script, *product(range(3), ["commit"]), (0, "look")]:
        if act == "note":
            pending[who].append(writers.note(who))
        elif act == "look":
            now, places = changed_since(now)
            told.extend(places)
        else:
            kept.extend(pending[who] if act == "commit" else [])
            pending[who].clear()
            getattr(writers.connections[who], act)()
    assert sorted(told) == sorted(kept)


class Writers:
    """Three connections with a transaction each; every change is of a place of its own."""

    def __init__(self):
        self.connections = [connection.copy() for _ in range(3)]
        self.places = iter(PlaceFactory.create_batch(800, country__code="MZ"))
        for one in self.connections:
            one.set_autocommit(False)

    def note(self, who):
        place = next(self.places).pk
        with self.connections[who].cursor() as cursor:
            cursor.execute("INSERT INTO network_placechange (place_id) VALUES (%s)", [place])
        return place


@pytest.fixture
def writers(transactional_db):
    writers = Writers()
    yield writers
    for one in writers.connections:
        one.close()
