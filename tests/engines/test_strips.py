"""Whatever the shares, a strip stays inside its frame."""

import re

from hypothesis import given
from hypothesis import strategies as st

from entrecidades.engines.strips import WIDTH, Span, Tick, strip

SHARES = st.floats(0, 1)


@given(st.lists(st.tuples(SHARES, SHARES)), st.lists(SHARES))
def test_nothing_is_drawn_outside(spans, ticks):
    drawn = strip(
        [Span(min(pair), max(pair), "done") for pair in spans], [Tick(at, "today") for at in ticks]
    )
    for x, width in re.findall(r' x="([\d.]+)".*? width="([\d.]+)"', drawn):
        assert float(x) + float(width) <= WIDTH + 0.2
