"""The lists: exact, repeatable, and only of those who may be suggested."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from entrecidades.engines.affinity import CAPITAL, Atlas, Matcher, Model, Places
from entrecidades.engines.affinity.crowd import TOP
from entrecidades.engines.affinity.view import gains_by_part, scores
from tests.factories.affinity import atlas

MODEL = Model.load()
seeds = st.integers(0, 10_000)


def matcher(seed=0, size=60, *, themes=True):
    return Matcher(atlas(seed, size, themes=themes), MODEL)


def brute(one, place, *, abroad=True, limit=10):
    """Every pair looked at, sorted in plain Python."""
    land = one.atlas.places.country
    barred = {place, *one.atlas.history.partners.row(place)[0].tolist()}
    gains = one.scores(place)
    free = [
        row
        for row in range(len(land))
        if row not in barred and not (abroad and land[row] == land[place])
    ]
    return sorted(free, key=lambda row: (-gains[row], row))[:limit]


@given(seeds, st.booleans(), st.booleans())
@settings(max_examples=25, deadline=None)
def test_a_list_holds_the_best_of_all(seed, themes, abroad):
    one = matcher(seed, themes=themes)
    for place in range(0, 60, 7):
        found = one.suggest(place, limit=10, abroad=abroad).ids.tolist()
        assert found == brute(one, place, abroad=abroad)


@given(seeds, st.booleans(), st.booleans())
@settings(max_examples=15, deadline=None)
def test_the_lists_of_all_are_the_list_of_each(seed, themes, abroad):
    one = matcher(seed, themes=themes)
    told = set()
    for block in one.suggest_all(limit=7, abroad=abroad):
        for place, ids in zip(block.seekers.tolist(), block.ids, strict=True):
            told.add(place)
            assert ids[ids >= 0].tolist() == brute(one, place, abroad=abroad, limit=7)
    assert told == set(range(60))


@pytest.mark.slow
@pytest.mark.parametrize("themes", [False, True])
def test_bounds_prune_without_losing_anybody(themes):
    size = 20 * TOP
    one = matcher(5, size, themes=themes)
    some = np.random.default_rng(1).choice(size, 150, replace=False)
    for block in one.suggest_all(limit=10, seekers=some):
        for place, ids in zip(block.seekers.tolist(), block.ids, strict=True):
            assert ids.tolist() == one.suggest(place, limit=10).ids.tolist()


@given(seeds)
@settings(max_examples=10, deadline=None)
def test_a_sum_is_the_same_whether_few_or_all_are_asked_for(seed):
    one = matcher(seed)
    ids = np.arange(0, 60, 3)
    assert np.array_equal(one.scores(4)[ids], one.scores(4, ids))


def test_the_total_is_the_sum_of_weight_times_score():
    one = matcher()
    found = one.suggest(3, limit=20)
    weights = MODEL.weights()
    summed = sum(weights[part] * score for part, score in found.scores.items())
    assert np.allclose(found.totals, summed)
    assert all(((score >= 0) & (score <= 1)).all() for score in found.scores.values())
    assert (np.diff(found.totals) <= 1e-4).all()


def test_the_parts_sum_to_the_gains():
    one = matcher()
    view = one.eye.view(3)
    parts = gains_by_part(one.eye, 3, view, np.arange(60))
    assert np.allclose(sum(parts.values()), scores(one.eye, 3, view), atol=1e-4)


def test_equal_candidates_stand_in_the_order_of_their_rows():
    one = matcher()
    again = matcher()
    for place in range(60):
        assert one.suggest(place).ids.tolist() == again.suggest(place).ids.tolist()


def test_filters_leave_only_those_who_pass():
    one = matcher()
    land = one.atlas.places.country
    allowed = np.arange(60) % 2 == 0
    home = int(land[3])
    found = one.suggest(3, candidates=allowed, countries=[(home + 1) % 4], limit=60).ids
    assert found.size
    assert (found % 2 == 0).all()
    assert (land[found] == (home + 1) % 4).all()


def test_roles_excluded_rows_and_partners_are_respected():
    one = matcher()
    place = int(np.argmax(one.atlas.history.degrees))
    partners = set(one.atlas.history.partners.row(place)[0].tolist())
    shown = one.suggest(place, limit=60, abroad=False)
    assert not partners & set(shown.ids.tolist())
    assert place not in shown.ids
    first = int(shown.ids[0])
    assert first not in one.suggest(place, exclude=[first], abroad=False).ids
    assert partners <= set(one.suggest(place, limit=60, abroad=False, partners=True).ids.tolist())
    bearers = one.suggest(place, roles=8, limit=60).ids
    assert (one.atlas.places.roles[bearers] & 8).all()
    assert one.suggest(place, roles=CAPITAL).ids.size == 0


def test_equal_candidates_stand_in_order_in_the_lists_of_all_too():
    size = 200
    rows = np.arange(size)
    places = Places.of(
        latitude=np.where(rows % 2, 45.07, -25.97),
        longitude=-(rows // 20) * 0.3,
        population=np.full(size, 50_000),
        country=rows % 2,
        region=rows % 2,
    )
    one = Matcher(Atlas.of(places, []), MODEL)
    for block in one.suggest_all(limit=5):
        for place, ids in zip(block.seekers.tolist(), block.ids, strict=True):
            assert ids.tolist() == brute(one, place, limit=5)


def test_progress_is_told_to_the_end():
    told = []
    list(matcher().suggest_all(progress=lambda done, of: told.append((done, of))))
    assert told[-1] == (60, 60)
    assert told == sorted(told)
