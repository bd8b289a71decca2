"""Marks on a map: every number is there, and no two words cover each other."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.engines import marks

SIZE = (600.0, 300.0)
spots = st.lists(st.tuples(st.floats(0, 600), st.floats(0, 300)), min_size=1, max_size=20)


@given(spots)
def test_numbers_stay_inside_the_drawing_and_the_first_stands_on_its_place(places):
    x, y = (np.array(column) for column in zip(*places, strict=True))
    found = marks.apart(x, y, [True] * len(places), SIZE)
    assert len(found) == len(places)
    for at_x, at_y in found:
        assert marks.ROOM <= at_x <= SIZE[0] - marks.ROOM
        assert marks.ROOM <= at_y <= SIZE[1] - marks.ROOM


@given(spots, st.sampled_from([marks.TALL, 20.0]))
def test_labels_that_are_shown_can_be_read(places, tall):
    names = [f"Place {index}" for index in range(len(places))]
    shown = [
        marks._box(spot, name, tall)  # noqa: SLF001 (the room a label takes)
        for spot, name in zip(marks.readable(places, names, [], SIZE, tall), names, strict=True)
        if spot
    ]
    for index, one in enumerate(shown):
        assert one[0] >= 0
        assert one[2] <= SIZE[0]
        assert not any(marks._overlap(one, other) for other in shown[index + 1 :])  # noqa: SLF001


def test_twenty_suggestions_in_one_city_still_show_twenty_numbers():
    crowd = [marks.Mark(-25.9, 32.6, f"Place {n}", n) for n in range(1, 21)]
    x, y = np.full(20, 300.0), np.full(20, 150.0)
    drawing = marks.drawn(crowd, lambda *_degrees: (x, y), SIZE)
    assert drawing.count('class="mark-number"') == 20
    assert len(set(marks.apart(x, y, [True] * 20, SIZE))) == 20
