"""Numbers and text as SVG reads them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.engines import svg


@given(st.floats(-1e6, 1e6), st.integers(0, 3))
def test_a_number_written_is_the_number_read(value, places):
    assert abs(float(svg.number(value, places)) - value) <= 0.5 * 10**-places + 1e-9


@pytest.mark.parametrize("value", [float("nan"), float("inf"), float("-inf")])
def test_what_cannot_be_drawn_is_refused(value):
    with pytest.raises(ValueError, match="cannot draw"):
        svg.number(value)


@given(st.text(min_size=1))
def test_text_stays_text(words):
    written = svg.text("title", words, {"id": words})
    assert written.count("<") == 2
    assert written.count(">") == 2
