"""Two edits of one thing: nothing that either changed is lost without a word."""

from hypothesis import given
from hypothesis import strategies as st

from entrecidades.kernel.editing import differences, filled, merge

NAMES = st.sampled_from(["title.pt", "title.fr", "themes", "website", "opens_on"])
VALUES = st.one_of(st.none(), st.sampled_from(["", "a", "b", "c"]), st.just([]), st.just([1, 2]))
UNITS = st.dictionaries(NAMES, VALUES)


def disputed(merged):
    return {clash.unit for clash in merged.clashes}


@given(UNITS, UNITS, UNITS)
def test_what_either_changed_is_there_or_is_disputed(base, theirs, mine):
    merged = merge(base, theirs, mine)
    for side in (theirs, mine):
        for unit, (_before, after) in differences(base, side).items():
            assert unit in disputed(merged) or merged.values.get(unit) == after


@given(UNITS, UNITS, UNITS)
def test_only_what_both_changed_apart_is_disputed(base, theirs, mine):
    both = differences(base, theirs).keys() & differences(base, mine).keys()
    apart = both & differences(theirs, mine).keys()
    assert disputed(merge(base, theirs, mine)) == apart


@given(UNITS, UNITS, UNITS)
def test_whoever_comes_first_the_same_is_kept_and_the_same_is_disputed(base, one, other):
    first, second = merge(base, one, other), merge(base, other, one)
    assert disputed(first) == disputed(second)
    settled = first.values.keys() - disputed(first)
    assert {unit: first.values[unit] for unit in settled} == {
        unit: value for unit, value in second.values.items() if unit not in disputed(second)
    }
    swapped = [(clash.was, clash.mine, clash.theirs) for clash in second.clashes]
    assert [(clash.was, clash.theirs, clash.mine) for clash in first.clashes] == swapped


@given(UNITS, UNITS)
def test_one_edit_alone_is_kept_as_it_is(base, mine):
    assert merge(base, base, mine).values == filled(mine)
    assert merge(base, mine, base).values == filled(mine)
    assert merge(base, mine, mine).clashes == ()


@given(UNITS, UNITS)
def test_where_nobody_knows_the_beginning_every_difference_is_disputed(theirs, mine):
    merged = merge(None, theirs, mine)
    assert disputed(merged) == differences(theirs, mine).keys()
    assert merged.values == filled(theirs)


@given(UNITS, UNITS, UNITS)
def test_of_what_is_disputed_what_is_there_stays(base, theirs, mine):
    merged = merge(base, theirs, mine)
    for clash in merged.clashes:
        assert merged.values.get(clash.unit) == filled(theirs).get(clash.unit) == clash.theirs


@given(UNITS, UNITS, UNITS)
def test_what_only_the_others_changed_is_told(base, theirs, mine):
    alone = differences(base, theirs).keys() - differences(base, mine).keys()
    assert set(merge(base, theirs, mine).theirs_alone) == alone
