"""Ribbons fill the places they join, and cross no more than they must."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from entrecidades.engines.ribbons import ribbons

joins = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 6), st.integers(1, 5).map(float)),
    unique_by=lambda one: one[:2],
)


@given(joins)
def test_every_place_is_filled_by_its_ribbons_and_no_more(joined):
    drawn = ribbons(joined, 7, 7, unit=10, gap=3)
    for number, span in enumerate(drawn.lefts):
        parts = sorted(one.from_y for one in drawn.ribbons if one.left == number)
        tall = sum(end - start for start, end in parts)
        assert not parts or abs(tall - (span[1] - span[0])) < 1e-9
        assert all(abs(a[1] - b[0]) < 1e-9 for a, b in pairwise(parts))
    assert len(drawn.ribbons) == len(joined)
    assert all(0 <= end <= drawn.height for one in drawn.ribbons for end in one.to_y)


@given(st.permutations(range(7)))
def test_one_to_one_nothing_crosses(order):
    drawn = ribbons([(one, other, 1.0) for one, other in enumerate(order)], 7, 7)
    assert all(one.from_y == one.to_y for one in drawn.ribbons)
