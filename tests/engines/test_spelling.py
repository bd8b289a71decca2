"""Slips and distances agree with what one would count by hand."""

from hypothesis import given
from hypothesis import strategies as st

from entrecidades.engines.spelling import distances, slips

words = st.text("abcdo ", min_size=1, max_size=8)


def counted(one, other):
    """Optimal string alignment, as the textbooks write it."""
    rows = [[0] * (len(other) + 1) for _ in range(len(one) + 1)]
    for i in range(len(one) + 1):
        for j in range(len(other) + 1):
            if not i or not j:
                rows[i][j] = i + j
                continue
            differs = one[i - 1] != other[j - 1]
            rows[i][j] = min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + differs)
            if i > 1 and j > 1 and one[i - 1] == other[j - 2] and one[i - 2] == other[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 1)
    return rows[-1][-1]


@given(words, st.lists(words, max_size=6))
def test_all_at_once_counts_what_one_by_one_counts(word, names):
    assert distances(word, names).tolist() == [counted(name, word) for name in names]


@given(words, words)
def test_a_distance_is_the_same_in_both_directions(one, other):
    assert distances(one, [other]).tolist() == distances(other, [one]).tolist()


@given(st.text("abcdo", min_size=1, max_size=8))
def test_every_variant_is_one_slip_away(word):
    assert set(distances(word, slips(word)).tolist()) <= {1}


def test_a_slip_is_undone_wherever_it_was():
    for typed in ("aputo", "mputo", "maptuo", "mapuro", "mmaputo", "maputoo"):
        assert "maputo" in slips(typed), typed
