"""The columns, what is worked out of them, and the snapshot on disk."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrecidades.engines.affinity import Atlas, Matcher, Model, Places, Sparse, name_keys
from entrecidades.engines.affinity.cells import NEAR, chord_km, neighbours, unit_vectors
from entrecidades.engines.affinity.history import both_ways
from entrecidades.engines.affinity.model import Table
from entrecidades.engines.affinity.observe import distance_levels, level_km
from entrecidades.engines.affinity.places import SIZES, size_class
from entrecidades.engines.affinity.select import BLOCK, best
from tests.factories.affinity import atlas, columns, places

entries = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 7), st.floats(0.25, 4, width=32)))


def dense(table, width=8):
    array = np.zeros((len(table), width), np.float32)
    array[table.owners(), table.columns] = table.values
    return array


def built(cells):
    row, column, value = (list(part) for part in zip(*cells, strict=True)) if cells else [[]] * 3
    return Sparse.of(row, column, value, rows=6)


@given(entries)
def test_a_sparse_table_adds_what_meets(cells):
    wanted = np.zeros((6, 8))
    for row, column, value in cells:
        wanted[row, column] += value
    assert np.allclose(dense(built(cells)), wanted)


@given(entries, st.lists(st.integers(0, 5)))
def test_rows_and_columns_of_a_sparse_table(cells, rows):
    table = built(cells)
    assert np.array_equal(dense(table.transposed(8), 6), dense(table).T)
    owner, column, value = table.rows(rows)
    found = np.zeros((len(rows), 8), np.float32)
    found[owner, column] = value
    assert np.array_equal(found, dense(table)[np.array(rows, int)])


@given(entries, st.integers(0, 5), st.dictionaries(st.integers(0, 7), st.just(2.0)))
def test_a_row_of_a_sparse_table_can_be_another(cells, row, values):
    table = built(cells)
    wanted = dense(table)
    wanted[row] = 0
    wanted[row, list(values)] = 2
    assert np.array_equal(dense(table.with_row(row, list(values), list(values.values()))), wanted)


@given(
    st.lists(st.integers(-3, 3), min_size=1, max_size=4 * BLOCK),
    st.integers(0, 12),
    st.integers(0, 9),
)
def test_the_best_few_are_those_that_sorting_finds(values, limit, repeated):
    total = np.tile(np.array(values, np.float32), repeated + 1)
    total[total == -3] = -np.inf
    wanted = [i for i in np.lexsort((np.arange(total.size), -total)) if total[i] > -np.inf]
    assert best(total, limit).tolist() == wanted[:limit]


@given(st.floats(0, 4e7))
def test_size_classes_ascend_by_half_doublings(population):
    (own,) = size_class([population])
    assert 0 <= own < SIZES
    assert own <= size_class([population * 2])[0] <= own + 2


@given(st.integers(0, 1000))
@settings(max_examples=10)
def test_neighbouring_cells_are_those_within_reach(seed):
    rng = np.random.default_rng(seed)
    row = np.floor((rng.uniform(-85, 85) + rng.normal(0, 1, 30) + 90) / NEAR.step)
    column = np.floor((rng.uniform(-170, 170) + rng.normal(0, 2, 30) + 180) / NEAR.step)
    squares = np.unique((row * 4096 + column).astype(np.int64))
    rows, cols = np.divmod(squares, 4096)
    points = unit_vectors((rows + 0.5) * NEAR.step - 90, (cols + 0.5) * NEAR.step - 180)
    near = chord_km(points[:, None], points[None]) <= NEAR.reach
    assert np.array_equal(dense(neighbours(squares, NEAR), squares.size)[:-1] > 0, near)


def test_levels_of_distance_are_within_nine_percent():
    one = atlas()
    points = one.points.astype(np.float64).T
    told = level_km()[distance_levels(one, 0)]
    true = chord_km(points, points[0])
    known = np.isfinite(true) & (true > 0)
    assert (told[known] <= true[known] * 1.001).all()
    assert (told[known] >= true[known] * 0.88).all()
    assert np.isnan(told[~np.isfinite(true)]).all()


def test_links_count_once_from_either_end():
    here, there = both_ways([(1, 2), (2, 1), (3, 3)])
    assert sorted(zip(here.tolist(), there.tolist(), strict=True)) == [(1, 2), (2, 1)]
    history = atlas().history
    assert history.countries.sum() == history.degrees.sum()
    assert np.array_equal(history.countries, history.countries.T)
    assert history.country_region.sum() == history.sizes.sum() == history.degrees.sum()


def test_the_order_of_links_does_not_matter():
    one = atlas()
    pairs = np.stack([one.history.partners.owners(), one.history.partners.columns], axis=1)
    other = one.with_links(pairs[::-1])
    model = Model.load()
    assert np.array_equal(Matcher(one, model).scores(5), Matcher(other, model).scores(5))


def test_a_snapshot_is_mapped_and_answers_alike(tmp_path):
    one = atlas()
    one.save(tmp_path)
    opened = Atlas.open(tmp_path)
    model = Model.load()
    assert np.array_equal(Matcher(one, model).scores(5), Matcher(opened, model).scores(5))
    opened.points[:] = 0
    assert np.array_equal(Atlas.open(tmp_path).points, one.points, equal_nan=True)


def test_no_snapshot_is_said(tmp_path):
    with pytest.raises(FileNotFoundError):
        Atlas.open(tmp_path)


def test_columns_of_other_lengths_or_names_are_refused():
    given_columns = columns(0, 10)
    with pytest.raises(ValueError, match="roles"):
        Places.of(**given_columns | {"roles": [1]})
    with pytest.raises(ValueError, match="mayor"):
        Places.of(**given_columns, mayor=[1])


def test_common_names_and_short_words_tie_nobody():
    assert name_keys([["San Juan"]] * 200).columns.size == 0
    assert name_keys([["Roma"], ["Nova Roma"]]).columns.size == 2
    assert name_keys([]).columns.size == 0


def test_a_value_on_a_bound_belongs_to_the_upper_bin():
    table = Table("size", np.array([1.0, 2.0]), np.zeros(3, np.float32))
    assert table.bins(np.array([0.5, 1.0, 2.0])).tolist() == [0, 1, 2]


def test_a_world_without_links_or_themes_is_no_error():
    one = Matcher(Atlas.of(places(1, 20, themes=False), []), Model.load())
    assert one.suggest(0).ids.size
    assert sum(len(block.seekers) for block in one.suggest_all()) == 20
