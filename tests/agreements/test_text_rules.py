"""What holds for every text: its clauses come back as they went in, its seals see every word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.agreements.text_rules import (
    LONGEST,
    NoSuchClause,
    NotWhole,
    TooLong,
    check_whole,
    clause_of,
    cleaned,
    kept,
    placed,
    seal_of,
    with_units,
)
from entrecidades.engines.wording.clauses import Clause, Text, tidy
from tests.engines.wordings import LANGUAGES, clauses

UNITS = [f"{part}.{code}" for part in ("heading", "body") for code in LANGUAGES]
words = st.text(max_size=30).map(tidy)


@given(clauses())
def test_a_clause_is_kept_and_comes_back_the_same(clause):
    assert clause_of(kept(clause)) == clause


@given(clauses(), st.sampled_from(UNITS), words)
def test_a_seal_changes_exactly_when_a_word_does(clause, unit, said):
    changed = with_units(clause, {unit: said})
    is_same = changed.units() == clause.units()
    assert (seal_of(changed, LANGUAGES) == seal_of(clause, LANGUAGES)) == is_same


@given(clauses(), st.dictionaries(st.sampled_from(UNITS), words))
def test_a_clause_says_what_it_was_given_and_nothing_else_changes(clause, units):
    changed = with_units(clause, units)
    wanted = {**clause.units(), **units}
    assert changed.units() == {unit: said for unit, said in wanted.items() if said}
    assert (changed.key, changed.numbered) == (clause.key, clause.numbered)


@given(st.lists(st.integers(0, 50).map(str), unique=True, min_size=1), st.data())
def test_putting_loses_no_key_and_lets_the_others_stay_in_order(keys, data):
    key = data.draw(st.sampled_from(keys))
    after = data.draw(st.sampled_from(["", "gone", *keys]))
    told = placed(keys, key, after)
    assert sorted(told) == sorted(keys)
    assert [one for one in told if one != key] == [one for one in keys if one != key]
    if after in keys and after != key:
        assert told.index(key) == told.index(after) + 1


@given(st.dictionaries(st.sampled_from(UNITS), st.text(max_size=40)))
def test_what_is_cleaned_is_clean(units):
    once = cleaned(units, LANGUAGES)
    assert cleaned(once, LANGUAGES) == once


@pytest.mark.parametrize("unit", ["body.it", "title.pt", "body", "pt.body", ""])
def test_a_part_that_the_text_does_not_have_is_refused(unit):
    with pytest.raises(NoSuchClause):
        cleaned({unit: "x"}, LANGUAGES)


@pytest.mark.parametrize("part", ["heading", "body"])
def test_what_a_file_could_not_carry_is_refused(part):
    cleaned({f"{part}.pt": "x" * LONGEST[part]}, LANGUAGES)
    with pytest.raises(TooLong):
        cleaned({f"{part}.pt": "x" * (LONGEST[part] + 1)}, LANGUAGES)


def test_everything_that_is_not_whole_is_named_at_once():
    said = dict.fromkeys(LANGUAGES, "x")
    text = Text(LANGUAGES, said, (Clause("a", said, said),))
    check_whole(text, [])
    with pytest.raises(NotWhole, match=r"2, Annex"):
        check_whole(text, ["2", "Annex"])
    for bare in (Text(LANGUAGES, said, ()), Text(LANGUAGES, {"pt": "x"}, text.clauses)):
        with pytest.raises(NotWhole):
            check_whole(bare, [])
