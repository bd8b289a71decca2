"""Overlaps do not depend on which of two is the draft, nor on the order of what is compared."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from entrecidades.engines.overlap import Sketch, overlaps

DAYS = st.none() | st.dates(dt.date(2000, 1, 1), dt.date(2002, 1, 1))
PLACES = st.tuples(
    st.floats(-1, 1), st.floats(-1, 1) | st.floats(178, 180) | st.floats(-180, -178)
)
SKETCHES = st.builds(
    Sketch,
    st.integers(0, 9),
    st.lists(PLACES, max_size=2).map(tuple),
    st.frozensets(st.sampled_from("abc"), max_size=2),
    DAYS,
    DAYS,
)


@given(SKETCHES, SKETCHES)
def test_one_overlaps_with_the_other_as_the_other_with_the_one(one, other):
    there, back = overlaps(one, [other]), overlaps(other, [one])
    assert [(a.themes, round(a.km, 6), a.first) for a in there] == [
        (a.themes, round(a.km, 6), a.first) for a in back
    ]


@given(SKETCHES, st.lists(SKETCHES, max_size=5, unique_by=lambda one: one.key))
def test_the_order_depends_on_the_facts_alone(draft, others):
    assert overlaps(draft, others) == overlaps(draft, list(reversed(others)))


def test_the_date_line_does_not_part_neighbours():
    one = Sketch(1, ((0.0, 179.9),), frozenset("a"))
    assert overlaps(one, [Sketch(2, ((0.0, -179.9),), frozenset("a"))])
