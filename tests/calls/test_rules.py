"""What a call must say, who may apply, and what sheets come to."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.calls.rules.answers import problem_of, wanted_in_all
from entrecidades.calls.rules.building import Draft, problems_of
from entrecidades.calls.rules.eligibility import BodyFacts, check_body, check_together
from entrecidades.calls.rules.reading import mean, sheet_problems, spread, wants_third, weighted
from tests.factories.calls import CLOSES, OPENS, criteria, questions

ON = dt.date(2009, 11, 19)
GOOD = Draft(
    texts={name: {"pt": "sim", "en": "yes"} for name in ("title", "summary", "text")},
    languages=["pt", "en"],
    opens_at=OPENS,
    closes_at=CLOSES,
    zone="America/Sao_Paulo",
    criteria=criteria(),
    questions=questions(),
    eligibility={"countries": ["BR", "MZ"]},
    scale=10,
    readers=2,
    spread=Decimal(2),
    ceiling_amount=Decimal(50_000),
    ceiling_currency="EUR",
    ceiling_pairs=100,
)


def said(draft, **facts):
    return [problem.says for problem in problems_of(replace(draft, **facts), at=OPENS)]


def weighing(*weights):
    return [
        {"key": f"c{number}", "name": {"pt": "a", "en": "b"}, "weight": weight}
        for number, weight in enumerate(weights)
    ]


def test_a_good_call_has_no_problem():
    assert said(GOOD) == []


@given(st.lists(st.integers(1, 100), min_size=1, max_size=8))
def test_weights_are_a_hundred_or_refused_with_their_sum(weights):
    told = said(GOOD, criteria=weighing(*weights))
    assert (told == []) == (sum(weights) == 100)
    if told:
        assert str(sum(weights)) in told[0]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"closes_at": OPENS - dt.timedelta(1)}, "closes before it opens"),
        ({"closes_at": None}, "when the call closes"),
        ({"zone": "Mars/Olympus"}, "no time zone called “Mars/Olympus”"),
        ({"zone": ""}, "no time zone"),
        ({"zone": "../../etc/passwd"}, "no time zone"),
        ({"criteria": []}, "at least one criterion"),
        ({"criteria": weighing(50, 50)[:1] * 2}, "stands twice"),
        ({"criteria": weighing(100, 0)}, "whole number"),
        ({"criteria": weighing("60", 40)}, "whole number"),
        ({"readers": 1}, "two readers"),
        ({"spread": Decimal(11)}, "spread"),
        ({"scale": 1}, "scale"),
        ({"ceiling_currency": ""}, "currency"),
        ({"languages": ["pt", "it"]}, "“Italian”"),
        ({"languages": []}, "in which languages"),
        ({"questions": []}, "at least one question"),
        ({"questions": [{**questions()[0], "kind": "riddle"}]}, "no kind"),
        ({"questions": [{**questions()[0], "kind": "choice"}]}, "two answers"),
        ({"eligibility": {"zodiac": 1}}, "zodiac"),
        ({"eligibility": {"tiers": ["kingdom"]}}, "kingdom"),
        ({"questions": questions()[:2]}, "no question asks how much"),
    ],
)
def test_each_problem_is_named(facts, words):
    assert any(words in one for one in said(GOOD, **facts))


def test_every_problem_is_named_at_once():
    told = said(GOOD, closes_at=None, criteria=weighing(60, 60), readers=1, languages=["pt", "it"])
    assert len(told) > 5


BODY = BodyFacts("Maputo", "MZ", "Mozambique", "municipality", frozenset({"anamm"}), ON)


@pytest.mark.parametrize(
    ("conditions", "facts", "words"),
    [
        ({"countries": ["MZ"]}, {}, ""),
        ({"countries": ["BR"]}, {}, "Mozambique"),
        ({"tiers": ["region"]}, {}, "state or region"),
        ({"member_of": "anamm"}, {}, ""),
        ({"member_of": "fnp"}, {}, "The Group"),
        ({"profile_days": 30}, {"profile_on": ON - dt.timedelta(30)}, ""),
        ({"profile_days": 30}, {"profile_on": ON - dt.timedelta(31)}, "30 days"),
        ({"profile_days": 30}, {"profile_on": None}, "confirm"),
        ({"report_filed": True}, {"overdue": ("Waste",)}, "Waste"),
        ({"report_filed": False}, {"overdue": ("Waste",)}, None),
    ],
)
def test_a_condition_holds_or_says_why_not(conditions, facts, words):
    found = list(check_body(conditions, replace(BODY, **facts), on=ON, group="The Group"))
    if words is None:
        assert found == []
        return
    (one,) = found
    assert one.holds == (words == "")
    assert words in one.says
    assert one.holds or "Maputo" in one.says


def test_a_joint_call_wants_two_countries():
    assert check_together(["BR", "BR"], is_joint=True)
    assert not check_together(["BR"], is_joint=False)


scores = st.decimals(0, 10, places=1)


@given(scores, scores)
def test_a_weighted_mean_lies_between_its_scores(one, other):
    sheet = {"need": {"score": str(one)}, "means": {"score": str(other)}}
    total = weighted(sheet, criteria(), 10)
    assert min(one, other) <= total <= max(one, other)


@given(st.lists(scores, min_size=1, max_size=4))
def test_the_mean_lies_within_the_spread(totals):
    assert min(totals) - Decimal("0.01") <= mean(totals) <= max(totals) + Decimal("0.01")
    assert spread(totals) == max(totals) - min(totals)


def test_a_third_reads_beyond_the_spread_and_not_at_it():
    ask = {"readers": 2, "limit": Decimal(2)}
    assert not wants_third([Decimal(5), Decimal(7)], **ask)
    assert wants_third([Decimal(5), Decimal("7.01")], **ask)
    assert not wants_third([Decimal(5)], **ask)
    assert not wants_third([Decimal(1), Decimal(9), Decimal(5)], **ask)


@pytest.mark.parametrize("score", ["", "11", "-1", "NaN", "seven", None, "7.123"])
def test_a_sheet_says_what_it_lacks(score):
    sheet = {"need": {"score": score, "reason": ""}, "riddle": {"score": "1"}}
    told = dict.fromkeys(key for key, _says in sheet_problems(sheet, criteria(), 10))
    assert list(told) == ["riddle", "need", "means"]


@given(st.text(max_size=30))
def test_no_answer_breaks_the_rules(raw):
    for question in questions():
        assert isinstance(problem_of(question, raw), str)
    assert wanted_in_all(questions(), [{"budget": raw}]) is not None


def test_answers_are_counted():
    question = {**questions()[0], "limit": 5}
    assert "2 characters" in problem_of(question, "1234567")
    assert problem_of(question, "12345") == ""
    assert problem_of({**question, "is_required": False}, "  ") == ""
