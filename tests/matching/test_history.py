"""Each reason tells what gave its points."""

import pytest

from entrecidades.kernel import clock
from entrecidades.matching.history import TOPICS, history_told
from entrecidades.matching.selectors import Wish, suggestions_for
from entrecidades.matching.standing import role_told
from entrecidades.matching.telling import LEAST

FACTS = {
    "known": False, "partners": 3, "names": 12, "crowd": 0.0, "partners_here": 0, "shared": [],
    "abroad": 9, "region_here": 0, "regions": 0, "countries": 4, "neighbours": [],
}  # fmt: skip


def told(points, **facts):
    return history_told(FACTS | facts | {"points": points}, {1: "Padova", 2: "Caxias"})


def test_what_gave_most_is_told_first():
    text, short = told({"partners_here": 5.0, "degree": 1.0, "names": 1.0}, partners_here=2)
    assert text.index("2 partners in your country") < text.index("3 partners and 12 more names")
    assert short == "at home in your country"


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_that_gave_points_is_told_in_a_sentence(topic):
    feature = TOPICS[topic][0][0]
    text, _short = told({feature: 2.0}, shared=[1], neighbours=[(1, 2)])
    assert text.endswith(".")
    assert "Nothing in the known" not in text


def test_what_gave_nothing_is_not_told():
    text, short = told({"degree": LEAST / 4, "region_pair": 3.0}, regions=2)
    assert text == "The two regions are joined by 2 known partnerships."
    assert short == "regions in touch"


def test_only_where_no_feature_gives_points_is_nothing_said_for_it():
    assert "Nothing in the known partnerships" in told({"degree": 0.0})[0]


def test_no_reason_denies_what_it_gives_points_for(prepared):
    for subject in ("Maputo", "Lyon", "Marseille"):
        for one in suggestions_for(prepared[subject], Wish(), on=clock.today()):
            reason = next(reason for reason in one.reasons if reason.part == "history")
            assert reason.weight * reason.score < 1 or "Nothing in" not in reason.text


def test_the_role_tells_centre_and_rank_when_they_gave_the_points():
    facts = {"roles": 0, "other_roles": 0, "same_kind": True, "settings": ((7, 0), (7, 1))}
    text, short = role_told(facts | {"points": {"centre": 2.0, "rank": 1.0}}, {})
    assert text == (
        "Both are the centre of their surroundings. "
        "Both are among the five largest of their regions."
    )
    assert short == "both a centre"
    unlike = facts | {"same_kind": False, "points": {"centre": 2.0}}
    assert role_told(unlike, {})[0] == "They are bodies of different kinds."
