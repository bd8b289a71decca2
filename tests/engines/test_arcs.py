"""Arcs gather without direction, bend upwards and stay below the edge of the map."""

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.engines import arcs

coordinates = st.floats(0, 600, allow_subnormal=False)
ties = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.integers(0, 5),
        st.floats(-80, 80),
        st.floats(-179, 179),
        st.floats(-80, 80),
        st.floats(-179, 179),
        st.floats(0, 50),
    ),
    min_size=1,
    max_size=30,
)


def bundled(rows):
    a, b, *ends, weight = (np.array(column) for column in zip(*rows, strict=True))
    return arcs.bundled(a, b, tuple(ends), weight)


@given(ties)
def test_the_direction_of_a_tie_does_not_matter(rows):
    turned = [
        (b, a, lat_b, lon_b, lat_a, lon_a, w) for a, b, lat_a, lon_a, lat_b, lon_b, w in rows
    ]
    one, other = bundled(rows), bundled(turned)
    assert one.a.tolist() == other.a.tolist()
    assert np.allclose(one.weight, other.weight)
    assert np.allclose(one.lat_a, other.lat_a)


@given(ties)
def test_all_weight_between_groups_is_kept_and_the_strongest_comes_first(rows):
    told = bundled(rows)
    between = sum(row[6] for row in rows if row[0] != row[1])
    assert np.isclose(told.weight.sum(), between)
    assert np.all(np.diff(told.weight) <= 0)
    assert np.all(told.a < told.b)


@given(coordinates, coordinates, coordinates, coordinates)
def test_an_arc_bends_upwards_and_stays_below_the_upper_edge(x1, y1, x2, y2):
    drawn = [float(n) for n in re.findall(r"-?[\d.]+", arcs.curve(x1, y1, x2, y2))]
    apex = (drawn[1] + 2 * drawn[3] + drawn[5]) / 4
    assert apex <= (drawn[1] + drawn[5]) / 2 + 0.2
    assert apex >= min(arcs.CEILING, drawn[1], drawn[5]) - 0.2


@given(st.lists(st.floats(0.1, 1e4), min_size=1, max_size=30))
def test_more_weight_never_makes_a_thinner_arc(weights):
    steps = arcs.strengths(weights)
    assert np.all(np.diff(steps[np.argsort(weights)]) >= 0)
    assert set(steps.tolist()) <= {0, 1, 2}
