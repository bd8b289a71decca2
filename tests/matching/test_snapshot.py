"""The snapshot: written whole, followed by every worker, patched as rows change."""

from pathlib import Path

import numpy as np
import pytest
from django.conf import settings

from entrecidades.kernel import clock
from entrecidades.matching.services import rebuild_snapshot
from entrecidades.network.services import note_change
from tests.race import slowly


def test_every_place_has_its_row(prepared, keeper):
    held = keeper.snapshot(on=clock.today())
    rows = [held.rows.of_place(place.pk) for place in prepared.places.values()]
    assert sorted(rows) == sorted(set(rows))
    assert held.rows.of_place(10**9) is None


def test_a_worker_follows_to_the_newest(prepared, keeper):
    first = keeper.snapshot(on=clock.today())
    rebuild_snapshot(on=clock.today())
    assert keeper.snapshot(on=clock.today()).name != first.name


def test_only_the_last_two_are_kept(prepared):
    for _ in range(4):
        rebuild_snapshot(on=clock.today())
    kept = [path.name for path in Path(settings.SNAPSHOT_ROOT).glob("[0-9]*")]
    assert len(kept) == 2


def test_without_a_change_nothing_is_read_again(prepared, keeper, django_assert_num_queries):
    first = keeper.snapshot(on=clock.today())
    with django_assert_num_queries(1):
        assert keeper.snapshot(on=clock.today()) is first


def test_a_changed_population_reaches_the_row(prepared, keeper):
    keeper.snapshot(on=clock.today())
    lyon = prepared["Lyon"]
    lyon.population = 7
    lyon.save()
    note_change(lyon)
    held = keeper.snapshot(on=clock.today())
    assert held.atlas.places.population[held.rows.of_place(lyon.pk)] == 7


def test_a_place_that_came_after_the_snapshot_stops_nobody(prepared, keeper):
    from tests.factories.network import PlaceFactory  # noqa: PLC0415 - only here

    note_change(PlaceFactory(country=prepared["Lyon"].country))
    held = keeper.snapshot(on=clock.today())
    assert np.all(np.diff(held.rows.ids) > 0)


@pytest.mark.slow
@pytest.mark.postgresql
def test_the_next_request_sees_a_slow_change_behind_a_quick_one(
    transactional_db, prepared, keeper
):
    keeper.snapshot(on=clock.today())
    lyon = prepared["Lyon"]

    def grow():
        type(lyon).objects.filter(pk=lyon.pk).update(population=7)
        note_change(lyon)

    with slowly(grow) as finish:
        note_change(prepared["Maputo"])
        between = keeper.snapshot(on=clock.today())
        finish()
    after = keeper.snapshot(on=clock.today())
    row = after.rows.of_place(lyon.pk)
    assert between.atlas.places.population[row] != 7
    assert after.atlas.places.population[row] == 7
