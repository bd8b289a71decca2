"""The honeycomb keeps every place and never ranks fewer people above more."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.engines import dotgrid

points = st.lists(
    st.tuples(st.floats(0.5, 400), st.floats(0, 200), st.floats(0, 1e7)), min_size=1, max_size=60
)


def gathered(rows):
    return dotgrid.dots_of(*(np.array(column) for column in zip(*rows, strict=True)))


@given(points)
def test_nobody_is_lost(rows):
    dots = gathered(rows)
    assert np.isclose(dots.weight.sum(), sum(row[2] for row in rows))
    assert 1 <= dots.row.size <= len(rows)


@given(points)
def test_more_people_never_make_a_smaller_dot(rows):
    dots = gathered(rows)
    order = np.argsort(dots.weight)
    assert np.all(np.diff(dots.level[order]) >= 0)
    assert dots.level.min() >= 0
    assert dots.level.max() <= len(dotgrid.SHARES)


@given(points)
def test_a_place_stands_within_one_step_of_its_dot(rows):
    x, y, _ = rows[0]
    dots = gathered(rows[:1])
    across = dots.column[0] * dotgrid.STEP + (dots.row[0] % 2) * dotgrid.STEP / 2
    assert abs(across - x) <= dotgrid.STEP / 2 + 1e-9
    assert abs(dots.row[0] * dotgrid.ROW - y) <= dotgrid.ROW / 2 + 1e-9
