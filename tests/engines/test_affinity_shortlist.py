"""One seeker's list by bounds: the list that scoring everybody gives, ties included."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrecidades.engines.affinity import (
    Atlas,
    Matcher,
    Model,
    Places,
    Profile,
    matcher,
    shortlist,
)
from entrecidades.engines.affinity.groups import Groups
from entrecidades.engines.affinity.shortlist import Shortlist
from entrecidades.engines.affinity.view import gains_by_part
from tests.factories.affinity import atlas

MODEL = Model.load()
SIZE = 240
seeds = st.integers(0, 10_000)
WISHES = st.fixed_dictionaries(
    {
        "limit": st.sampled_from([1, 3, 10, 100, 600]),
        "themes": st.none() | st.sets(st.integers(0, 11), max_size=4),
        "countries": st.none() | st.sets(st.integers(0, 3), min_size=1, max_size=3),
        "exclude": st.lists(st.integers(0, SIZE - 1), max_size=5),
        "roles": st.sampled_from([0, 0, 8]),
        "abroad": st.booleans(),
        "partners": st.booleans(),
    }
)


@pytest.fixture(scope="module", autouse=True)
def bounds_even_in_small_worlds():
    """Bounds are meant for large worlds; here they are to serve in worlds of some hundreds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matcher, "FEW", 0)
        patch.setattr(shortlist, "FIRST", 4)
        patch.setattr(shortlist, "SHARE", 1)
        yield


def brute(one, place, *, candidates, limit, themes, countries, exclude, roles, abroad, partners):
    """Everybody scored, filtered and sorted in plain Python."""
    places = one.atlas.places
    view = one.eye.view(place, None if themes is None else frozenset(themes))
    total = matcher.scores(one.eye, place, view)
    barred = {place, *exclude}
    if not partners:
        barred |= set(one.atlas.history.partners.row(place)[0].tolist())
    free = [
        row
        for row in np.flatnonzero(candidates).tolist()
        if row not in barred
        and not (abroad and places.country[row] == places.country[place])
        and (countries is None or places.country[row] in countries)
        and (places.roles[row] & roles) == roles
    ]
    return sorted(free, key=lambda row: (-total[row], row))[:limit]


@given(seeds, st.booleans(), st.sampled_from([0.05, 0.5, 1.0]), WISHES)
@settings(max_examples=60, deadline=None)
def test_a_list_by_bounds_is_the_list_of_all(seed, themed, share, wish):
    one = Matcher(atlas(seed, SIZE, themes=themed), MODEL)
    candidates = np.random.default_rng(seed).random(SIZE) < share
    for place in (seed % SIZE, (7 * seed + 1) % SIZE):
        found = one.suggest(place, candidates=candidates, **wish)
        assert found.ids.tolist() == brute(one, place, candidates=candidates, **wish)


@given(seeds, st.booleans(), st.integers(0, 7), st.integers(0, 7))
@settings(max_examples=15, deadline=None)
def test_populations_bound_who_is_found(seed, themed, least, greatest):
    one = Matcher(atlas(seed, SIZE, themes=themed), MODEL)
    people = one.atlas.places.population
    allowed = (people >= 10**least) & (people <= 10**greatest)
    everything = {"themes": None, "countries": None, "exclude": [], "roles": 0, "limit": 10}
    found = one.suggest(3, candidates=allowed, limit=10).ids.tolist()
    wanted = {**everything, "abroad": True, "partners": False}
    assert found == brute(one, 3, candidates=allowed, **wanted)


@given(seeds, st.booleans())
@settings(max_examples=15, deadline=None)
def test_nobody_reaches_more_than_is_promised(seed, themed):
    one = Matcher(atlas(seed, SIZE, themes=themed), MODEL)
    everybody = np.arange(SIZE)
    for place in range(0, SIZE, 40):
        view = one.eye.view(place)
        mine = Shortlist(one.groups, place, view, np.ones(SIZE, bool), abroad=False)
        assert (mine.reach(everybody) + shortlist.SLACK >= one.scores(place)).all()


@given(seeds, st.booleans())
@settings(max_examples=10, deadline=None)
def test_a_changed_profile_is_grouped_anew(seed, themed):
    changed = atlas(seed, SIZE, themes=themed).patched(
        7, Profile(needs={2: 1.0}, languages=5, population=50_000, partners=(3, 9))
    )
    one = Matcher(changed, MODEL)
    wish = {"themes": None, "countries": None, "exclude": [], "roles": 0, "limit": 10}
    for place in (7, 20):
        expected = brute(
            one, place, candidates=np.ones(SIZE, bool), abroad=True, partners=False, **wish
        )
        assert one.suggest(place, limit=10).ids.tolist() == expected


@pytest.mark.parametrize("themed", [False, True])
def test_most_are_passed_over(themed):
    one = Matcher(atlas(5, 3_000, themes=themed), MODEL)
    shares = []
    for place in range(0, 3_000, 100):
        mine = Shortlist(one.groups, place, one.eye.view(place), np.ones(3_000, bool), abroad=True)
        ids, total = mine.best(5)
        assert np.array_equal(total, one.scores(place)[ids])
        shares.append(ids.size / 3_000)
    assert np.median(shares) < 0.5


def test_a_bound_that_is_too_low_would_be_noticed(monkeypatch):
    one = Matcher(atlas(1, SIZE, themes=False), MODEL)
    right = [one.suggest(place, limit=10).ids.tolist() for place in range(60)]
    honest = Groups.bounds

    def too_low(groups, place, view, *, abroad):
        bound = honest(groups, place, view, abroad=abroad)
        return bound - np.arange(bound.size) % 3

    monkeypatch.setattr(Groups, "bounds", too_low)
    assert [one.suggest(place, limit=10).ids.tolist() for place in range(60)] != right


def test_equal_candidates_stand_in_the_order_of_their_rows():
    rows = np.arange(SIZE)
    places = Places.of(
        latitude=np.where(rows % 2, 45.07, -25.97),
        longitude=-(rows // 20) * 0.3,
        population=np.full(SIZE, 50_000),
        country=rows % 2,
        region=rows % 2,
    )
    one = Matcher(Atlas.of(places, []), MODEL)
    for place in range(0, SIZE, 17):
        total = one.scores(place)
        free = [row for row in rows.tolist() if row % 2 != place % 2]
        expected = sorted(free, key=lambda row: (-total[row], row))[:5]
        assert one.suggest(place, limit=5).ids.tolist() == expected


def test_a_list_by_bounds_tells_the_parts_of_each():
    one = Matcher(atlas(2, SIZE), MODEL)
    found = one.suggest(3, limit=5)
    gains = gains_by_part(one.eye, 3, one.eye.view(3), found.ids)
    assert np.allclose(found.totals, one.shown(gains)[0])


def test_a_list_of_nobody_is_empty():
    one = Matcher(atlas(2, SIZE), MODEL)
    assert one.suggest(3, limit=0).ids.size == 0
    assert one.suggest(3, candidates=np.zeros(SIZE, bool)).ids.size == 0
