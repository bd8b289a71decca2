"""The generated themes are the same at every run, and a smaller world is a part of the whole."""

import numpy as np

from benchmarks.matching_world import MOST, THEMES, deal, dense, largest
from tests.factories.affinity import links, places


def test_themes_are_dealt_from_a_seed():
    once, again = (deal(50, np.random.default_rng(1)) for _ in range(2))
    assert np.array_equal(dense(once), dense(again))
    counts = np.diff(once.starts)
    assert counts.min() >= 1
    assert counts.max() <= MOST
    assert dense(once).shape == (50, THEMES)
    assert set(np.round(once.values * 3).tolist()) == {1, 2, 3}


def test_the_largest_places_keep_what_is_theirs():
    whole, pairs = places(3, 60), links(3, 60)
    few = largest(whole, pairs, 20)
    assert len(few) == 20
    assert few.places.population.min() >= np.sort(whole.population)[::-1][20]
    row = int(np.flatnonzero(whole.population == few.places.population[0])[0])
    assert few.places.latitude[0] == whole.latitude[row] or np.isnan(whole.latitude[row])
    assert few.places.needs.row(0)[0].tolist() == whole.needs.row(row)[0].tolist()
    assert few.pairs.max() < 20
