"""Which entries are compared, and how their likeness is weighed."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from entrecidades.engines.lookalikes import CROWD, duplicates, pairs
from entrecidades.engines.samebody import (
    CERTAIN,
    CONTRADICTED,
    LIKELY,
    Body,
    Number,
    Piece,
    core,
    likeness,
    likeness_from,
)

words = st.sampled_from(["curitiba", "maputo", "sao", "prefeitura", "de", "porto", "alegre"])
names = st.lists(words, min_size=1, max_size=4).map(" ".join)
days = st.none() | st.sampled_from([dt.date(1990, 1, 1), dt.date(2000, 1, 1)])
numbers = st.builds(Number, st.sampled_from("AB"), st.sampled_from(["1", "01", "2"]), days, days)
bodies = st.builds(
    Body,
    key=st.just(0),
    names=st.lists(names, min_size=1, max_size=3).map(tuple),
    kind=st.sampled_from(["", "ngo", "local_government"]),
    tier=st.sampled_from(["", "municipality", "region"]),
    country=st.sampled_from(["BR", "MZ"]),
    acronym=st.sampled_from(["", "FNP"]),
    region=st.integers(0, 2),
    seat=st.integers(0, 2),
    website=st.sampled_from(["", "https://www.a.example/x", "http://a.example", "http://["]),
    numbers=st.lists(numbers, max_size=2).map(tuple),
    since=days,
    until=days,
)
CITY = Body(1, ("curitiba",), "local_government", "municipality", "BR", region=1, seat=1)


@given(bodies, bodies)
def test_a_score_is_a_share_and_the_same_both_ways(one, other):
    there, back = likeness(one, other), likeness(other, one)
    assert 0 <= there.score <= 1
    assert there.score == pytest.approx(back.score)


@given(bodies, bodies)
def test_numbers_that_contradict_each_other_are_never_certain(one, other):
    one = replace(one, numbers=(Number("A", "1"),))
    other = replace(other, numbers=(Number("A", "2"), Number("A", "1")))
    assert likeness(one, other).score <= CONTRADICTED < CERTAIN


@given(bodies, bodies, st.floats(0, 1))
def test_the_short_way_tells_the_same_or_nothing(one, other, least):
    found, whole = likeness_from(one, other, least), likeness(one, other)
    assert found == (whole if whole.score >= least else None)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(bodies, max_size=6))
def test_two_of_one_name_in_one_country_are_compared_in_every_order(some):
    some = [replace(body, key=at) for at, body in enumerate(some)]
    found = {frozenset(pair) for pair in pairs(some)}
    for at, one in enumerate(some):
        for then, other in enumerate(some[:at]):
            if (core(one.names[0]), one.country) == (core(other.names[0]), other.country):
                assert frozenset({at, then}) in found
    turned = duplicates(some[::-1])
    assert turned == duplicates(some)


def test_a_key_that_a_crowd_shares_compares_nobody():
    crowd = [Body(at, ("santa maria",), country="BR") for at in range(CROWD + 1)]
    assert pairs(crowd) == set()
    assert len(pairs(crowd[1:])) == CROWD * (CROWD - 1) // 2


@pytest.mark.parametrize(
    ("change", "piece"),
    [
        ({"region": 2}, Piece.REGION),
        ({"seat": 2}, Piece.SEAT),
        ({"tier": "region"}, Piece.TIER),
        ({"country": "PT"}, Piece.COUNTRY),
        ({"names": ("maputo",)}, Piece.UNLIKE),
    ],
)
def test_what_differs_is_told_and_weighs(change, piece):
    same, other = likeness(CITY, replace(CITY, key=2)), likeness(CITY, replace(CITY, **change))
    assert same.score >= CERTAIN > other.score
    assert min(other.evidence, key=lambda one: one.points).piece is piece


def test_names_are_one_but_for_generic_words_and_acronyms():
    long = replace(CITY, names=("prefeitura municipal de curitiba",))
    assert likeness(CITY, long).score >= LIKELY
    short = Body(3, ("fnp",), "association", country="BR")
    whole = Body(4, ("frente nacional de prefeitos",), "association", country="BR", acronym="FNP")
    assert likeness(short, whole).score >= LIKELY


def test_a_body_that_ended_before_the_other_began_is_another():
    old = replace(CITY, until=dt.date(1950, 1, 1))
    new = replace(CITY, key=2, since=dt.date(1960, 1, 1))
    assert likeness(old, new).score < likeness(CITY, new).score
