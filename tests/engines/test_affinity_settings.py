"""Where a place stands among the places around it, in its region, and regions near each other."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from entrecidades.engines.affinity import Atlas, Matcher, Model, Places
from entrecidades.engines.affinity.areas import REACH, centres, near_regions
from entrecidades.engines.affinity.cells import chord_km
from entrecidades.engines.affinity.observe import LIFTS, partners_seen, regions_around
from entrecidades.engines.affinity.settings import RANKS, ranks
from tests.factories.affinity import atlas

sizes = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 3)), min_size=1)


@given(sizes)
def test_ranks_follow_population_within_each_region(rows):
    people, region = (np.array(column) for column in zip(*rows, strict=True))
    found = ranks(people.astype(float), region)
    for number in np.unique(region):
        own = region == number
        assert sorted(found[own]) == list(range(1, own.sum() + 1))
        assert (np.diff(people[own][np.argsort(found[own])]) <= 0).all()


def test_a_suburb_weighs_less_than_the_centre_beside_it_and_than_a_town_alone():
    places = Places.of(
        latitude=[45.07, 45.05, 40.0],
        longitude=[7.69, 7.67, 16.0],
        population=[870_456, 40_000, 40_000],
        country=[0, 0, 0],
        region=[0, 0, 1],
    )
    weight, rank = np.divmod(Atlas.of(places, []).settings.of_place, RANKS)
    assert weight[1] < weight[0] == weight[2]
    assert rank.tolist() == [0, 1, 0]


def test_near_regions_are_those_of_the_country_within_reach_and_count_alike_both_ways():
    one = atlas()
    lands, near = one.history.lands, one.history.near_regions
    middle = centres(one.places, lands.size)
    wide = np.zeros((lands.size, lands.size))
    wide[near.owners(), near.columns] = near.values
    apart = chord_km(middle[:, None], middle[None])
    own = np.eye(lands.size, dtype=bool)
    assert np.array_equal(wide > 0, (lands[:, None] == lands) & ((apart <= REACH) | own))
    assert np.allclose(wide, wide.T)
    assert len(near_regions(one.places, lands)) == lands.size


def test_links_of_the_region_next_door_lift_a_region():
    places = Places.of(
        latitude=[-29.0, -27.5, -8.0, 45.4, 38.0],
        longitude=[-51.0, -50.0, -35.0, 11.9, 15.0],
        population=[100_000] * 5,
        country=[0, 0, 0, 1, 1],
        region=[0, 1, 2, 3, 4],
    )
    one = Atlas.of(places, [(1, 3)])
    seen = regions_around(one.history, 0).value
    assert seen[3] > seen[4]
    assert regions_around(one.history, 2).value.tolist() == [0.0] * 5


def test_the_only_tie_with_a_country_says_more_than_one_of_many():
    """Place 4 has one partner, in country 0; place 5 has many, one of them there."""
    places = Places.of(
        latitude=np.linspace(-30, 30, 10),
        longitude=np.linspace(-30, 30, 10),
        population=np.full(10, 50_000),
        country=[0, 0, 2, 2, 1, 1, 2, 2, 2, 2],
        region=np.arange(10),
    )
    links = [(0, 4), (1, 5), *((5, other) for other in (2, 3, 6, 7, 8, 9))]
    seen = partners_seen(Atlas.of(places, links), 0)
    assert seen.ids.tolist() == [4, 5]
    few, lift = np.divmod(seen.value.astype(int), LIFTS)
    assert few.tolist() == [1, 1]
    assert lift[0] > lift[1]


def test_the_setting_moves_the_score():
    one = Matcher(atlas(), Model.load())
    gains = one.eye.setting_gains(3)
    assert np.ptp(gains) > 0
    rows = one.eye.atlas.settings.of_place
    assert one.eye.view(3).setting[rows].size == 60
