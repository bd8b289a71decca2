"""What superiors lay down: nobody below can loosen it, and what is not so is refused."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrecidades.engines.federation.policy import applied, merged
from entrecidades.engines.federation.tokens import Untrusted

#: Some of six levels, drawn cheaply.
LEVELS = st.integers(0, 63).map(
    lambda bits: [one for n, one in enumerate("abcdef") if bits >> n & 1]
)
SLOWLY = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


def one(*rules):
    return merged({"x": rule} for rule in rules)


CHANGES = [
    ({"value": ["a"]}, ["b", "c"], ["a"]),
    ({"value": None}, ["b"], None),
    ({"add": ["a"]}, ["b"], ["b", "a"]),
    ({"add": ["a"]}, None, ["a"]),
    ({"add": ["a"]}, ["a"], ["a"]),
    ({"default": ["a"]}, None, ["a"]),
    ({"default": ["a"]}, ["b"], ["b"]),
    ({"subset_of": ["a", "b"]}, ["b", "c"], ["b"]),
    ({"subset_of": ["a"]}, ["c"], None),
    ({"subset_of": ["a"]}, None, None),
    ({"subset_of": ["a", "b"]}, "b", "b"),
    ({"one_of": ["a", "b"]}, "b", "b"),
    ({"one_of": ["a"]}, None, None),
    ({"superset_of": ["a"]}, ["a", "b"], ["a", "b"]),
    ({"essential": True}, "b", "b"),
    ({"add": ["a"], "subset_of": ["a", "b"]}, ["b", "c"], ["b", "a"]),
    ({"regexp": "^a$"}, "b", "b"),
]


@pytest.mark.parametrize(("rules", "before", "after"), CHANGES)
def test_a_policy_changes_what_it_may(rules, before, after):
    told = applied({"x": rules}, {"y": 1} if before is None else {"x": before, "y": 1})
    assert told == ({"y": 1} if after is None else {"x": after, "y": 1})


REFUSED = [
    ({"one_of": ["a"]}, "b"),
    ({"subset_of": ["a"]}, "b"),
    ({"superset_of": ["a", "b"]}, ["a"]),
    ({"essential": True}, None),
    ({"essential": True, "subset_of": ["a"]}, ["b"]),
    ({"value": ["a"], "add": ["b"]}, ["a"]),
    ({"value": "a", "one_of": ["b"]}, "b"),
    ({"subset_of": "a"}, ["a"]),
]


@pytest.mark.parametrize(("rules", "value"), REFUSED)
def test_what_is_not_as_laid_down_is_refused(rules, value):
    with pytest.raises(Untrusted):
        applied({"x": rules}, {} if value is None else {"x": value})


MERGED = [
    ({"add": ["a"]}, {"add": ["b", "a"]}, {"add": ["a", "b"]}),
    ({"superset_of": ["a"]}, {"superset_of": ["b"]}, {"superset_of": ["a", "b"]}),
    ({"subset_of": ["a", "b"]}, {"subset_of": ["b", "c"]}, {"subset_of": ["b"]}),
    ({"subset_of": ["a"]}, {"subset_of": ["c"]}, {"subset_of": []}),
    ({"one_of": ["a", "b"]}, {"one_of": ["b"]}, {"one_of": ["b"]}),
    ({"essential": True}, {"essential": False}, {"essential": True}),
    ({"essential": False}, {"essential": True}, {"essential": True}),
    ({"value": "a"}, {"value": "a"}, {"value": "a"}),
    ({"value": "a"}, {"essential": True}, {"value": "a", "essential": True}),
]


@pytest.mark.parametrize(("above", "below", "both"), MERGED)
def test_two_policies_become_one(above, below, both):
    assert one(above, below) == {"x": both}


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ({"value": "a"}, {"value": "b"}),
        ({"default": "a"}, {"default": "b"}),
        ({"one_of": ["a"]}, {"one_of": ["b"]}),
        ({"subset_of": "a"}, {"subset_of": ["a"]}),
    ],
)
def test_two_policies_that_contradict_each_other_are_refused(above, below):
    with pytest.raises(Untrusted):
        one(above, below)


@SLOWLY
@given(above=LEVELS, below=LEVELS, told=LEVELS.filter(bool))
def test_nobody_below_can_allow_more(above, below, told):
    policy = one({"subset_of": above}, {"subset_of": below})
    assert set(applied(policy, {"x": told}).get("x", [])) <= set(above) & set(told)


@SLOWLY
@given(above=LEVELS, below=LEVELS, told=LEVELS.filter(bool))
def test_nobody_below_can_ask_for_less(above, below, told):
    policy = one({"superset_of": above}, {"superset_of": below})
    try:
        assert set(above) <= set(applied(policy, {"x": told})["x"])
    except Untrusted:
        assert not set(above) | set(below) <= set(told)
