"""Texts clause by clause: their words tidied, numbered, hashed, compared, and their blanks."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrecidades.engines.wording.blanks import UNSAID, fill
from entrecidades.engines.wording.clauses import Clause, Text, digest, gaps, numbers, tidy
from entrecidades.engines.wording.compare import (
    CHANGED,
    GONE,
    KEPT,
    NEW,
    pairs,
    words_between,
)
from tests.engines.wordings import a_text, clause, texts
from tests.web.hostile import CODE

SSTI = [
    "{{7*7}}", "{{ 7*'7' }}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "{% debug %}", "{{config}}",
    "{{self.__init__.__globals__}}", "{{''.__class__.__mro__[1].__subclasses__()}}",
    "{{request}}", "{{settings.SECRET_KEY}}", "{% load log %}{% get_admin_log 10 as x %}",
    "{{messages.storages}}", "${T(java.lang.Runtime).getRuntime().exec('id')}", "*{7*7}",
    "@(7*7)", "{{=7*7}}", "[[7*7]]", "{{constructor.constructor('return 7*7')()}}",
    "{php}echo 49;{/php}", "{{_self.env}}", "{{['id']|filter('system')}}", "<#assign x=7*7>${x}",
    "#set($x=7*7)$x", "{{range.constructor}}", "{parties.__class__}", "{first_party!r}", "{0}",
    "{}", "{parties:>999999}", "%(parties)s", "{themes[0]}", "%n%n%n", "{{{7*7}}}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}", "{% include '/etc/passwd' %}",
    "{% extends '/etc/passwd' %}", "{{ lipsum.__globals__ }}", "#sys.inputs.facts",
    '#read("/etc/passwd")', '#eval("7*7")', "#{ 7*7 }", '#include "x.typ"',
    '#import "@preview/x:1.0.0"', "$7*7$", "\\input{/etc/passwd}", "\\write18{id}",
    "#set page()", "{{ x|attr('__class__') }}", "{%set x=7*7%}{{x}}", "{start}{end}", "`7*7`",
    "$(id)",
]  # fmt: skip


@given(st.text())
def test_tidying_twice_is_tidying_once(words):
    assert tidy(tidy(words)) == tidy(words)


@settings(deadline=None, max_examples=40)
@given(texts())
def test_a_hash_knows_every_word(text):
    known = digest(text)
    assert known == digest(Text(text.languages, dict(reversed(text.title.items())), text.clauses))
    for n, one in enumerate(text.clauses):
        for part in ("heading", "body"):
            for code in text.languages:
                said = {**getattr(one, part), code: getattr(one, part)[code] + " x"}
                other = [*text.clauses]
                other[n] = replace(one, **{part: said})
                assert digest(replace(text, clauses=tuple(other))) != known


def test_the_order_of_the_columns_does_not_change_the_hash_and_that_of_the_clauses_does():
    text = a_text()
    assert digest(replace(text, languages=("fr", "pt"))) == digest(text)
    assert digest(replace(text, clauses=text.clauses[::-1])) != digest(text)


@given(st.text(alphabet="ab \n."), st.text(alphabet="ab \n."))
def test_both_texts_can_be_read_off_what_is_between_them(was, now):
    told = words_between(was, now)
    assert "".join(part.words for part in told if part.how != NEW) == was
    assert "".join(part.words for part in told if part.how != GONE) == now


def test_long_texts_are_compared_line_by_line():
    was = "\n".join(f"a{n} b c d e f" for n in range(4000))
    assert [part.how for part in words_between(was, was.replace("a2000 b", "a2000 x"))] == [
        "",
        GONE,
        NEW,
        "",
    ]


@given(st.permutations(range(1, 6)), st.permutations(range(1, 8)))
def test_every_clause_of_both_texts_is_told_once(before, after):
    was = replace(a_text(), clauses=tuple(clause(n) for n in before))
    now = replace(a_text(), clauses=tuple(clause(n) for n in after))
    for told, older, newer in ((pairs(was, now), was, now), (pairs(now, was), now, was)):
        assert [one.key for one in told if one.now] == [one.key for one in newer.clauses]
        assert {one.key for one in told if one.was} == {one.key for one in older.clauses}
        assert len({one.key for one in told}) == len(told)


def test_what_became_of_each_clause_is_said():
    was, changed = a_text(3), clause(2, body={"fr": "Autre."})
    now = replace(was, clauses=(clause(4), was.clauses[0], changed))
    told = {pair.key[-1]: pair.how for pair in pairs(was, now)}
    assert told == {"4": NEW, "1": KEPT, "2": CHANGED, "3": GONE}
    swapped = replace(was, clauses=was.clauses[::-1])
    assert sum(pair.moved for pair in pairs(was, swapped)) == 2
    assert not any(pair.moved for pair in pairs(was, now))


def test_a_preamble_bears_no_number():
    assert numbers([clause(1, numbered=False), clause(2), clause(3)]) == ["", "1", "2"]


@pytest.mark.parametrize("said", ["", "Dure […] ans.", "Dure [durée…] ans."])
def test_a_language_that_says_nothing_or_leaves_a_blank_is_a_gap(said):
    assert gaps(clause(1, body={"fr": said}), ("pt", "fr")) == ["fr"]


def test_brackets_of_the_text_itself_are_no_gap():
    assert gaps(clause(1, body={"fr": "Article [1] et […suite]"}), ("pt", "fr")) == []


@pytest.mark.parametrize("payload", [*SSTI, *CODE])
def test_what_fills_a_blank_is_never_read(payload):
    assert fill("Entre {parties}.", {"parties": payload}) == f"Entre {payload}."


@given(st.text(), st.text())
def test_a_filled_blank_is_filled_once(one, other):
    filled = fill("{parties}|{themes}", {"parties": one, "themes": other})
    assert filled == f"{one or UNSAID}|{other or UNSAID}"


def test_a_clause_tells_its_units():
    assert Clause("a", {"pt": "Um", "fr": ""}, {"fr": "Deux"}).units() == {
        "heading.pt": "Um",
        "body.fr": "Deux",
    }
