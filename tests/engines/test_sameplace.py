"""Whether two descriptions are of one place: what speaks for it, and how sure it is."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from entrecidades.engines.sameplace import Described, Piece, km_between, likeness, ranked

NAMES = st.text("abcdefghij ", min_size=1, max_size=20).map(str.strip).filter(bool)
DESCRIBED = st.builds(
    Described,
    names=st.lists(NAMES, min_size=1, max_size=3).map(tuple),
    division=st.sampled_from(["", "1", "2"]),
    latitude=st.none() | st.floats(-90, 90),
    longitude=st.floats(-180, 180),
    population=st.none() | st.integers(0, 10**8),
)
CURITIBA = Described(("curitiba",), "PR", -25.4195, -49.2646, 1_963_726)


def of(**facts):
    return Described(**({"names": ("curitiba",), "division": "PR"} | facts))


@given(DESCRIBED, DESCRIBED)
def test_a_score_is_a_share_and_its_evidence_adds_up(row, place):
    found = likeness(row, place)
    assert 0 <= found.score <= 1
    assert found.score == pytest.approx(1 / (1 + math.exp(-found.points)))
    assert all(math.isfinite(one.points) for one in found.evidence)


@given(DESCRIBED, DESCRIBED)
def test_it_does_not_matter_which_list_comes_first(row, place):
    assume(bool(row.population) == bool(place.population))
    there, back = likeness(row, place), likeness(place, row)
    named = {one.piece: one.points for one in there.evidence if one.piece != Piece.ALIKE}
    assert named == {one.piece: one.points for one in back.evidence if one.piece in named} or (
        Piece.ALIKE in {one.piece for one in [*there.evidence, *back.evidence]}
    )


def test_a_place_nobody_counted_is_less_likely_than_its_twin_that_was_counted():
    twins = [(0, of(population=None)), (1, of(population=18_080))]
    assert [key for key, _like in ranked(of(population=27_797), twins)] == [1, 0]
    assert likeness(of(population=9), of(population=0)).evidence[-1].piece == Piece.UNCOUNTED
    assert [key for key, _like in ranked(of(), twins)] == [0, 1]


@given(DESCRIBED)
def test_nothing_is_likelier_than_the_same_description(row):
    itself = likeness(row, row)
    assert itself.score > 0.9
    assert itself.evidence[0].piece == Piece.NAME


@given(st.floats(0, 8), st.floats(0, 8))
def test_further_away_is_never_likelier(near, far):
    near, far = sorted([near, far])
    row = of(latitude=0.0, longitude=0.0)
    score = [likeness(row, of(latitude=0.0, longitude=away)).points for away in (near, far)]
    assert score[0] >= score[1] - 1e-9


@given(st.floats(-90, 90), st.floats(-180, 180), st.floats(-90, 90), st.floats(-180, 180))
def test_a_distance_is_at_most_half_way_round_the_earth(lat_a, lon_a, lat_b, lon_b):
    km = km_between(lat_a, lon_a, lat_b, lon_b)
    assert 0 <= km <= 20_016
    assert km == pytest.approx(km_between(lat_b, lon_b, lat_a, lon_a), abs=1e-6)


@pytest.mark.parametrize(
    ("place", "piece", "certain"),
    [
        (Described(("curitiba",), "PR", -25.42778, -49.27306, 1_948_626), Piece.NAME, True),
        (Described(("cwb", "curitiba"), "PR", -25.42, -49.27, 0), Piece.OTHER_NAME, True),
        (Described(("curityba",), "PR", -25.42, -49.27, 1_900_000), Piece.ALIKE, True),
        (Described(("nova curitiba do sul",), "PR", -25.9, -49.3), Piece.TAIL, False),
        (Described(("pinhais",), "PR", -25.44, -49.19, 130_000), Piece.UNLIKE, False),
        (Described(("curitiba",), "BA", -12.9, -38.5, 2_000), Piece.NAME, False),
    ],
)
def test_what_the_names_say_and_whether_that_is_enough(place, piece, certain):
    found = likeness(CURITIBA, place)
    assert found.evidence[0].piece == piece
    assert (found.score >= 0.9) is certain


def test_a_long_name_that_holds_a_short_one_is_the_same_only_on_the_spot():
    merged = Described(("corteolona e genzone",), "Lombardia", 45.15, 9.3667, 2490)
    seat = Described(("corteolona",), "Lombardia", 45.1547, 9.3785, 2023)
    far = Described(("corteolona",), "Lombardia", 45.30, 9.40, 2023)
    assert likeness(merged, seat).evidence[0].piece == Piece.PART
    assert likeness(merged, seat).score > 0.9
    assert likeness(merged, far).score < 0.5


@pytest.mark.parametrize(
    ("merged", "half", "joined"),
    [
        ("margaux cantenac", "margaux", True),
        ("groslee saint benoit", "saint benoit", False),
        ("giel courteilles", "courteilles", False),
        ("valdastico", "san pietro valdastico", False),
        ("grumello cremonese ed uniti", "grumello cremonese", True),
    ],
)
def test_only_the_first_half_of_a_merged_name_is_joined_unseen(merged, half, joined):
    row = Described((merged,), "1", 45.0, 4.0, 2_000)
    place = Described((half,), "1", 45.005, 4.0, 1_500)
    assert (likeness(row, place).score >= 0.9) is joined


def test_a_neighbour_of_a_similar_name_is_not_joined_unseen():
    row = Described(("bellengreville",), "Normandie", 49.9376, 1.2270, 472)
    neighbour = Described(("belleville sur mer", "belleville"), "Normandie", 49.9478, 1.1402, 841)
    assert likeness(row, neighbour).evidence[0].piece == Piece.ALIKE
    assert likeness(row, neighbour).score < 0.9


def test_a_namesake_just_over_the_border_of_a_state_is_not_joined_unseen():
    indiana = Described(("harrison",), "Indiana", 39.262, -84.82)
    ohio = Described(("harrison",), "Ohio", 39.262, -84.8199, 9_897)
    assert 0.35 < likeness(indiana, ohio).score < 0.9


def test_a_title_alone_is_no_part_of_a_name():
    one, other = Described(("san marino",), "X"), Described(("san",), "X")
    assert likeness(one, other).evidence[0].piece == Piece.UNLIKE


@given(DESCRIBED, st.lists(DESCRIBED, max_size=6))
def test_the_likeliest_comes_first_whatever_the_order(row, places):
    numbered = list(enumerate(places))
    order = [key for key, _likeness in ranked(row, numbered)]
    assert order == [key for key, _likeness in ranked(row, numbered[::-1])]
    points = [likeness(row, places[key]).points for key in order]
    assert points == sorted(points, reverse=True)
