"""A Word file loses no clause: not on its way out and in, and not where two have changed it."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from entrecidades.agreements.word_plan import TITLE, Choice, What, carried_out, plan_of
from entrecidades.engines.wording.word_in import Row
from tests.engines.wordings import LANGUAGES, a_text, clause

SAID = st.sampled_from(["", "Um.", "Dois."])


def rows_of(text):
    """A text as a file brings it back."""
    return [Row(one.key, dict(one.heading), dict(one.body)) for one in text.clauses]


@st.composite
def edited(draw, base):
    """The base with some clauses changed, taken out, added and moved."""
    kept = [one for one in base.clauses if draw(st.integers(0, 4))]
    said = [
        replace(one, body={**one.body, "pt": words}) if (words := draw(SAID)) else one
        for one in kept
    ]
    new = [clause(n, body={"pt": "Novo."}) for n in range(50, 50 + draw(st.integers(0, 2)))]
    shuffled = draw(st.permutations([*said, *new]))
    title = {**base.title, "pt": draw(SAID) or base.title["pt"]}
    return replace(base, title=title, clauses=tuple(shuffled))


@st.composite
def meetings(draw):
    """What was taken out, what stands there now, what comes back, and what somebody decides."""
    base = a_text(draw(st.integers(1, 5)))
    there, file = draw(edited(base)), draw(edited(base))
    known = {one.key for one in base.clauses}
    rows = [row if row.key in known else replace(row, key="") for row in rows_of(file)]
    plan = plan_of(base, there, file.title, rows)
    choices = {key: draw(st.sampled_from(Choice)) for key in plan.asked}
    return base, there, file, rows, plan, choices


def done(plan, there, choices):
    names = {item.key: f"n{item.key}" for item in plan.items if item.what == What.ADDED}
    return carried_out(plan, there, choices, names)


@given(st.integers(0, 5))
def test_a_file_that_comes_back_as_it_went_changes_nothing(count):
    base = a_text(count)
    there = replace(base, title={**base.title, "fr": "Autre"})
    assert plan_of(base, there, base.title, rows_of(base)).is_empty


@given(meetings())
def test_no_clause_is_lost_unless_somebody_said_so(meeting):
    _base, there, _file, _rows, plan, choices = meeting
    now = done(plan, there, choices)
    gone = {one.key for one in there.clauses} - {one.key for one in now.clauses}
    assert gone == {
        item.key
        for item in plan.items
        if item.what == What.MISSING and choices[item.key] == Choice.FILE
    }


@given(meetings())
def test_every_new_clause_of_the_file_is_there_and_each_clause_once(meeting):
    _base, there, _file, rows, plan, choices = meeting
    now = done(plan, there, choices)
    keys = [one.key for one in now.clauses]
    assert len(keys) == len({*keys})
    new = [one for one in now.clauses if one.key.startswith("nnew-")]
    assert len(new) == sum(not row.key for row in rows)


@given(meetings())
def test_what_only_one_side_changed_is_kept_whatever_is_decided(meeting):
    base, there, file, _rows, plan, choices = meeting
    now = {one.key: one.units() for one in done(plan, there, choices).clauses}
    stood = {one.key: one.units() for one in there.clauses}
    came = {one.key: one.units() for one in file.clauses}
    for one in base.clauses:
        was = one.units()
        if one.key not in now or one.key not in stood or one.key not in came:
            continue
        for unit in {*was, *stood[one.key], *came[one.key]}:
            before, here, there_ = was.get(unit), stood[one.key].get(unit), came[one.key].get(unit)
            if here == before and one.key not in plan.asked:
                assert now[one.key].get(unit) == there_
            if there_ == before:
                assert now[one.key].get(unit) == here


@given(meetings())
def test_all_that_is_asked_is_where_words_would_be_lost(meeting):
    _base, there, _file, _rows, plan, _choices = meeting
    here = {one.key for one in there.clauses}
    for item in plan.items:
        if item.what == What.MISSING:
            assert item.is_asked
        if item.what == What.BROUGHT_BACK:
            assert item.is_asked
            assert item.key not in here


@given(meetings())
def test_carried_out_with_the_file_it_has_nothing_left_to_change(meeting):
    _base, there, _file, _rows, plan, choices = meeting
    told = dict.fromkeys(choices, Choice.FILE)
    now = done(plan, there, told)
    known = [one for one in now.clauses if not one.key.startswith("nnew-")]
    again = plan_of(_base, replace(now, clauses=tuple(known)), _file.title, _rows)
    left = [item for item in again.items if item.what not in {What.ADDED, What.BROUGHT_BACK}]
    assert [item for item in left if item.key != TITLE] == []


def test_a_mark_of_no_clause_is_named_by_its_row():
    base = a_text(2)
    rows = [*rows_of(base), Row("0" * 32, {"pt": "x"}, {})]
    assert plan_of(base, base, base.title, rows).unknown == (3,)


def test_a_new_row_stands_behind_the_one_before_it():
    base = a_text(3)
    new = Row("", dict.fromkeys(LANGUAGES, "Anexo"), dict.fromkeys(LANGUAGES, "x"))
    rows = rows_of(base)
    plan = plan_of(base, base, base.title, [rows[0], new, *rows[1:]])
    keys = [one.key for one in done(plan, base, {}).clauses]
    assert keys == [rows[0].key, "nnew-2", rows[1].key, rows[2].key]
    first = plan_of(base, base, base.title, [new, *rows])
    assert done(first, base, {}).clauses[0].key == "nnew-1"


def test_clauses_that_were_moved_in_the_file_are_moved_unless_somebody_moved_them_here():
    base = a_text(3)
    turned = list(reversed(rows_of(base)))
    plan = plan_of(base, base, base.title, turned)
    assert plan.is_moved
    assert [one.key for one in done(plan, base, {}).clauses] == [row.key for row in turned]
    one, two, three = base.clauses
    there = replace(base, clauses=(two, one, three))
    assert not plan_of(base, there, base.title, turned).is_moved
