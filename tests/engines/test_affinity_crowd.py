"""What is looked up for many at once is, bit for bit, what each would see alone."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from entrecidades.engines.affinity import Matcher, Model, judged
from entrecidades.engines.affinity.judged import StampRows, sum_of
from entrecidades.engines.affinity.observe import LEVEL_SHIFT, links_seen, name_seen, stamps_seen
from entrecidades.engines.affinity.ties import region_gains
from entrecidades.engines.affinity.together import CellGains, Special
from entrecidades.engines.affinity.view import nearest
from tests.factories.affinity import atlas

MODEL = Model.load()
seeds = st.integers(0, 10_000)


def matcher(seed=0, size=60, *, themes=False):
    return Matcher(atlas(seed, size, themes=themes), MODEL)


def countrymen(one, place):
    country = one.atlas.places.country
    return np.flatnonzero(country == country[place])


def stamps_agree(seed):
    one = atlas(seed)
    rows = StampRows(one, MODEL)
    return all(
        np.array_equal(rows.of(place), judged_anew(one, place)) for place in range(0, 60, 3)
    )


def judged_anew(one, place):
    parts = {}
    for seen in stamps_seen(one, place):
        table = MODEL.tables[seen.feature]
        parts[table.part] = parts.get(table.part, np.float32(0)) + table.judge(seen)
    return sum_of(parts, one.stamps.country.size)


@given(seeds)
@settings(max_examples=10, deadline=None)
def test_stamps_are_judged_as_each_judges_them(seed):
    assert stamps_agree(seed)


def test_a_feature_that_is_not_known_is_asked_for_stamp_by_stamp(monkeypatch):
    monkeypatch.setattr(judged, "DEPENDS", {})
    assert stamps_agree(0)


def test_a_feature_that_depends_on_more_than_is_said_would_be_noticed(monkeypatch):
    monkeypatch.setitem(judged.DEPENDS, "size", ())
    assert not stamps_agree(0)


def test_no_more_rows_are_kept_than_are_allowed(monkeypatch):
    monkeypatch.setattr(judged, "KEPT", 3)
    rows = StampRows(atlas(), MODEL)
    for place in range(20):
        assert np.array_equal(rows.of(place), judged_anew(rows.atlas, place))
        assert len(rows.judged) <= 3


@given(seeds)
@settings(max_examples=10, deadline=None)
def test_neighbours_links_are_those_that_each_sees(seed):
    eye = matcher(seed).eye
    places = np.arange(0, 60, 2)
    found = CellGains.of(eye, eye.atlas.cells.of_place[places])
    for gains, place in zip(found.gains, places.tolist(), strict=True):
        assert np.array_equal(gains[found.column], eye.cell_gains(place))


@given(seeds)
@settings(max_examples=10, deadline=None)
def test_what_regions_have_is_what_each_sees(seed):
    eye = matcher(seed).eye
    places = countrymen(Matcher(eye.atlas, MODEL), 3)
    for gains, place in zip(region_gains(eye, places), places.tolist(), strict=True):
        assert np.array_equal(gains, eye.region_gains(place))


@given(seeds, st.integers(0, 10), st.sampled_from([0.0, 0.3, 1.0]))
@settings(max_examples=20, deadline=None)
def test_what_few_have_is_what_each_sees_and_partners_have_nothing(seed, first, share):
    eye = matcher(seed).eye
    seekers = countrymen(Matcher(eye.atlas, MODEL), 3)
    rows = np.flatnonzero(np.random.default_rng(seed).random(60) < share)
    column = np.full(60, -1)
    column[rows] = np.arange(rows.size)
    special = Special.of(eye, seekers, column)
    here = special.here[rows]
    some = special.between(first, seekers.size)
    seekers = seekers[first:]
    table = some.table(seekers.size, np.arange(rows.size), here)
    for index, seeker in enumerate(seekers.tolist()):
        expected = alone(eye, seeker)
        expected[[seeker, *eye.atlas.history.partners.row(seeker)[0]]] = -np.inf
        assert np.array_equal(table[index], expected[rows])
        pairs = some.of_pairs(np.full(rows.size, index), np.arange(rows.size), here)
        assert np.array_equal(pairs, expected[rows])


def alone(eye, seeker):
    total = np.zeros(len(eye.atlas), np.float32)
    for seen in (*links_seen(eye.atlas, seeker), name_seen(eye.atlas, seeker)):
        total[seen.ids] += MODEL.tables[seen.feature].judge(seen)
    return total


def test_the_bound_of_a_distance_falls_with_it_and_is_never_too_low():
    levels = matcher().eye.levels
    most = nearest(levels)
    known = int(np.float32(3.9).view(np.int32)) >> LEVEL_SHIFT
    assert (most >= levels).all()
    assert (np.diff(most[: known + 1]) <= 0).all()
    assert most[known] == levels[known] < 0
    assert most[-1] == max(levels.max(), 0)


@given(seeds, st.booleans(), st.booleans(), st.integers(1, 30))
@settings(max_examples=20, deadline=None)
def test_lists_of_some_among_some_are_those_of_each(seed, themes, abroad, limit):
    one = matcher(seed, themes=themes)
    rng = np.random.default_rng(seed)
    seekers = np.flatnonzero(rng.random(60) < 0.3)
    allowed = rng.random(60) < 0.6
    told = []
    for block in one.suggest_all(limit=limit, seekers=seekers, candidates=allowed, abroad=abroad):
        told += block.seekers.tolist()
        for place, ids, gains in zip(block.seekers.tolist(), block.ids, block.gains, strict=True):
            known = one.suggest(place, limit=limit, candidates=allowed, abroad=abroad).ids
            assert ids[ids >= 0].tolist() == known.tolist()
            assert np.array_equal(gains[: known.size], one.scores(place)[known])
            assert (gains[known.size :] == -np.inf).all()
    assert sorted(told) == seekers.tolist()


def test_nobody_asks_and_nobody_is_allowed():
    one = matcher()
    assert list(one.suggest_all(seekers=np.zeros(0, np.int64))) == []
    nobody = np.zeros(60, bool)
    assert all((block.ids == -1).all() for block in one.suggest_all(candidates=nobody))
